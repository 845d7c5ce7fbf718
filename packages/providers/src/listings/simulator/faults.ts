import { between, chance, pick } from './seed.ts'

/** What can go wrong with a site. The first of several that are on decides where two would contradict each other. */
export const FAULTS = [
  'error',
  'maintenance',
  'challenge',
  'too-many',
  'home-redirect',
  'slow',
  'cut-wire',
  'cut-page',
  'gzip-lie',
  'wrong-etag',
  'stale',
  'foreign-film',
  'date-fallback',
  'phantoms',
] as const
export type Fault = (typeof FAULTS)[number]

export const FAULT_WORDS: Record<Fault, string> = {
  error: 'Every page is a 500',
  maintenance: 'A maintenance page with a robot check, served as 200',
  challenge: 'A 403 that asks to prove you are a person',
  'too-many': '429 with Retry-After',
  'home-redirect': 'Every page leads to the home page',
  slow: 'The page drips in, too slowly to wait for',
  'cut-wire': 'The connection ends in the middle of the page',
  'cut-page': 'The page ends in the middle, and claims to be whole',
  'gzip-lie': 'Says it is compressed, and is not',
  'wrong-etag': 'Says "not modified" whatever happened',
  stale: 'A cache serves the page of three hours ago',
  'foreign-film': 'Another film’s screenings in the page’s data',
  'date-fallback': 'Shows another day than the one asked for',
  phantoms: 'Lists screenings that nobody can book',
}

export type FaultWindow = { fault: Fault; from: number; until: number }

/**
 * Faults over time, the same for the same seed: some each day, each of minutes to hours, and now and then two at once.
 * Times are epoch milliseconds.
 */
export function seededFaults(seed: string, from: number, until: number, perDay: number): FaultWindow[] {
  const windows: FaultWindow[] = []
  const days = Math.ceil((until - from) / 86_400_000)
  for (let n = 0; n < days * perDay; n += 1) {
    const start = from + Math.floor(chance(seed, 'start', n) * (until - from))
    const minutes = pick([4, 12, 25, 60, 150], seed, 'length', n)
    windows.push({
      fault: pick(FAULTS, seed, 'fault', n),
      from: start,
      until: start + minutes * 60_000 + between(0, 90_000, seed, n),
    })
  }
  return windows.sort((a, b) => a.from - b.from)
}

/** Which are on at a moment: those switched on by hand, and those whose window it is. */
export function faultsAt(switched: ReadonlySet<Fault>, windows: readonly FaultWindow[], at: number): Set<Fault> {
  const on = new Set(switched)
  for (const window of windows) if (window.from <= at && at < window.until) on.add(window.fault)
  return on
}
