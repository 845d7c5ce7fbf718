import type { Ctx } from '../context.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { cancelSeats } from './cancel-seats.ts'

const BATCH = 100

export const showtimeCancelledKey = (showtimeId: string) => `showtime.cancelled:${showtimeId}`

/**
 * The cinema cancelled a showtime: every booking in it ends with everything back, every draft ends unpaid. One commit a
 * booking, so a crash loses nothing and the next run goes on where this one stopped; repeating it changes nothing.
 * Everything else follows from each commit's own outbox rows.
 * @returns how many bookings and drafts ended. Nothing happens to a showtime that is not cancelled.
 */
export async function cancelShowtimeBookings(
  ctx: Pick<Ctx, 'pool' | 'log' | 'crashPoint'>,
  input: { showtimeId: string },
): Promise<{ bookings: number; drafts: number }> {
  const { showtimeId } = input
  const { rows: showtimes } = await ctx.pool.query<{ reason: string }>(
    `SELECT coalesce(cancel_reason, '') AS reason FROM showtimes WHERE id = $1 AND status = 'CANCELLED'`,
    [showtimeId],
  )
  const showtime = showtimes[0]
  if (!showtime) return { bookings: 0, drafts: 0 }
  const drafts = await endDrafts(ctx, showtimeId)
  let bookings = 0
  for (let after = ''; ; ) {
    const { rows } = await ctx.pool.query<{ id: string }>(
      `SELECT id FROM bookings WHERE showtime_id = $1 AND status = 'CONFIRMED' AND id::text > $2 ORDER BY id::text LIMIT ${BATCH}`,
      [showtimeId, after],
    )
    for (const { id: bookingId } of rows) {
      const { outcome } = await onceMoreOnDeadlock(() =>
        cancelSeats(ctx.pool, {
          bookingId,
          userId: null,
          key: showtimeCancelledKey(showtimeId),
          by: 'CINEMA',
          actorId: null,
          seats: null,
          reason: showtime.reason,
        }),
      )
      ctx.crashPoint('showtime-cancel:after-booking')
      if (outcome === 'CANCELLED') bookings += 1
      // Its guest was quicker, by a moment.
      else if (outcome !== 'NOT_CONFIRMED')
        ctx.log.error({ bookingId, outcome }, 'a booking of a cancelled showtime stands')
    }
    after = rows.at(-1)?.id ?? ''
    if (rows.length < BATCH) break
  }
  return { bookings, drafts }
}

/** Late money for them goes back by itself: the showtime is over (settle_payment). */
async function endDrafts(ctx: Pick<Ctx, 'pool'>, showtimeId: string): Promise<number> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT id FROM bookings WHERE showtime_id = $1 AND status = 'PENDING' ORDER BY id`,
    [showtimeId],
  )
  for (const { id } of rows)
    await onceMoreOnDeadlock(() =>
      ctx.pool.query('SELECT end_draft(b.id) FROM (SELECT id FROM bookings WHERE id = $1 FOR UPDATE) b', [id]),
    )
  return rows.length
}
