import type { Prisma } from '../generated/prisma/client.ts'

/**
 * Somebody still waits: for an opening, or for seats that come back; or is being told, perhaps in the morning, and by then
 * it must be known whether it can still be booked.
 */
export const WAITING = `(s.state = 'ACTIVE' OR (s.seats_back AND s.state IN ('NOTIFIED', 'ALREADY_OPEN'))
  OR s.state = 'NOTIFIED' AND EXISTS (SELECT FROM alerts t WHERE t.subscription_id = s.id AND t.state IN ('RINGING', 'SNOOZED')))`

/** What a watch knew before nobody looked for so long says nothing about what is new. */
const KNOWN_FOR = `interval '1 hour'`
const FORGETS = `w.next_look_at IS NULL AND c.waiting > 0 AND w.last_ok_at < $2::timestamptz - ${KNOWN_FOR}
  AND w.verdict NOT IN ('OPEN', 'SOLD_OUT')`

/**
 * Counts anew who waits on each of these watches. One that somebody waits for again is looked at at once, one that nobody
 * waits for is left alone; when it wakes after a while, that it was not open is forgotten, for it may have opened meanwhile
 * and would be taken for news. Counting, not adding up: no path can get it wrong.
 */
export async function countSubscribers(
  tx: Pick<Prisma.TransactionClient, '$executeRawUnsafe'>,
  watchIds: string[],
  now: Date,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE watches w SET subscribers = c.waiting,
            next_look_at = CASE WHEN c.waiting = 0 THEN NULL ELSE coalesce(w.next_look_at, $2) END,
            verdict = CASE WHEN ${FORGETS} THEN NULL ELSE w.verdict END,
            last_ok_at = CASE WHEN ${FORGETS} THEN NULL ELSE w.last_ok_at END
       FROM (SELECT w.id, count(s.id)::int AS waiting
               FROM (SELECT id FROM watches WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE) w
               LEFT JOIN subscription_watches l ON l.watch_id = w.id
               LEFT JOIN alert_subscriptions s ON s.id = l.subscription_id AND ${WAITING}
              GROUP BY w.id) c
      WHERE c.id = w.id
        AND (w.subscribers <> c.waiting OR (c.waiting = 0) <> (w.next_look_at IS NULL))`,
    watchIds,
    now,
  )
}
