import type { TheatreCard } from '@marquee/contracts/theatres'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { allTheatres } from './list-theatres.ts'

export type TheatreCapacity = TheatreCard & { cityName: string; seatCount: number; seatsSold: number }

/**
 * Every theatre with the seats of its showtimes to come and how many of those are sold: counted, never typed. One
 * without showtimes has the seats of its screens (the newest layout of each). Up to a minute old.
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
     coming AS (
       SELECT c.theatre_id, sum(s.seat_count) AS seats,
              sum((SELECT count(*) FROM seat_claims k WHERE k.showtime_id = s.id AND k.state = 'SOLD')) AS sold
         FROM showtimes s JOIN screens c ON c.id = s.screen_id
        WHERE s.status = 'SCHEDULED' AND s.film_starts_at > $1 GROUP BY c.theatre_id)
     SELECT t.id, y.name AS "cityName",
            coalesce(coming.seats, (SELECT sum(n.seat_count) FROM newest n WHERE n.theatre_id = t.id), 0)::int AS "seatCount",
            coalesce(coming.sold, 0)::int AS "seatsSold"
       FROM theatres t JOIN cities y ON y.id = t.city_id LEFT JOIN coming ON coming.theatre_id = t.id`,
    [ctx.clock.now()],
  )
  return rows
}
