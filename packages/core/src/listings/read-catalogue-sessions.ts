import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { localDate } from '../catalog/local-day.ts'
import type { Ctx } from '../context.ts'

type Row = {
  id: string
  theatreId: string
  theatre: string
  zone: string
  startsAt: Date
  filmStartsAt: Date
  format: string
  language: string
  seatsLeft: number
}

/**
 * What our own catalogue says of a film in a city at `now`: every showtime that can still be booked, and those that are
 * sold out, soonest first. The showtime's id is the session's, the theatre's id the cinema's. Takes the context, or a
 * transaction as its `db`, so that what is decided from it is decided from one moment.
 */
export async function readCatalogueSessions(
  ctx: Pick<Ctx, 'config'> & { db: Pick<Ctx['db'], '$queryRaw'> },
  input: { movieId: string; cityId: string; now: Date },
): Promise<ListedSession[]> {
  const { movieId, cityId, now } = input
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT s.id, t.id AS "theatreId", t.name AS theatre, c.time_zone AS zone, s.starts_at AS "startsAt",
           s.film_starts_at AS "filmStartsAt", s.format, s.language,
           s.seat_count - (SELECT count(*)::int FROM (
             SELECT seat FROM showtime_seats WHERE showtime_id = s.id AND blocked
             UNION SELECT seat FROM seat_claims WHERE showtime_id = s.id AND (state = 'SOLD' OR expires_at >= clock_timestamp())
           ) taken) AS "seatsLeft"
      FROM showtimes s JOIN screens h ON h.id = s.screen_id JOIN theatres t ON t.id = h.theatre_id
      JOIN cities c ON c.id = t.city_id
     WHERE s.movie_id = ${movieId}::uuid AND t.city_id = ${cityId}::uuid AND s.status = 'SCHEDULED'
       AND s.starts_at > ${now}::timestamptz - interval '1 hour' AND s.film_starts_at > ${now}
     ORDER BY s.starts_at, s.id`
  return rows.map((row) => ({
    siteId: row.id,
    cinema: { siteId: row.theatreId, name: row.theatre },
    startsAt: row.startsAt.toISOString(),
    zone: row.zone,
    localDate: localDate(row.startsAt, row.zone),
    format: row.format,
    language: row.language,
    bookable: row.seatsLeft > 0,
    seatsLeft: Math.max(0, row.seatsLeft),
    url: `${ctx.config.http.publicBaseUrl}/showtimes/${row.id}/seats`,
  }))
}
