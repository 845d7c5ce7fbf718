/**
 * Hours on the clock of a country between which it may be called and texted, and its zone where it has only one. `coasts`:
 * of one with several, the first and the last; whoever waits in another part of the world may be in any of them.
 */
export type CountryHours = { country: string; from: string; to: string; zone: string | null; coasts?: [string, string] }

/**
 * By what a number begins with, the longest first. Where nothing is known, eight to nine.
 * docs/decisions/024-told-once.md says where each is from.
 */
const COUNTRIES: ({ code: string } & CountryHours)[] = [
  { code: '+91', country: 'India', from: '09:00', to: '21:00', zone: 'Asia/Kolkata' },
  { code: '+971', country: 'United Arab Emirates', from: '09:00', to: '18:00', zone: 'Asia/Dubai' },
  { code: '+65', country: 'Singapore', from: '08:00', to: '21:00', zone: 'Asia/Singapore' },
  { code: '+44', country: 'United Kingdom', from: '08:00', to: '21:00', zone: 'Europe/London' },
  {
    code: '+1',
    country: 'North America',
    from: '08:00',
    to: '21:00',
    zone: null,
    coasts: ['America/New_York', 'America/Los_Angeles'],
  },
]
const ELSEWHERE: CountryHours = { country: 'elsewhere', from: '08:00', to: '21:00', zone: null }

/** For a carrier that rings nobody. */
export const ANY_HOUR: CountryHours = { country: 'anywhere', from: '00:00', to: '00:00', zone: null }

export const countryHours = (phone: string): CountryHours =>
  COUNTRIES.filter(({ code }) => phone.startsWith(code)).toSorted((a, b) => b.code.length - a.code.length)[0] ??
  ELSEWHERE
