import type { Ctx } from '../context.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn, SWEEP_AFTER_SECONDS, SWEEP_WITHIN_DAYS, sweepTurn } from '../jobs/sweep-turn.ts'
import { showtimeCancelledKey } from './cancel-showtime-bookings.ts'
import { cancellationMailKey } from './mail-cancellation.ts'

const BATCH = 200

/**
 * Repairs what a cancellation left open when its jobs were lost or worn out: guests who were not told, and bookings or
 * drafts that still stand in a showtime the cinema cancelled. Bounded, and in no order. @returns how many of each. @throws RedisAway
 */
export async function sweepCancellations(
  ctx: Pick<Ctx, 'pool' | 'clock' | 'log'> & { queues: Queues },
): Promise<{ untold: number; showtimes: number }> {
  const ids = async (sql: string, values: unknown[]) => (await ctx.pool.query<{ id: string }>(sql, values)).rows
  const untold = await ids(
    `SELECT c.id FROM cancellations c JOIN bookings b ON b.id = c.booking_id
      WHERE c.by <> 'MOVE' AND b.email <> ''
        AND c.created_at BETWEEN now() - make_interval(days => $1) AND now() - make_interval(secs => $2)
        AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = $3 || c.id AND d.channel = 'email' AND d.state IN ('SENT', 'FAILED'))
      ORDER BY random() LIMIT $4`,
    [SWEEP_WITHIN_DAYS, SWEEP_AFTER_SECONDS, cancellationMailKey(''), BATCH],
  )
  // Money that was being settled while the cinema cancelled confirms its booking after the job went by.
  const showtimes = await ids(
    `SELECT s.id FROM showtimes s WHERE s.status = 'CANCELLED' AND s.cancelled_at > now() - make_interval(days => $1)
        AND EXISTS (SELECT FROM bookings b WHERE b.showtime_id = s.id AND b.status IN ('CONFIRMED', 'PENDING')) LIMIT $2`,
    [SWEEP_WITHIN_DAYS, BATCH],
  )
  if (untold.length + showtimes.length === 0) return { untold: 0, showtimes: 0 }
  const turn = sweepTurn(ctx)
  const minute = Math.floor(ctx.clock.now().getTime() / 60_000)
  await enqueue(ctx, [
    ...untold.map(
      ({ id: cancellationId }): NewJob<'booking.cancelled'> => ({
        name: 'booking.cancelled',
        payload: { cancellationId, turn },
        key: inTurn(`booking.cancelled:${cancellationId}`, turn),
      }),
    ),
    // Money waits for these: each minute anew.
    ...showtimes.map(
      ({ id: showtimeId }): NewJob<'showtime.cancelled'> => ({
        name: 'showtime.cancelled',
        payload: { showtimeId },
        key: inTurn(showtimeCancelledKey(showtimeId), minute),
      }),
    ),
  ])
  if (untold.length > 0) ctx.log.warn({ cancellations: untold.length }, 'guests were not told in time, trying again')
  return { untold: untold.length, showtimes: showtimes.length }
}
