import { enqueue } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'

/** A ticket is mailed by then even if drawing it keeps failing: with a link instead of the file. */
const MAIL_AT_LATEST_MS = 120_000

/** After a booking is confirmed: draw the ticket now, and see that a mail goes out whatever becomes of the drawing. */
export async function announceBooking(ctx: { queues: Queues }, input: { bookingId: string }): Promise<void> {
  const { bookingId } = input
  await enqueue(ctx, [
    { name: 'ticket.render', payload: { bookingId }, key: `ticket.render:${bookingId}` },
    { name: 'ticket.mail', payload: { bookingId }, key: `ticket.mail:${bookingId}:late`, delayMs: MAIL_AT_LATEST_MS },
  ])
}
