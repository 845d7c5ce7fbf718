/**
 * I20, nobody is told twice. I21, nobody is called who should not be, or again. I22, what was sent is accounted for. I23 is
 * in `audit-openings.ts`: whoever waited was told.
 */
export const ALERT_INVARIANTS: { invariant: string; says: string; sql: string }[] = [
  {
    invariant: 'I20',
    says: 'a subscription told twice in one round',
    sql: `SELECT subscription_id || ' round ' || round AS detail FROM alerts
           WHERE kind = 'OPENING' AND state <> 'SUPPRESSED' GROUP BY subscription_id, round HAVING count(*) > 1`,
  },
  {
    invariant: 'I20',
    says: 'a text or mail about one opening that went out twice for the same reason',
    sql: `SELECT alert_id || ' ' || channel AS detail FROM alert_attempts
           WHERE channel IN ('sms', 'email') AND template LIKE 'alert.%' AND sent_at IS NOT NULL
           GROUP BY alert_id, channel HAVING count(*) > 1`,
  },
  {
    invariant: 'I21',
    says: 'a call after the alert was answered',
    sql: `SELECT t.id::text AS detail FROM alert_attempts t JOIN alerts a ON a.id = t.alert_id
           WHERE t.channel = 'call' AND a.acknowledged_at IS NOT NULL AND t.sent_at > a.acknowledged_at`,
  },
  {
    invariant: 'I21',
    says: 'a call after one of which nobody knows what became',
    sql: `SELECT t.id::text AS detail FROM alert_attempts t
            JOIN alert_attempts u ON u.alert_id = t.alert_id AND u.channel = 'call' AND u.step < t.step
           WHERE t.channel = 'call' AND t.sent_at IS NOT NULL AND u.state IN ('UNKNOWN', 'SENDING')`,
  },
  {
    invariant: 'I21',
    says: 'a second call without a receipt that says busy or no answer, and without a snooze',
    sql: `SELECT t.id::text AS detail FROM alert_attempts t JOIN alerts a ON a.id = t.alert_id
           WHERE t.channel = 'call' AND t.step > 1 AND t.sent_at IS NOT NULL
             AND NOT (t.template = 'call.snoozed' AND a.snoozed_until IS NOT NULL)
             AND NOT EXISTS (SELECT FROM alert_attempts f
                   JOIN carrier_receipts r ON r.attempt_id = coalesce(f.merged_into_id, f.id)
                  WHERE f.alert_id = t.alert_id AND f.channel = 'call' AND f.step < t.step AND r.status IN ('busy', 'no-answer'))`,
  },
  {
    invariant: 'I21',
    says: 'more than two calls about one opening',
    sql: `SELECT alert_id::text AS detail FROM alert_attempts WHERE channel = 'call' AND sent_at IS NOT NULL
           GROUP BY alert_id HAVING count(*) > 2`,
  },
  {
    invariant: 'I21',
    says: 'two calls to one number within a minute',
    sql: `SELECT id::text AS detail FROM (
            SELECT id, sent_at - lag(sent_at) OVER (PARTITION BY contact_id ORDER BY sent_at) AS gap FROM alert_attempts
             WHERE channel = 'call' AND sent_at IS NOT NULL AND merged_into_id IS NULL AND contact_id IS NOT NULL) c
           WHERE gap < interval '60 seconds'`,
  },
  {
    invariant: 'I21',
    says: 'a number called or texted after it said never again',
    sql: `SELECT t.id::text AS detail FROM alert_attempts t JOIN contact_points c ON c.id = t.contact_id
            JOIN opt_outs o ON o.hash = c.hash AND o.channel = t.channel
           WHERE t.sent_at > o.at`,
  },
  {
    invariant: 'I22',
    says: 'a ladder that rings though no step is left',
    sql: `SELECT a.id::text AS detail FROM alerts a
           WHERE a.state IN ('RINGING', 'SNOOZED') AND a.created_at < now() - interval '1 day'
             AND NOT EXISTS (SELECT FROM alert_attempts t WHERE t.alert_id = a.id AND t.ended_at IS NULL)`,
  },
  {
    invariant: 'I22',
    says: 'a step of an answered alert that still waits',
    sql: `SELECT t.id::text AS detail FROM alert_attempts t JOIN alerts a ON a.id = t.alert_id
           WHERE t.state = 'PLANNED' AND a.state IN ('ACKNOWLEDGED', 'OPTED_OUT', 'SUPPRESSED')`,
  },
  {
    invariant: 'I22',
    says: 'a call that was sent and is not accounted for',
    sql: `SELECT id::text AS detail FROM alert_attempts
           WHERE channel IN ('call', 'sms') AND state = 'SENDING' AND sent_at < now() - interval '15 minutes'`,
  },
]
