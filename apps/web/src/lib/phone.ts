export interface CallingCode {
  /** "+91" */
  code: string
  name: string
}

/** Chosen from the start, and whatever list is shown, it is in it. */
export const HOME_CODE: CallingCode = { code: '+91', name: 'India' }

/** Where most guests' numbers are from, by name. The API decides which countries it sends to. */
export const CALLING_CODES: readonly CallingCode[] = [
  HOME_CODE,
  { code: '+61', name: 'Australia' },
  { code: '+880', name: 'Bangladesh' },
  { code: '+49', name: 'Germany' },
  { code: '+60', name: 'Malaysia' },
  { code: '+977', name: 'Nepal' },
  { code: '+64', name: 'New Zealand' },
  { code: '+968', name: 'Oman' },
  { code: '+974', name: 'Qatar' },
  { code: '+966', name: 'Saudi Arabia' },
  { code: '+65', name: 'Singapore' },
  { code: '+94', name: 'Sri Lanka' },
  { code: '+971', name: 'United Arab Emirates' },
  { code: '+44', name: 'United Kingdom' },
  { code: '+1', name: 'United States and Canada' },
]

/**
 * The number in E.164 as far as it can be told, or '' when nothing was typed. What begins with a plus or 00 brings its own
 * country; a single zero before a national number is a habit of dialling, not a part of it.
 */
export function numberOf(code: string, typed: string): string {
  const text = typed.trim().replace(/^00/, '+')
  const digits = text.replaceAll(/\D/g, '')
  if (digits === '') return ''
  return text.startsWith('+') ? `+${digits}` : `${code}${digits.replace(/^0/, '')}`
}

/** The longest code that fits, so that +971 is not taken for +97. Null for a country that is not listed. */
export function codeOf(e164: string, codes: readonly CallingCode[]): string | null {
  const fitting = codes.filter(({ code }) => e164.startsWith(code))
  return fitting.sort((a, b) => b.code.length - a.code.length)[0]?.code ?? null
}
