import type { Ctx } from '../context.ts'

const BATCH = 500

/**
 * Ends drafts whose payment window has closed, and claims past their end. Late money still finds its booking.
 * Bounded; the schedule comes round again. @returns how many of each
 */
export async function expireBookings(ctx: Pick<Ctx, 'pool'>): Promise<{ bookings: number; claims: number }> {
  const { rows } = await ctx.pool.query<{ bookings: number; claims: number }>('SELECT * FROM expire_bookings($1)', [
    BATCH,
  ])
  return rows[0] ?? { bookings: 0, claims: 0 }
}
