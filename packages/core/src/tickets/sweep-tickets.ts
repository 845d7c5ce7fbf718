import type { Ctx } from '../context.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn, sweepTurn } from '../jobs/sweep-turn.ts'
import { findUnsentTickets } from './find-unsent-tickets.ts'

/** Repairs missed tickets: jobs lost with Redis, or worn out while a vendor was down. @returns how many. @throws RedisAway */
export async function sweepTickets(ctx: Pick<Ctx, 'pool' | 'clock' | 'log'> & { queues: Queues }): Promise<number> {
  const bookings = await findUnsentTickets(ctx)
  if (bookings.length === 0) return 0
  const turn = sweepTurn(ctx)
  const jobs = bookings.map(
    (bookingId): NewJob<'booking.confirmed'> => ({
      name: 'booking.confirmed',
      payload: { bookingId, turn },
      key: inTurn(`booking.confirmed:${bookingId}`, turn),
    }),
  )
  await enqueue(ctx, jobs)
  ctx.log.warn({ bookings: bookings.length }, 'tickets were not mailed in time, trying again')
  return bookings.length
}
