import type { AlertChannel } from '@marquee/contracts/alerts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import type { AlertFacts, Db } from './alert-facts.ts'
import type { Usage } from './may-send.ts'

const DAY_MS = 24 * 3_600_000

export type Standing = Usage & { consented: boolean; optedOut: boolean }

/**
 * What is asked of the database before a step, in one question: consent, for this very contact; opt-out; what went (or may
 * have gone) to the contact lately. A merged call is the call of the one it was merged into. The caller holds the
 * contact's row where things are counted.
 */
export async function readStanding(
  db: Db,
  given: { alert: AlertFacts; channel: AlertChannel; contact: Pick<ContactPoint, 'id' | 'hash'> | null; now: Date },
): Promise<Standing> {
  const { alert, channel, contact, now } = given
  const rows = await db.$queryRaw<Standing[]>`
    select exists (select from consents where subscription_id = ${alert.subscriptionId}::uuid
                      and channel = ${channel} and withdrawn_at is null
                      and (contact_id is null or contact_id = ${contact?.id ?? null}::uuid)) as consented,
           exists (select from opt_outs where hash = ${contact?.hash ?? ''} and channel = ${channel}) as "optedOut",
           (select count(*)::int from alert_attempts
             where alert_id = ${alert.id}::uuid and channel = 'call' and sent_at is not null) as "callsOfAlert",
           exists (select from alert_attempts
             where alert_id = ${alert.id}::uuid and channel = 'call' and state in ('SENDING', 'UNKNOWN')) as "callUnknown",
           lately.*
      from (select count(*) filter (where channel = 'call' and merged_into_id is null)::int as "callsToday",
                   count(*) filter (where channel = 'sms')::int as "textsToday",
                   max(sent_at) filter (where channel = 'call') as "lastCallAt"
              from alert_attempts
             where contact_id = ${contact?.id ?? null}::uuid and channel in ('call', 'sms')
               and sent_at > ${new Date(now.getTime() - DAY_MS)}) lately`
  return rows[0]!
}
