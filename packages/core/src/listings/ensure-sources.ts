import type pg from 'pg'
import type { Ctx } from '../context.ts'
import { type SourceRowToWrite, THIRD_PARTY_SOURCES } from './default-sources.ts'

/**
 * Adds the sources that are missing; run at every start of a worker and when demo data is loaded. A row that is there
 * stays as its administrators left it. Ours is written by a migration, for it is always there.
 */
export async function ensureSources(ctx: Pick<Ctx, 'pool'>): Promise<void> {
  await writeSources(ctx.pool, THIRD_PARTY_SOURCES)
}

export async function writeSources(db: Pick<pg.ClientBase, 'query'>, sources: SourceRowToWrite[]): Promise<void> {
  await db.query(
    `INSERT INTO listing_sources (id, name, kind, base_url, hosts, zone, cities, min_gap_ms, daily_budget, interval_seconds, enabled,
                                  permission)
     SELECT id, name, kind, "baseUrl", ARRAY(SELECT jsonb_array_elements_text(hosts)), zone, cities, "minGapMs", "dailyBudget",
            "intervalSeconds", enabled, permission
       FROM jsonb_to_recordset($1) AS r(id text, name text, kind text, "baseUrl" text, hosts jsonb, zone text, cities jsonb,
            "minGapMs" int, "dailyBudget" int, "intervalSeconds" int, enabled boolean, permission text)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(sources)],
  )
}
