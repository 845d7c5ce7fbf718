/** Where most guests' numbers are from, by name. The API decides which countries it sends to. */
export const COUNTRIES = [
  { code: 'IN', name: 'India', dial: '91' },
  { code: 'AU', name: 'Australia', dial: '61' },
  { code: 'BD', name: 'Bangladesh', dial: '880' },
  { code: 'CA', name: 'Canada', dial: '1' },
  { code: 'DE', name: 'Germany', dial: '49' },
  { code: 'MY', name: 'Malaysia', dial: '60' },
  { code: 'NP', name: 'Nepal', dial: '977' },
  { code: 'NZ', name: 'New Zealand', dial: '64' },
  { code: 'OM', name: 'Oman', dial: '968' },
  { code: 'QA', name: 'Qatar', dial: '974' },
  { code: 'SA', name: 'Saudi Arabia', dial: '966' },
  { code: 'SG', name: 'Singapore', dial: '65' },
  { code: 'LK', name: 'Sri Lanka', dial: '94' },
  { code: 'AE', name: 'United Arab Emirates', dial: '971' },
  { code: 'GB', name: 'United Kingdom', dial: '44' },
  { code: 'US', name: 'United States', dial: '1' },
] as const

export type CountryCode = (typeof COUNTRIES)[number]['code']
export const HOME_COUNTRY: CountryCode = 'IN'

const dialOf = (code: CountryCode) => COUNTRIES.find((country) => country.code === code)?.dial ?? ''

/**
 * The number in E.164 as far as it can be told, or '' when nothing was typed. What begins with a plus or 00 brings its
 * own country; a single zero before a national number is a habit of dialling, not a part of it.
 */
export function toE164(country: CountryCode, typed: string): string {
  const text = typed.trim().replace(/^00/, '+')
  const digits = text.replaceAll(/\D/g, '')
  if (digits === '') return ''
  return text.startsWith('+') ? `+${digits}` : `+${dialOf(country)}${digits.replace(/^0/, '')}`
}

/** The longest dialling code that fits, so that +971 is not taken for +97. Null for a country that is not listed. */
export function countryOf(e164: string): CountryCode | null {
  const fitting = COUNTRIES.filter((country) => e164.startsWith(`+${country.dial}`))
  return fitting.sort((a, b) => b.dial.length - a.dial.length)[0]?.code ?? null
}
