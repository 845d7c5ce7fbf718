import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { type Refusal, whyNotNow } from './why-not-now.ts'

/** Between two requests to a site of somebody else's, at the least. */
export const LEAST_GAP_MS = 10_000
/** Well over the longest request: who holds it longer is dead, and another worker may ask. */
const LEASE_MS = 60_000

export type Reservation = { ok: true; leaseToken: string } | ({ ok: false } & Refusal)

/**
 * The right to make one request to a host, for all workers together, or when to come again. One conditional statement:
 * two workers cannot both see it free. What is reserved counts against the day's budget, answered or not.
 * @param input.host as in a URL, with the port where it is not the usual one
 * @param input.leastGapMs below it no source may go; only simulators of our own are asked faster
 */
export async function reserveHost(
  ctx: Pick<Ctx, 'pool' | 'db'>,
  input: { host: string; now: Date; minGapMs: number; dailyBudget: number; leastGapMs?: number },
): Promise<Reservation> {
  const { host, now, dailyBudget } = input
  const gapMs = Math.max(input.minGapMs, input.leastGapMs ?? LEAST_GAP_MS)
  const leaseToken = randomUUID()
  const { rowCount } = await ctx.pool.query(
    `INSERT INTO listing_hosts AS h
            (host, gap_ms, daily_budget, spent_on, spent_today, next_request_at, lease_token, lease_until, updated_at)
     SELECT $1::text, $3::int, $4::int, ($2::timestamptz AT TIME ZONE 'UTC')::date, 1,
            $2::timestamptz + $3::int * interval '1 millisecond', $5::uuid,
            $2::timestamptz + $6::int * interval '1 millisecond', $2::timestamptz
      WHERE $4::int > 0
     ON CONFLICT (host) DO UPDATE SET
            gap_ms = EXCLUDED.gap_ms,
            daily_budget = EXCLUDED.daily_budget,
            spent_today = CASE WHEN h.spent_on = EXCLUDED.spent_on THEN h.spent_today + 1 ELSE 1 END,
            spent_on = EXCLUDED.spent_on,
            next_request_at = $2::timestamptz
              + GREATEST(EXCLUDED.gap_ms, h.crawl_delay_ms, h.backoff_ms) * interval '1 millisecond',
            lease_token = EXCLUDED.lease_token,
            lease_until = EXCLUDED.lease_until,
            updated_at = EXCLUDED.updated_at
      WHERE (h.lease_until IS NULL OR h.lease_until <= $2::timestamptz)
        AND (h.next_request_at IS NULL OR h.next_request_at <= $2::timestamptz)
        AND (h.circuit_until IS NULL OR h.circuit_until <= $2::timestamptz)
        AND (h.spent_on IS DISTINCT FROM EXCLUDED.spent_on OR h.spent_today < EXCLUDED.daily_budget)`,
    [host, now, gapMs, dailyBudget, leaseToken, LEASE_MS],
  )
  if (rowCount === 1) return { ok: true, leaseToken }
  const row = await ctx.db.listingHost.findUnique({ where: { host } })
  return { ok: false, ...whyNotNow(row, now, dailyBudget) }
}
