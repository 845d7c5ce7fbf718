import type { Ctx } from '../context.ts'
import { DAYS_AHEAD } from './city-programme.ts'
import { localDate, localDayRange } from './local-day.ts'

/**
 * Local days of the coming fourteen, today included, on which a film (in a city) or a theatre has a showtime that has
 * not lapsed. Soonest first.
 */
export async function showtimeDates(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  of: { timeZone: string; movieId?: string; cityId?: string; theatreId?: string },
): Promise<string[]> {
  const now = ctx.clock.now()
  const { from, to } = localDayRange(localDate(now, of.timeZone), of.timeZone, DAYS_AHEAD)
  const { rows } = await ctx.pool.query<{ day: string }>(
    `SELECT DISTINCT to_char(s.starts_at AT TIME ZONE $1, 'YYYY-MM-DD') AS day
       FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
      WHERE s.status = 'SCHEDULED' AND s.film_starts_at > $2 AND s.starts_at >= $3 AND s.starts_at < $4
        AND ($5::uuid IS NULL OR s.movie_id = $5) AND ($6::uuid IS NULL OR t.city_id = $6) AND ($7::uuid IS NULL OR t.id = $7)
      ORDER BY day`,
    [of.timeZone, now, from, to, of.movieId ?? null, of.cityId ?? null, of.theatreId ?? null],
  )
  return rows.map((row) => row.day)
}
