// GSM 03.38: what fits into seven bits, and what takes two places of them.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€'
const basic = new Set(BASIC)
const extended = new Set(EXTENDED)

export const isGsm = (text: string) => [...text].every((character) => basic.has(character) || extended.has(character))

/** How many messages a text is paid as. */
export function smsSegments(text: string): number {
  if (!isGsm(text)) return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
  const places = [...text].reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0)
  return places <= 160 ? 1 : Math.ceil(places / 153)
}

/** Letters without their accents and typographic signs by plain ones; what has no such form is left out. */
export const toGsm = (text: string): string =>
  [...text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/[–—]/g, '-').replaceAll('…', '...')]
    .map((character) => (isGsm(character) ? character : character.normalize('NFKD').replaceAll(/\p{M}/gu, '')))
    .filter(isGsm)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
