import type { Config } from '../../config.ts'
import { invalid } from '../../errors.ts'

export type Destination = {
  channel: 'email' | 'sms'
  /** Lower-cased address or E.164 number. */
  destination: string
  /** What the number begins with, as the list of countries has it; null for mail. */
  country: string | null
}

/** Where a code is to go. @throws AppError VALIDATION for a country that no texts are sent to */
export function toDestination(
  config: Pick<Config, 'sms'>,
  given: { email?: string | undefined; phone?: string | undefined },
): Destination {
  if (given.email !== undefined) return { channel: 'email', destination: given.email.toLowerCase(), country: null }
  const phone = given.phone ?? ''
  const country = countryOf(config, phone)
  if (!country)
    throw invalid('phone', 'we do not send texts to numbers of this country yet: use your email address instead')
  return { channel: 'sms', destination: phone, country }
}

/** The longest that fits: a list may name a part of a country. */
export const countryOf = (config: Pick<Config, 'sms'>, phone: string) =>
  config.sms.countries.filter((code) => phone.startsWith(code)).toSorted((a, b) => b.length - a.length)[0] ?? null

/** Enough for its owner to know it again, too little for anybody else: "a•••@example.com", "+91 ••••• ••210". */
export function maskDestination({ channel, destination }: Pick<Destination, 'channel' | 'destination'>, country = '') {
  if (channel === 'email') {
    const at = destination.lastIndexOf('@')
    return `${destination.slice(0, 1)}•••${destination.slice(at)}`
  }
  return `${country || destination.slice(0, 3)} ••••• ••${destination.slice(-3)}`
}
