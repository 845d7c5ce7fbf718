import type { TheatreCard } from '@marquee/contracts/theatres'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { allTheatres } from './list-theatres.ts'

export type TheatreCapacity = TheatreCard & { cityName: string; seatCount: number; seatsSold: number }

/**
 * Every theatre with its seats over all screens (the newest layout of each) and the seats sold of showtimes to come:
 * counted, never typed. Seats sold are up to a minute old.
 */
export async function listTheatreCapacities(ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>): Promise<TheatreCapacity[]> {
  const theatres = await allTheatres(ctx)
  const { value } = await cached(ctx, {
    key: 'theatre-capacities',
    tags: ['theatres', 'showtimes'],
    ttlSeconds: 60,
    load: () => loadCapacities(ctx),
  })
  const counts = new Map(value.map((row) => [row.id, row]))
  return theatres.map((theatre) => {
    const { cityName = '', seatCount = 0, seatsSold = 0 } = counts.get(theatre.id) ?? {}
    return { ...theatre, cityName, seatCount, seatsSold }
  })
}

async function loadCapacities(ctx: Pick<Ctx, 'pool' | 'clock'>) {
  const { rows } = await ctx.pool.query<{ id: string; cityName: string; seatCount: number; seatsSold: number }>(
    `WITH newest AS (
       SELECT DISTINCT ON (l.screen_id) c.theatre_id, l.seat_count FROM seat_layouts l JOIN screens c ON c.id = l.screen_id
        ORDER BY l.screen_id, l.version DESC),
     sold AS (
       SELECT c.theatre_id, count(*) AS seats
         FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN seat_claims k ON k.showtime_id = s.id AND k.state = 'SOLD'
        WHERE s.status = 'SCHEDULED' AND s.film_starts_at > $1 GROUP BY c.theatre_id)
     SELECT t.id, y.name AS "cityName",
            coalesce((SELECT sum(n.seat_count) FROM newest n WHERE n.theatre_id = t.id), 0)::int AS "seatCount",
            coalesce((SELECT seats FROM sold WHERE sold.theatre_id = t.id), 0)::int AS "seatsSold"
       FROM theatres t JOIN cities y ON y.id = t.city_id`,
    [ctx.clock.now()],
  )
  return rows
}
