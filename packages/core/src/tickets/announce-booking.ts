import { enqueue } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn } from '../jobs/sweep-turn.ts'
import { ticketMailKey } from './mail-ticket.ts'

/** A ticket is mailed by then even if drawing it keeps failing: with a link instead of the file. */
const MAIL_AT_LATEST_MS = 120_000

/**
 * After a booking is confirmed: draw the ticket now, see that a mail goes out whatever becomes of the drawing, and issue
 * the invoice.
 * `turn` is a sweep's, which does all of it again. @throws RedisAway
 */
export async function announceBooking(
  ctx: { queues: Queues },
  input: { bookingId: string; turn?: number },
): Promise<void> {
  const { bookingId, turn } = input
  await enqueue(ctx, [
    { name: 'ticket.render', payload: input, key: inTurn(`ticket.render:${bookingId}`, turn) },
    {
      name: 'ticket.mail',
      payload: { bookingId },
      key: inTurn(`${ticketMailKey(bookingId)}:late`, turn),
      delayMs: MAIL_AT_LATEST_MS,
    },
    { name: 'invoice.issue', payload: { bookingId }, key: inTurn(`invoice.issue:${bookingId}`, turn) },
  ])
}
