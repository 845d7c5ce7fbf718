import type { Ctx } from '@marquee/core/context'
import type { Driven } from './drive.ts'
import type { OpenSite } from './open-world.ts'
import { salesOf } from './sales.ts'

type Held = { id: string; watchId: string; sourceId: string; siteMovieId: string }

/**
 * The person who is asked when the drift guard holds openings: opens the site's pages, and lets through what is on sale.
 * With nothing left to look at, the source is thawed.
 */
export async function lookAtHeld(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  sites: OpenSite[],
  driven: Pick<Driven, 'released' | 'dismissed'>,
): Promise<void> {
  const { rows } = await ctx.pool.query<Held>(
    `SELECT o.id, o.watch_id AS "watchId", w.source_id AS "sourceId", w.site_movie_id AS "siteMovieId"
       FROM openings o JOIN watches w ON w.id = o.watch_id WHERE o.state = 'HELD'`,
  )
  const now = ctx.clock.now()
  for (const held of rows) {
    const { plan } = sites.find((open) => open.plan.id === held.sourceId)!
    const real = salesOf(plan).some((sale) => sale.film === held.siteMovieId && sale.from <= now && now < sale.until)
    if (real) driven.released += 1
    else driven.dismissed += 1
    await ctx.pool.query('UPDATE openings SET state = $2::opening_state, decided_at = $3 WHERE id = $1', [
      held.id,
      real ? 'LIVE' : 'DISMISSED',
      now,
    ])
    if (real)
      await ctx.pool.query(
        `INSERT INTO outbox_events (key, topic, payload) VALUES ($1, 'opening.fan-out', $2) ON CONFLICT (key) DO NOTHING`,
        [`opening.fan-out:${held.id}:released`, { openingId: held.id }],
      )
  }
  await ctx.pool.query(
    `UPDATE listing_sources SET frozen_at = NULL, frozen_reason = NULL WHERE frozen_at <= $1::timestamptz - interval '20 minutes'`,
    [now],
  )
}
