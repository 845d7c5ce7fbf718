import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { maskPeople } from '../../log-errors.ts'
import { readAlertFacts } from './alert-facts.ts'
import { MOST_TRIES, pauseAfter } from './backoff.ts'
import { settleLadders } from './end-ladder.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'
import { planInstead } from './settle-decision.ts'

type OutcomeCtx = Pick<Ctx, 'db' | 'clock' | 'log' | 'crashPoint'>
type Tx = Prisma.TransactionClient

export type VendorOutcome =
  | { kind: 'accepted'; provider: string; providerId: string }
  /** Nothing had to go out: `provider` is null and it is done. */
  | { kind: 'done'; why: string | null }
  | { kind: 'skipped'; why: string }
  /** It certainly did not go out. */
  | { kind: 'not-sent'; why: string }
  /** Never for this number, address or text. */
  | { kind: 'refused'; why: string; badNumber: boolean }
  /** It may have gone out: nobody sends it again. */
  | { kind: 'unknown'; why: string; provider: string | null }

/**
 * Writes down what the vendor said of an attempt whose intent was committed before, and what follows from it. A receipt may
 * have come first: what it said stays.
 */
export async function noteOutcome(ctx: OutcomeCtx, attemptId: string, said: VendorOutcome): Promise<void> {
  const outcome = withoutPeople(said)
  const rows = await ctx.db.alertAttempt.findMany({
    where: { OR: [{ id: attemptId }, { mergedIntoId: attemptId }] },
    select: { alertId: true },
  })
  const alertIds = rows.map(({ alertId }) => alertId)
  await ctx.db.$transaction(async (tx) => {
    await lockAlerts(tx, alertIds)
    await write(ctx, tx, attemptId, outcome)
    // Refused, or dead after its last try: it did not go out, and will not by itself.
    const mayBeDead = outcome.kind === 'refused' || outcome.kind === 'not-sent'
    const dead = { id: attemptId, channel: { in: ['call', 'sms'] }, state: 'FAILED' as const }
    if (mayBeDead && (await tx.alertAttempt.count({ where: dead })) > 0) {
      const alerts = await readAlertFacts(tx, alertIds)
      for (const alert of alerts) await planInstead(tx, alert, ctx.clock.now())
    }
    await settleLadders(tx, alertIds)
  }, LADDER_TX)
  ctx.crashPoint('alert:after-accepted')
}

async function write(ctx: OutcomeCtx, tx: Tx, attemptId: string, outcome: VendorOutcome): Promise<void> {
  const now = ctx.clock.now()
  // Only what is still where we left it: a receipt that was quicker knows more.
  const where = { OR: [{ id: attemptId }, { mergedIntoId: attemptId }], state: 'SENDING' as const }
  switch (outcome.kind) {
    case 'accepted': {
      const { provider, providerId } = outcome
      await tx.$executeRaw`
        update alert_attempts
           set state = (case when state = 'SENDING' then 'ACCEPTED' else state::text end)::attempt_state,
               accepted_at = coalesce(accepted_at, ${now}),
               provider = case when id = ${attemptId}::uuid then coalesce(provider, ${provider}) else provider end,
               provider_id = case when id = ${attemptId}::uuid then coalesce(provider_id, ${providerId}) else provider_id end
         where id = ${attemptId}::uuid or merged_into_id = ${attemptId}::uuid`
      return
    }
    case 'done':
      await tx.alertAttempt.updateMany({
        where,
        data: { state: 'DELIVERED', acceptedAt: now, endedAt: now, why: outcome.why },
      })
      return
    case 'skipped':
      await tx.alertAttempt.updateMany({
        where,
        data: { state: 'SKIPPED', sentAt: null, endedAt: now, why: outcome.why },
      })
      return
    case 'unknown': {
      const { provider, why } = outcome
      await tx.alertAttempt.updateMany({ where, data: { state: 'UNKNOWN', why } })
      await tx.alertAttempt.updateMany({ where: { id: attemptId, provider: null }, data: { provider } })
      return
    }
    case 'refused':
      await tx.alertAttempt.updateMany({
        where,
        data: { state: 'FAILED', sentAt: null, endedAt: now, why: outcome.why },
      })
      if (outcome.badNumber)
        await tx.$executeRaw`
          update contact_points c set suspect_at = ${now} from alert_attempts t
           where t.id = ${attemptId}::uuid and c.id = t.contact_id`
      return
    case 'not-sent':
      return writeNotSent(tx, attemptId, outcome.why, now)
  }
}

/** Vendors repeat the number or address in what they say, with its plus or without. */
const withoutPeople = (outcome: VendorOutcome): VendorOutcome =>
  'why' in outcome && outcome.why ? { ...outcome, why: maskPeople(outcome.why).replaceAll(/\d{7,}/g, '…') } : outcome

/** Waits and is tried again, each of a merged call by itself; after the last try it is dead. */
async function writeNotSent(tx: Tx, attemptId: string, why: string, now: Date): Promise<void> {
  const rows = await tx.alertAttempt.findMany({
    where: { OR: [{ id: attemptId }, { mergedIntoId: attemptId }], state: 'SENDING' },
    select: { id: true, tries: true },
  })
  for (const { id, tries } of rows) {
    const dead = tries >= MOST_TRIES
    await tx.alertAttempt.update({
      where: { id },
      data: {
        state: dead ? 'FAILED' : 'PLANNED',
        sentAt: null,
        mergedIntoId: null,
        queuedAt: null,
        why,
        ...(dead ? { endedAt: now } : { dueAt: new Date(now.getTime() + pauseAfter(tries)) }),
      },
    })
  }
}
