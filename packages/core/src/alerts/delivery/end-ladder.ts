import type { Prisma } from '../../generated/prisma/client.ts'

type Tx = Prisma.TransactionClient

/** Steps that have not been taken are not taken any more. */
export const dropPlanned = (tx: Tx, alertIds: string[], why: string, now: Date, template?: string) =>
  tx.$executeRaw`
    update alert_attempts set state = 'SKIPPED', why = ${why}, ended_at = ${now}, merged_into_id = null
     where alert_id = any(${alertIds}::uuid[]) and state = 'PLANNED' and (${template ?? null}::text is null or template = ${template ?? null})`

/**
 * Ends a ladder before its end: paused, no longer open. Whoever was told already was told; for whom nothing went out it
 * did not happen, and they go on waiting, armed as they were. The alerts are locked by the caller.
 */
export async function endLadders(tx: Tx, alertIds: string[], why: string, now: Date): Promise<void> {
  await dropPlanned(tx, alertIds, why, now)
  await tx.$executeRaw`
    with ended as (
      update alerts a
         set suppressed_why = ${why},
             state = (case when exists (select from alert_attempts t where t.alert_id = a.id and t.state not in ('PLANNED', 'SKIPPED', 'FAILED'))
                           then 'EXHAUSTED' else 'SUPPRESSED' end)::alert_state
       where a.id = any(${alertIds}::uuid[]) and a.state in ('RINGING', 'SNOOZED')
       returning a.subscription_id, a.kind, a.state, a.round)
    update alert_subscriptions s set state = 'ACTIVE', updated_at = ${now}
      from ended e
     where s.id = e.subscription_id and e.state = 'SUPPRESSED' and e.kind = 'OPENING' and e.round = s.round and s.state = 'NOTIFIED'`
}

/** A ladder whose every step is over, unanswered, is exhausted. What was only sent is over: nobody has to answer a mail. */
export const settleLadders = (tx: Tx, alertIds: string[]) =>
  tx.$executeRaw`
    update alerts a set state = 'EXHAUSTED'
     where a.id = any(${alertIds}::uuid[]) and a.state = 'RINGING'
       and not exists (select from alert_attempts t where t.alert_id = a.id
             and (t.state in ('PLANNED', 'SENDING')
                  or t.channel = 'call' and t.state in ('ACCEPTED', 'RINGING', 'ANSWERED')
                  or t.state = 'UNKNOWN' and t.ended_at is null))`
