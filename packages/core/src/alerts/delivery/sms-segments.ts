import { measureSms } from '@marquee/contracts/sms-segments'

export const isGsm = (text: string) => measureSms(text).encoding === 'gsm7'

/** How many messages a text is paid as. */
export const smsSegments = (text: string) => measureSms(text).segments

/** Letters without their accents and typographic signs by plain ones; what has no such form is left out. */
export const toGsm = (text: string): string =>
  [...text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/[–—]/g, '-').replaceAll('…', '...')]
    .map((character) => (isGsm(character) ? character : character.normalize('NFKD').replaceAll(/\p{M}/gu, '')))
    .filter(isGsm)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
