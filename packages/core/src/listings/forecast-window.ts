import type pg from 'pg'
import { LEAST_OPENINGS, quantile } from './forecast-openings.ts'

const HALF_A_DAY_MS = 12 * 3_600_000
const DAY_MS = 86_400_000
const RECORDS = 200

/**
 * When booking of a film is likely to open on one source in one city, by how long before their release films opened there
 * lately, with half a day on either side. Null: too few openings, or no release date.
 */
export async function forecastWindow(
  client: pg.ClientBase,
  film: { sourceId: string; cityId: string; releaseDate: Date | null },
): Promise<{ from: Date; to: Date } | null> {
  if (!film.releaseDate) return null
  const { rows } = await client.query<{ days: number }>(
    `SELECT extract(epoch FROM release_date - opened_at)::float8 / 86400 AS days FROM opening_records
      WHERE city_id = $1 AND source_id = $2 AND release_date IS NOT NULL AND release_date > opened_at
      ORDER BY opened_at DESC LIMIT ${RECORDS}`,
    [film.cityId, film.sourceId],
  )
  if (rows.length < LEAST_OPENINGS) return null
  const days = rows.map((row) => row.days).sort((a, b) => a - b)
  const release = film.releaseDate.getTime()
  return {
    from: new Date(release - quantile(days, 0.9) * DAY_MS - HALF_A_DAY_MS),
    to: new Date(release - quantile(days, 0.1) * DAY_MS + HALF_A_DAY_MS),
  }
}
