import type pg from 'pg'
import { chance, stableId } from './stable.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Row = { movie: string; title: string; release: string; theatre: string; name: string; city: string; zone: string }

/**
 * When the demo cinemas opened booking for the films they show, as if somebody had watched: each has its habit of days and
 * hours, and keeps to it more or less. Only of films that are out; the forecast is drawn from it. The same rows each time.
 */
export async function writeOpeningRecords(client: pg.PoolClient, theatreSlugs: string[], now: Date): Promise<void> {
  const { rows } = await client.query<Row>(
    `SELECT m.id AS movie, m.title, m.release_date::text AS release, t.id AS theatre, t.name, c.id AS city, c.time_zone AS zone
       FROM programmes p JOIN movies m ON m.id = p.movie_id JOIN theatres t ON t.id = p.theatre_id JOIN cities c ON c.id = t.city_id
      WHERE t.slug = ANY ($1) AND m.release_date < $2`,
    [theatreSlugs, now],
  )
  const records = rows.map((row) => {
    const habit = chance('opening habit', row.theatre)
    const [usualDays, usualHour] = [2 + Math.floor(habit() * 4), 9 + Math.floor(habit() * 4)]
    const lot = chance('opening', row.theatre, row.movie)
    const days = Math.max(1, usualDays + Math.floor(lot() * 3) - 1)
    // Now and then at night, when a distributor says so late.
    const hour = lot() < 0.85 ? usualHour + lot() * 2 : 20 + lot() * 3
    const midnight = Temporal.PlainDate.from(row.release).toZonedDateTime(row.zone).epochMilliseconds
    return {
      ...row,
      id: stableId('opening', row.theatre, row.movie),
      opened: new Date(midnight - days * DAY_MS + hour * HOUR_MS),
      first: new Date(midnight + 10 * HOUR_MS),
    }
  })
  await client.query(
    `INSERT INTO opening_records (id, source_id, city_id, cinema_key, cinema_name, site_movie_id, title, release_date, first_show_at, opened_at)
     SELECT id, 'marquee', city, theatre, name, movie, title, release, first, opened
       FROM jsonb_to_recordset($1) AS r(id uuid, city uuid, theatre text, name text, movie text, title text, release date,
            first timestamptz, opened timestamptz) ON CONFLICT DO NOTHING`,
    [JSON.stringify(records)],
  )
}
