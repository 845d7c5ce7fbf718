/** Longer ones are mistakes or attacks, and every pattern of a robots.txt is compared with them. */
const LONGEST_URL = 2_048

/** Names that mean a machine inside somebody's network, whatever a name server says. */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|private|corp|home|lan|arpa|onion|invalid|localdomain)$/
/** At least two labels, and the last begins with a letter: no address in any notation, and no trailing dot. */
const NAME = /^(?=.{4,253}$)([a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])$/

export type UrlRules = {
  /** Hosts, with their port where it is not the usual one. */
  allowedHosts: readonly string[]
  /** Origins of simulators: any scheme, port and address. */
  simulators: ReadonlySet<string>
}

export type CheckedUrl = { ok: true; url: URL; simulator: boolean } | { ok: false; why: string }

/**
 * Whether an address may be asked for at all, before any name is resolved. The parser of the platform has by then
 * turned 0x7f.1, 2130706433 and their like into plain dotted form, and these are no names.
 */
export function checkUrl(given: string, rules: UrlRules): CheckedUrl {
  if (given.length > LONGEST_URL) return { ok: false, why: 'the address is too long' }
  const url = URL.parse(given)
  if (!url) return { ok: false, why: 'not an address' }
  if (url.username || url.password) return { ok: false, why: 'a name and password in the address' }
  if (!rules.allowedHosts.includes(url.host) && !rules.allowedHosts.includes(url.hostname))
    return { ok: false, why: 'a host that does not belong to this source' }
  // `file:` and its like have the origin 'null', which is never in the set.
  if (rules.simulators.has(url.origin)) return { ok: true, url, simulator: true }
  if (url.protocol !== 'https:') return { ok: false, why: 'only https' }
  if (url.port) return { ok: false, why: 'only the usual port' }
  if (!NAME.test(url.hostname)) return { ok: false, why: 'an address in place of a name' }
  if (INSIDE.test(url.hostname)) return { ok: false, why: 'a name inside a network' }
  return { ok: true, url, simulator: false }
}
