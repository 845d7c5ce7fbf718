import type pg from 'pg'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { countDrift, judgeDrift } from './judge-drift.ts'
import type { LockedWatch } from './lock-watch.ts'

/** The kill switch, or the drift guard, which throws it. Null: it may be told. */
export async function whyHeld(
  client: pg.ClientBase,
  ctx: Pick<Ctx, 'log'>,
  watch: LockedWatch,
  at: Date,
  opens: boolean,
): Promise<string | null> {
  // As it is now, not as it was when the look began; nobody freezes or thaws it until this is written.
  const { rows } = await client.query<{ frozenReason: string | null; frozenAt: Date | null }>(
    `SELECT frozen_reason AS "frozenReason", frozen_at AS "frozenAt" FROM listing_sources WHERE id = $1 FOR NO KEY UPDATE`,
    [watch.sourceId],
  )
  if (rows[0]?.frozenAt) return rows[0].frozenReason ?? 'the source is frozen'
  const drift = await countDrift(client, watch.sourceId, at)
  // An opening of this look is not written yet.
  const why = judgeDrift({ ...drift, openedAfterChange: drift.openedAfterChange + (opens ? 1 : 0) })
  if (!why) return null
  await client.query('UPDATE listing_sources SET frozen_at = $2, frozen_reason = $3 WHERE id = $1', [
    watch.sourceId,
    at,
    why,
  ])
  await tellGuards(client, watch.sourceId, why, at)
  ctx.log.error(
    { source: watch.sourceId, watchId: watch.id, ...drift },
    `source frozen, its openings wait for a person: ${why}`,
  )
  return why
}

/** Who may let it through hears of it in the commit that holds it: until they look, nobody who waits is told. */
async function tellGuards(client: pg.ClientBase, sourceId: string, why: string, at: Date): Promise<void> {
  const { rows } = await client.query<{ id: string; source: string }>(
    `SELECT u.id, s.name AS source FROM users u, listing_sources s
      WHERE u.role = 'superadmin' AND u.deleted_at IS NULL AND s.id = $1`,
    [sourceId],
  )
  const lines = rows.map(({ id, source }) => ({ id: newId(at.getTime()), userId: id, title: `${source} is held` }))
  await client.query(
    `INSERT INTO notifications (id, user_id, kind, title, body, url, created_at)
     SELECT r.id, r."userId", 'source-held', r.title, $2, '/admin/openings', $3
       FROM jsonb_to_recordset($1) AS r(id uuid, "userId" uuid, title text)`,
    [JSON.stringify(lines), `Its openings wait until you look at them: ${why}.`, at],
  )
}
