import type pg from 'pg'
import type { LayoutSeatEntry } from '../seats/layout.ts'

export type NewShowtime = {
  id: string
  movieId: string
  screen: { id: string; layoutId: string; seats: LayoutSeatEntry[] }
  startsAt: Date
  filmStartsAt: Date
  endsAt: Date
  language: string
  format: string
  captions: string | null
  /** Minor units by section of the hall; every section has one. */
  prices: Record<string, number>
}

/**
 * Adds showtimes with their whole inventory, in the caller's transaction: from its commit on their seats are on sale. One
 * that exists, or whose screen is busy at that hour, is passed over.
 */
export async function insertShowtimes<Planned extends NewShowtime>(
  client: pg.ClientBase,
  planned: Planned[],
): Promise<{ added: Planned[]; seats: number }> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO showtimes (id, movie_id, screen_id, seat_layout_id, starts_at, film_starts_at, ends_at, language, format, captions,
                            seat_count, price_from_minor)
     SELECT id, movie, screen, layout, starts, film, ends, language, format, captions, seats, price
       FROM jsonb_to_recordset($1) AS r(id uuid, movie uuid, screen uuid, layout uuid, starts timestamptz, film timestamptz,
            ends timestamptz, language text, format text, captions text, seats int, price int)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      JSON.stringify(
        planned.map((one) => ({
          id: one.id,
          movie: one.movieId,
          screen: one.screen.id,
          layout: one.screen.layoutId,
          starts: one.startsAt,
          film: one.filmStartsAt,
          ends: one.endsAt,
          language: one.language,
          format: one.format,
          captions: one.captions,
          seats: one.screen.seats.length,
          price: Math.min(...one.screen.seats.map((seat) => one.prices[seat.section]!)),
        })),
      ),
    ],
  )
  const fresh = new Set(rows.map((row) => row.id))
  const added = planned.filter((one) => fresh.has(one.id))
  if (added.length === 0) return { added, seats: 0 }

  const halls = [...new Map(added.map((one) => [one.screen.layoutId, one.screen])).values()]
  const seats = halls.flatMap((hall) => hall.seats.map((seat) => ({ ...seat, layout: hall.layoutId })))
  await client.query(
    'CREATE TEMP TABLE new_hall_seats (layout uuid, seat smallint, label text, section text, kind seat_kind) ON COMMIT DROP',
  )
  await client.query(
    `INSERT INTO new_hall_seats SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::seat_kind[])`,
    [
      seats.map((seat) => seat.layout),
      seats.map((seat) => seat.index),
      seats.map((seat) => seat.seatId),
      seats.map((seat) => seat.section),
      seats.map((seat) => seat.kind),
    ],
  )
  // With its size known, the join below is one hash join instead of a scan per showtime.
  await client.query('ANALYZE new_hall_seats')
  const inventory = await client.query(
    `INSERT INTO showtime_seats (showtime_id, seat, label, section, kind, price_minor)
     SELECT r.id, h.seat, h.label, h.section, h.kind, (r.prices->>h.section)::int
       FROM jsonb_to_recordset($1) AS r(id uuid, layout uuid, prices jsonb) JOIN new_hall_seats h ON h.layout = r.layout`,
    [JSON.stringify(added.map((one) => ({ id: one.id, layout: one.screen.layoutId, prices: one.prices })))],
  )
  return { added, seats: inventory.rowCount ?? 0 }
}
