import type { Ctx } from '../context.ts'

/**
 * How many seats of each showtime can still be claimed: all of them, less those off sale, sold, or claimed and not
 * lapsed by the database's clock. One query for a whole page.
 * @param seatCounts seats of each showtime by its id
 */
export async function seatsLeft(
  ctx: Pick<Ctx, 'pool'>,
  seatCounts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const left = new Map(seatCounts)
  if (left.size === 0) return left
  const { rows } = await ctx.pool.query<{ showtime_id: string; gone: number }>(
    `SELECT showtime_id, count(*)::int AS gone
       FROM (SELECT showtime_id, seat FROM showtime_seats WHERE showtime_id = ANY ($1::uuid[]) AND blocked
             UNION -- a seat claimed before it was taken off sale counts once
             SELECT showtime_id, seat FROM seat_claims
              WHERE showtime_id = ANY ($1::uuid[]) AND (state = 'SOLD' OR expires_at >= clock_timestamp())) taken
      GROUP BY showtime_id`,
    [[...left.keys()]],
  )
  for (const { showtime_id: id, gone } of rows) left.set(id, Math.max(0, (left.get(id) ?? 0) - gone))
  return left
}
