import type { Db } from './alert-facts.ts'
import type { Usage } from './may-send.ts'

const DAY_MS = 24 * 3_600_000

/**
 * What went, or may have gone, to a number lately: the caller holds its row, so nobody adds to it meanwhile. A merged call
 * is the call of the one it was merged into.
 */
export async function readUsage(db: Db, contactId: string, alertId: string, now: Date): Promise<Usage> {
  const [row] = await db.$queryRaw<Usage[]>`
    select count(*) filter (where channel = 'call' and merged_into_id is null)::int as "callsToday",
           count(*) filter (where channel = 'sms')::int as "textsToday",
           max(sent_at) filter (where channel = 'call') as "lastCallAt",
           (select count(*)::int from alert_attempts c
             where c.alert_id = ${alertId}::uuid and c.channel = 'call' and c.sent_at is not null) as "callsOfAlert"
      from alert_attempts
     where contact_id = ${contactId}::uuid and channel in ('call', 'sms') and sent_at > ${new Date(now.getTime() - DAY_MS)}`
  return row ?? { callsToday: 0, textsToday: 0, lastCallAt: null, callsOfAlert: 0 }
}
