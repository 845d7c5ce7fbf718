import { WAITING } from '../listings/count-subscribers.ts'

/**
 * I24, nobody can be called, texted or mailed who has not proved the contact and agreed. I25, who has left is in nothing.
 * I26, whoever waits is counted where they wait: a watch that counts nobody is not looked at. One that counts somebody who
 * has gone is looked at once too often, and counted anew within a minute.
 */
export const SUBSCRIPTION_INVARIANTS: { invariant: string; says: string; sql: string }[] = [
  {
    invariant: 'I24',
    says: 'somebody waits to be told on a channel whose contact nobody proved',
    sql: `SELECT s.id || ' ' || ch AS detail FROM alert_subscriptions s CROSS JOIN unnest(s.channels) ch
            LEFT JOIN contact_points c ON c.id = CASE WHEN ch = 'email' THEN s.email_contact_id ELSE s.phone_contact_id END
           WHERE s.state = 'ACTIVE' AND ch IN ('call', 'sms', 'email') AND c.verified_at IS NULL`,
  },
  {
    invariant: 'I24',
    says: 'somebody waits to be told on a channel that they did not agree to',
    sql: `SELECT s.id || ' ' || ch AS detail FROM alert_subscriptions s CROSS JOIN unnest(s.channels) ch
           WHERE s.state = 'ACTIVE' AND NOT EXISTS (
             SELECT FROM consents c WHERE c.subscription_id = s.id AND c.channel = ch AND c.withdrawn_at IS NULL)`,
  },
  {
    invariant: 'I24',
    says: 'somebody waits to be told in an account that they do not have',
    sql: `SELECT id::text AS detail FROM alert_subscriptions
           WHERE state = 'ACTIVE' AND channels && ARRAY['in_app', 'push'] AND user_id IS NULL`,
  },
  {
    invariant: 'I25',
    says: 'an ended subscription that still names its person',
    sql: `SELECT id::text AS detail FROM alert_subscriptions
           WHERE state = 'ENDED' AND (name <> '' OR user_id IS NOT NULL OR phone_contact_id IS NOT NULL OR email_contact_id IS NOT NULL)`,
  },
  {
    invariant: 'I25',
    says: 'an ended subscription whose consent stands',
    sql: `SELECT c.id::text AS detail FROM consents c JOIN alert_subscriptions s ON s.id = c.subscription_id
           WHERE s.state = 'ENDED' AND c.withdrawn_at IS NULL`,
  },
  {
    invariant: 'I26',
    says: 'a watch that counts fewer people than wait on it',
    sql: `SELECT w.id || ' ' || w.subscribers || ' of ' || count(*) AS detail FROM watches w
            JOIN subscription_watches l ON l.watch_id = w.id JOIN alert_subscriptions s ON s.id = l.subscription_id AND ${WAITING}
           GROUP BY w.id HAVING w.subscribers < count(*)`,
  },
]
