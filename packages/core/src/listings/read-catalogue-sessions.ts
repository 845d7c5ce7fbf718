import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { localDate } from '../catalog/local-day.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import { Prisma } from '../generated/prisma/client.ts'

export type CatalogueRow = {
  id: string
  theatreId: string
  theatre: string
  zone: string
  startsAt: Date
  format: string
  language: string
  seatsLeft: number
}

/** $1 the film, $2 the city, $3 now, each once and in this order. Seats are sold until the film itself begins; an opening is of showings to come. */
export const CATALOGUE_SESSIONS = `
  SELECT s.id, t.id AS "theatreId", t.name AS theatre, c.time_zone AS zone, s.starts_at AS "startsAt", s.format, s.language,
         s.seat_count - (SELECT count(*)::int FROM (
           SELECT seat FROM showtime_seats WHERE showtime_id = s.id AND blocked
           UNION SELECT seat FROM seat_claims WHERE showtime_id = s.id AND (state = 'SOLD' OR expires_at >= clock_timestamp())
         ) taken) AS "seatsLeft"
    FROM showtimes s JOIN screens h ON h.id = s.screen_id JOIN theatres t ON t.id = h.theatre_id
    JOIN cities c ON c.id = t.city_id
   WHERE s.movie_id = $1::uuid AND t.city_id = $2::uuid AND s.status = 'SCHEDULED' AND s.starts_at > $3::timestamptz
   ORDER BY s.starts_at, s.id`

/**
 * What our own catalogue says of a film in a city at `now`: every showtime to come, those that are sold out included,
 * soonest first. The showtime's id is the session's, the theatre's id the cinema's. Takes the context, or a transaction
 * as its `db`, so that what is decided from it is decided from one moment.
 */
export async function readCatalogueSessions(
  ctx: Pick<Ctx, 'config'> & { db: Pick<Ctx['db'], '$queryRaw'> },
  input: { movieId: string; cityId: string; now: Date },
): Promise<ListedSession[]> {
  const { movieId, cityId, now } = input
  const rows = await ctx.db.$queryRaw<CatalogueRow[]>(
    new Prisma.Sql(CATALOGUE_SESSIONS.split(/\$\d/), [movieId, cityId, now]),
  )
  return rows.map((row) => catalogueSession(ctx.config, row))
}

export const catalogueSession = (config: Pick<Config, 'http'>, row: CatalogueRow): ListedSession => ({
  siteId: row.id,
  cinema: { siteId: row.theatreId, name: row.theatre },
  startsAt: row.startsAt.toISOString(),
  zone: row.zone,
  localDate: localDate(row.startsAt, row.zone),
  format: row.format,
  language: row.language,
  bookable: row.seatsLeft > 0,
  seatsLeft: Math.max(0, row.seatsLeft),
  url: `${config.http.publicBaseUrl}/showtimes/${row.id}/seats`,
})
