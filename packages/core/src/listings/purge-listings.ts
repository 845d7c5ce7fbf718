import type { Ctx } from '../context.ts'

const BATCH = 2_000
const MAX_BATCHES = 20

/** What looks leave behind: pages are evidence for a week, looks for three months, those of openings for good. */
const RULES = {
  pages: `UPDATE observations SET body = NULL WHERE id IN (
    SELECT id FROM observations WHERE body IS NOT NULL AND at < now() - interval '7 days' LIMIT ${BATCH})`,
  observations: `DELETE FROM observations WHERE id IN (
    SELECT o.id FROM observations o WHERE o.at < now() - interval '90 days'
       AND NOT EXISTS (SELECT FROM openings p WHERE p.watch_id = o.watch_id AND p.observation_id = o.id) LIMIT ${BATCH})`,
  sourceFilms: `DELETE FROM source_films WHERE id IN (
    SELECT id FROM source_films WHERE last_seen_at < now() - interval '180 days' LIMIT ${BATCH})`,
}

/** In batches, so that no lock is held for long. @returns rows changed by kind */
export async function purgeListings(ctx: Pick<Ctx, 'pool'>): Promise<Record<keyof typeof RULES, number>> {
  const purged = { pages: 0, observations: 0, sourceFilms: 0 }
  for (const [name, sql] of Object.entries(RULES) as [keyof typeof RULES, string][]) {
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      const { rowCount } = await ctx.pool.query(sql)
      purged[name] += rowCount ?? 0
      if ((rowCount ?? 0) < BATCH) break
    }
  }
  return purged
}
