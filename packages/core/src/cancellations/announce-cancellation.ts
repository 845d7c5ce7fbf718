import type { Ctx } from '../context.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn } from '../jobs/sweep-turn.ts'
import { cancellationMailKey } from './mail-cancellation.ts'

/** The guest is told by then even if drawing the new ticket keeps failing: with a link instead of the file. */
const MAIL_AT_LATEST_MS = 120_000

/**
 * After seats were given back: tell the guest, and where some still stand, draw their ticket anew first; the paper that
 * showed all of them is gone. `turn` is a sweep's, which does all of it again. @throws RedisAway
 */
export async function announceCancellation(
  ctx: Pick<Ctx, 'db'> & { queues: Queues },
  input: { cancellationId: string; turn?: number },
): Promise<void> {
  const { cancellationId, turn } = input
  const row = await ctx.db.cancellation.findUnique({
    where: { id: cancellationId },
    select: { refundMinor: true, booking: { select: { status: true } } },
  })
  if (!row) return
  const mail = (suffix: string, delayMs?: number): NewJob<'cancellation.mail'> => ({
    name: 'cancellation.mail',
    payload: { cancellationId },
    key: inTurn(`${cancellationMailKey(cancellationId)}${suffix}`, turn),
    ...(delayMs && { delayMs }),
  })
  await enqueue(ctx, [
    ...(row.booking.status === 'CONFIRMED'
      ? [
          {
            name: 'ticket.redraw',
            payload: input,
            key: inTurn(`ticket.redraw:${cancellationId}`, turn),
          } satisfies NewJob<'ticket.redraw'>,
          mail(':late', MAIL_AT_LATEST_MS),
        ]
      : [mail('')]),
    ...(row.refundMinor > 0
      ? [
          {
            name: 'credit-note.issue',
            payload: { cancellationId },
            key: inTurn(`credit-note.issue:${cancellationId}`, turn),
          } satisfies NewJob<'credit-note.issue'>,
        ]
      : []),
  ])
}
