import type { AlertChannel } from '@marquee/contracts/alerts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import type { AlertFacts, Db } from './alert-facts.ts'
import type { Usage } from './may-send.ts'

const DAY_MS = 24 * 3_600_000
/** The session of an alert was looked at a moment ago; of one older than this it is asked again. */
const FRESH_MS = 10 * 60_000

export type Standing = Usage & { consented: boolean; optedOut: boolean; stillBookable: boolean }

/**
 * What is asked of the database before a step, in one question: consent, opt-out, what went (or may have gone) to the
 * contact lately, whether the session can still be booked. A merged call is the call of the one it was merged into. The
 * caller holds the contact's row where things are counted.
 */
export async function readStanding(
  db: Db,
  given: { alert: AlertFacts; channel: AlertChannel; contact: Pick<ContactPoint, 'id' | 'hash'> | null; now: Date },
): Promise<Standing> {
  const { alert, channel, contact, now } = given
  const fresh = now.getTime() - alert.createdAt.getTime() < FRESH_MS
  const rows = await db.$queryRaw<Standing[]>`
    select exists (select from consents where subscription_id = ${alert.subscriptionId}::uuid
                      and channel = ${channel} and withdrawn_at is null) as consented,
           exists (select from opt_outs where hash = ${contact?.hash ?? ''} and channel = ${channel}) as "optedOut",
           ${fresh} or exists (select from watches, jsonb_array_elements(sessions) as s
                      where id = ${alert.watchId}::uuid and s ->> 'siteId' = ${alert.session.siteId}
                        and (s ->> 'bookable')::boolean) as "stillBookable",
           (select count(*)::int from alert_attempts
             where alert_id = ${alert.id}::uuid and channel = 'call' and sent_at is not null) as "callsOfAlert",
           lately.*
      from (select count(*) filter (where channel = 'call' and merged_into_id is null)::int as "callsToday",
                   count(*) filter (where channel = 'sms')::int as "textsToday",
                   max(sent_at) filter (where channel = 'call') as "lastCallAt"
              from alert_attempts
             where contact_id = ${contact?.id ?? null}::uuid and channel in ('call', 'sms')
               and sent_at > ${new Date(now.getTime() - DAY_MS)}) lately`
  return rows[0]!
}
