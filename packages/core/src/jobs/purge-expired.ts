import { eraseLateTraces } from '../account/erase-late-traces.ts'
import { purgeSessions } from '../auth/purge-sessions.ts'
import type { Ctx } from '../context.ts'
import { purgeListings } from '../listings/purge-listings.ts'
import { SWEEP_WITHIN_DAYS } from './sweep-turn.ts'

/** Sweeps tell by these rows what has to be mailed: they stay until no sweep asks any more, and a day. */
const SWEPT = `topic IN ('booking.confirmed', 'refund.mail') AND published_at > now() - interval '${SWEEP_WITHIN_DAYS + 1} days'`

/** What may be forgotten, and when. `id` is what a batch is picked by. Tokens have a verb of their own. */
const RULES: { table: string; id: string; where: string }[] = [
  { table: 'idempotency_keys', id: '(user_id, key)', where: `created_at < now() - interval '7 days'` },
  { table: 'outbox_events', id: 'id', where: `published_at < now() - interval '7 days' AND NOT (${SWEPT})` },
  // Sends are counted by the day; the last proof of a challenge ends 25 minutes after its last send.
  { table: 'otp_challenges', id: 'id', where: `last_sent_at < now() - interval '25 hours'` },
  { table: 'webhook_events', id: 'id', where: `processed_at IS NOT NULL AND received_at < now() - interval '90 days'` },
  // Asked for in the name of a number that never said yes.
  {
    table: 'alert_subscriptions',
    id: 'id',
    where: `state = 'PAUSED' AND created_at < now() - interval '7 days' AND NOT EXISTS (SELECT FROM consents c WHERE c.subscription_id = alert_subscriptions.id)`,
  },
  // After it: numbers and addresses that nothing uses any more.
  {
    table: 'contact_points',
    id: 'id',
    where: `created_at < now() - interval '1 day' AND NOT EXISTS (
      SELECT FROM alert_subscriptions s WHERE s.phone_contact_id = contact_points.id OR s.email_contact_id = contact_points.id)`,
  },
  // A farewell that could not be sent must not keep the address of somebody who asked to be forgotten. Texts are counted
  // by the day.
  {
    table: 'deliveries',
    id: 'id',
    where: `template = 'account-deleted' AND recipient LIKE '%@%' AND created_at < now() - interval '7 days'
      OR channel = 'sms' AND created_at < now() - interval '30 days'`,
  },
]
const BATCH = 5_000
const MAX_BATCHES = 20

/**
 * Deletes what nobody will ask for again: ended tokens, old idempotency keys, codes of yesterday, relayed outbox rows, old webhooks.
 * In batches, so no lock is held for long; what does not fit waits for the next hour.
 * @returns rows deleted by kind
 */
export async function purgeExpired(ctx: Pick<Ctx, 'db' | 'pool' | 'clock'>): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {
    ...(await purgeSessions(ctx)),
    lateTraces: await eraseLateTraces(ctx),
    ...(await purgeListings(ctx)),
  }
  for (const { table, id, where } of RULES) {
    deleted[table] = 0
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      const { rowCount } = await ctx.pool.query(
        `DELETE FROM ${table} WHERE ${id} IN (SELECT ${id.replace(/[()]/g, '')} FROM ${table} WHERE ${where} LIMIT ${BATCH})`,
      )
      deleted[table] += rowCount ?? 0
      if ((rowCount ?? 0) < BATCH) break
    }
  }
  return deleted
}
