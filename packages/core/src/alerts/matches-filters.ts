import { AlertFilters } from '@marquee/contracts/alerts'
import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { z } from 'zod'

/** As a subscription keeps them: with the folded names of its theatres, for sites that have other ids than we. */
export const StoredFilters = z.object({
  ...AlertFilters.shape,
  theatreNames: z.array(z.string()).default([]),
})
export type StoredFilters = z.infer<typeof StoredFilters>

/** What stands in a subscription's row. Rows of an earlier form read as "any". */
export const readFilters = (json: unknown): StoredFilters => StoredFilters.parse(json ?? {})

/** "PVR: Nexus, Hyderabad" and "pvr nexus hyderabad" are one name; "Nexus" alone is another. */
export const foldName = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * Whether a showing is one that somebody waits for. Pure, and the same for our own programme and for every site: by its own
 * date and zone. Whether it can be booked is not asked here. `partySize`: fewer seats than that are no showing for them,
 * where the site says how many are left.
 */
export function matchesFilters(filters: StoredFilters, session: ListedSession, partySize = 1): boolean {
  if (session.seatsLeft !== null && session.seatsLeft < partySize) return false
  return (
    matchesTheatre(filters, session.cinema) &&
    matchesWhen(filters, session) &&
    matchesLanguage(filters.languages, session.language) &&
    matchesFormat(filters.formats, session.format)
  )
}

function matchesTheatre(filters: StoredFilters, cinema: ListedSession['cinema']): boolean {
  if (filters.theatreIds.length === 0) return true
  if (cinema.siteId !== null && filters.theatreIds.includes(cinema.siteId)) return true
  // Our own theatres have our ids: two of one name are two.
  return !(cinema.siteId && UUID.test(cinema.siteId)) && filters.theatreNames.includes(foldName(cinema.name))
}
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** A window past midnight is one evening: "Friday, 22:00 to 02:00" ends on Saturday at two. */
function matchesWhen(filters: StoredFilters, session: ListedSession): boolean {
  const { timeFrom, timeTo, dateFrom, dateTo } = filters
  const from = timeFrom ?? '00:00'
  const to = timeTo ?? '23:59'
  const time = timeFrom || timeTo ? clockTime(session) : null
  const late = from > to
  if (time && !(late ? time >= from || time <= to : time >= from && time <= to)) return false
  const day = time && late && time <= to ? dayBefore(session.localDate) : session.localDate
  return (!dateFrom || day >= dateFrom) && (!dateTo || day <= dateTo)
}

/** One session is asked about by all its subscribers, and zones are slow. */
const times = new WeakMap<ListedSession, string>()
function clockTime(session: ListedSession): string {
  const known = times.get(session)
  if (known) return known
  const time = Temporal.Instant.from(session.startsAt).toZonedDateTimeISO(session.zone).toPlainTime()
  const text = time.toString({ smallestUnit: 'minute' })
  times.set(session, text)
  return text
}

const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** A site that names none shows the film in the language it is listed in, and that was chosen with the film. */
const matchesLanguage = (wanted: string[], language: string | null) =>
  wanted.length === 0 || language === null || wanted.some((one) => foldName(one) === foldName(language))

/** "IMAX" is met by "IMAX 2D"; "2D" by nothing dearer. A format that is not named is no special one. */
function matchesFormat(wanted: string[], format: string | null): boolean {
  if (wanted.length === 0) return true
  const shown = formatWords(format ?? '2D')
  return wanted.some((one) => {
    const words = formatWords(one)
    const plain = words.every((word) => PLAIN.has(word))
    return plain ? sameWords(words, shown) : words.every((word) => shown.includes(word))
  })
}
const PLAIN = new Set(['2d', '3d'])
/** "IMAX-3D" and "IMAX3D" are "imax 3d". */
const formatWords = (format: string) =>
  foldName(format)
    .replaceAll(/(?<=[a-z])(?=[234]d)/g, ' ')
    .split(' ')
const sameWords = (a: string[], b: string[]) => a.length === b.length && a.every((word) => b.includes(word))
