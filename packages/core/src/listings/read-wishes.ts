import type { Ctx } from '../context.ts'
import type { Wish } from './further-days.ts'

/** A wish of so many kinds is rare; beyond it the rest are asked for as one page shows them. */
const MOST_KINDS = 200

/** Which days those want who wait on a watch, the like of them together. An evening that ends after midnight is of two days. */
export async function readWishes(ctx: Pick<Ctx, 'pool'>, watchId: string): Promise<Wish[]> {
  const { rows } = await ctx.pool.query<Wish>(
    `SELECT s.filters ->> 'dateFrom' AS "from",
            CASE WHEN s.filters ->> 'timeFrom' > s.filters ->> 'timeTo' THEN ((s.filters ->> 'dateTo')::date + 1)::text
                 ELSE s.filters ->> 'dateTo' END AS "to",
            s.filters ->> 'timeFrom' IS NOT NULL OR s.filters ->> 'timeTo' IS NOT NULL
              OR EXISTS (SELECT FROM jsonb_each(s.filters) f
                          WHERE f.key IN ('theatreIds', 'formats', 'languages') AND f.value NOT IN ('[]', 'null')) AS picky,
            s.party_size AS party, count(*)::int AS people
       FROM subscription_watches l JOIN alert_subscriptions s ON s.id = l.subscription_id
      WHERE l.watch_id = $1 AND (s.state = 'ACTIVE' AND l.already_open_at IS NULL
         OR s.seats_back AND s.state IN ('NOTIFIED', 'ALREADY_OPEN'))
      GROUP BY 1, 2, 3, 4 ORDER BY people DESC, 1, 2, 3, 4 LIMIT ${MOST_KINDS}`,
    [watchId],
  )
  return rows
}
