import type { SmsReceipt } from '@marquee/providers/sms/sms-sender'
import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { applySmsNews, isOver } from './apply-receipt.ts'
import { settleLadders } from './end-ladder.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'

/**
 * What became of a text: kept as it came, and its attempt moved forward. `attemptId`: from the address we gave; a receipt
 * may be here before the carrier's answer to us is. One about a text that we do not know is kept as well.
 */
export async function receiveSmsReceipt(
  ctx: Pick<Ctx, 'db' | 'clock' | 'log'>,
  given: { provider: string; attemptId: string | undefined; receipt: SmsReceipt },
): Promise<void> {
  const { provider, receipt } = given
  const { providerMessageId: providerId, status, sequence, error } = receipt
  const find = (where: Prisma.AlertAttemptWhereInput) =>
    ctx.db.alertAttempt.findFirst({ where: { channel: 'sms', ...where }, select: { id: true, alertId: true } })
  // By the carrier's id first: the attempt in the address is in no signature, and one that has not been sent has no receipt.
  const attempt =
    (await find({ provider, providerId })) ??
    (given.attemptId
      ? await find({ id: given.attemptId, providerId: null, state: { in: ['SENDING', 'UNKNOWN'] } })
      : null)
  await ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    if (attempt) await lockAlerts(tx, [attempt.alertId])
    await tx.carrierReceipt.createMany({
      data: [
        {
          id: newId(),
          provider,
          providerId,
          status,
          sequence,
          attemptId: attempt?.id ?? null,
          payload: { error },
          at: now,
        },
      ],
      skipDuplicates: true,
    })
    if (!attempt) return ctx.log.warn({ provider, status }, 'a receipt of a text we do not know')
    const row = await tx.alertAttempt.findUniqueOrThrow({ where: { id: attempt.id } })
    const state = applySmsNews(row.state, status)
    await tx.alertAttempt.update({
      where: { id: row.id },
      data: {
        state,
        provider,
        providerId,
        sentAt: row.sentAt ?? now,
        acceptedAt: row.acceptedAt ?? now,
        ...(isOver(state) && { endedAt: row.endedAt ?? now }),
        ...(error && state === 'FAILED' && { why: `the carrier says ${error}` }),
      },
    })
    await settleLadders(tx, [row.alertId])
  }, LADDER_TX)
}
