/** The alphabet that fits 160 characters into one text. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Each of these takes two places. */
const EXTENDED = '\f^{}\\[~]|€'
const PLACES = new Map([...[...BASIC].map((c) => [c, 1] as const), ...[...EXTENDED].map((c) => [c, 2] as const)])

const LIMITS = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const
/** Parts are numbered with one byte. */
const MOST_PARTS = 255

export type SmsSize = {
  encoding: 'gsm7' | 'ucs2'
  /** Places taken: septets, or 16-bit units. */
  units: number
  /** How many texts are paid for, 255 at the most. */
  segments: number
}

/** How a text is cut up on its way. Every character outside of the basic alphabet makes all of them twice as large. */
export function measureSms(text: string): SmsSize {
  const characters = [...text]
  const encoding = characters.every((character) => PLACES.has(character)) ? 'gsm7' : 'ucs2'
  const places = (character: string) => (encoding === 'gsm7' ? PLACES.get(character)! : character.length)
  const { alone, part } = LIMITS[encoding]
  let units = 0
  let parts = 1
  let room = part
  for (const character of characters) {
    const needed = places(character)
    units += needed
    // No character is cut in two.
    if (needed > room) {
      parts++
      room = part
    }
    room -= needed
  }
  return { encoding, units, segments: units <= alone ? 1 : Math.min(parts, MOST_PARTS) }
}
