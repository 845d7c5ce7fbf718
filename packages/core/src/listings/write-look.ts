import type { Observation } from '@marquee/providers/listings/listing-source'
import type pg from 'pg'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { forecastWindow } from './forecast-window.ts'
import type { LockedWatch } from './lock-watch.ts'
import { nextLookAt } from './next-look-at.ts'
import { type Look, nextState, type Step } from './next-state.ts'
import { noteOpeningRecords } from './note-opening-records.ts'
import { whyHeld } from './why-held.ts'

export type WriteLook = {
  watch: LockedWatch
  look: Look
  page: {
    status: number | null
    etag: string | null
    lastModified: string | null
    parserVersion: number
    /** gzip, or null when the page is not kept. */
    body: Uint8Array | null
  }
  /** What our own rules said when the page was not asked for. */
  error?: string | null
}
export type LookWritten = { step: Step; openingId: string | null; held: boolean; nextLookAt: Date | null }

/**
 * Everything one look changes, in the transaction that has locked the watch: the observation, the watch, an opening and
 * its records, who is armed, and the row that has it told. All of it or nothing.
 */
export async function writeLook(
  client: pg.ClientBase,
  ctx: Pick<Ctx, 'config' | 'log'>,
  { watch, look, page, error = null }: WriteLook,
): Promise<LookWritten> {
  const { at, observation } = look
  const step = nextState(watch.belief, look)
  if (step.ignored) return { step, openingId: watch.opening?.id ?? null, held: false, nextLookAt: null }
  const { belief } = step
  const next = nextLookAt({
    watchId: watch.id,
    now: at,
    own: look.own,
    subscribers: watch.subscribers,
    urgent: watch.urgent,
    seatsBack: watch.seatsBack,
    awaited: watch.awaited,
    verdict: belief.verdict,
    releaseDate: watch.releaseDate,
    announcedAt: belief.announcedAt,
    confirmingSince: belief.confirmingSince,
    closingSince: belief.closingSince,
    failStreak: belief.failStreak,
    forecast: look.own || belief.verdict === 'OPEN' ? null : await forecastWindow(client, watch),
    intervalSeconds: watch.source.intervalSeconds,
    baseMs: ctx.config.monitor.intervalMs,
    confirmMs: ctx.config.monitor.confirmMs,
  })
  const seen = { ...observation, verdict: belief.lastVerdict ?? observation.verdict, reason: belief.lastReason }
  const observationId = newId(at.getTime())
  // Our own catalogue speaks so often that only what is new is kept.
  const kept = !look.own || watch.contentHash !== observation.contentHash || step.opens !== null || step.closes
  // Showings that are as they were are in the row of the look that first saw them: hundreds, at every look, would fill disks.
  const says =
    watch.contentHash !== observation.contentHash ||
    watch.belief.lastVerdict !== belief.lastVerdict ||
    belief.confirmingSince?.getTime() === at.getTime() ||
    step.opens !== null ||
    step.grew
  const written = says ? seen : { ...seen, sessions: [] }
  if (kept) await insertObservation(client, observationId, watch.id, written, { at, page, fresh: look.fresh })
  const good = belief.lastVerdict !== 'UNKNOWN'
  await client.query(
    `UPDATE watches SET verdict = $2, last_verdict = $3, last_reason = $4, confirming_since = $5, closing_since = $6,
            gone_looks = $7, announced_at = $8, sessions = $9, open_dates = $10, last_look_at = $11, last_ok_at = $12,
            blind_since = $13, fail_streak = $14, verdict_changed_at = $15, next_look_at = $16, interval_seconds = $17,
            etag = $18, last_modified = $19, content_hash = $20, lease_token = NULL, lease_until = NULL
      WHERE id = $1`,
    [
      watch.id,
      belief.verdict,
      belief.lastVerdict,
      belief.lastReason,
      belief.confirmingSince,
      belief.closingSince,
      belief.goneLooks,
      belief.announcedAt,
      JSON.stringify(belief.sessions),
      belief.openDates,
      belief.lastLookAt,
      belief.lastOkAt,
      belief.blindSince,
      belief.failStreak,
      belief.verdictChangedAt,
      next.at,
      Math.round(next.intervalMs / 1000),
      // "Not modified" must only ever speak of a page that was believed.
      good ? (page.etag ?? (look.fresh ? null : watch.etag)) : null,
      good ? (page.lastModified ?? (look.fresh ? null : watch.lastModified)) : null,
      good ? observation.contentHash : watch.contentHash,
    ],
  )
  if (!look.own) await noteSource(client, watch, { at, good, fresh: look.fresh, seen, page, error })
  if (step.closes && watch.opening)
    await client.query(`UPDATE openings SET state = 'CLOSED', closed_at = $2 WHERE id = $1`, [watch.opening.id, at])

  const changed = belief.verdictChangedAt?.getTime() === at.getTime()
  const why = !look.own && (step.opens || changed) ? await whyHeld(client, ctx, watch, at, step.opens !== null) : null
  let openingId = step.closes ? null : (watch.opening?.id ?? null)
  let held = watch.opening?.state === 'HELD' && !step.closes
  if (step.opens) {
    openingId = newId(at.getTime())
    held = why !== null
    await client.query(
      `INSERT INTO openings (id, watch_id, kind, state, detected_at, confirmed_at, evidence, observation_id, held_reason)
       VALUES ($1, $2, $3::opening_kind, $4::opening_state, $5, $6, $7, $8, $9)`,
      [
        openingId,
        watch.id,
        step.opens.kind,
        held ? 'HELD' : 'LIVE',
        step.opens.detectedAt,
        at,
        JSON.stringify(observation.evidence),
        observationId,
        why,
      ],
    )
  }
  if (step.opens || step.grew) await noteOpeningRecords(client, watch, step, at)
  if (openingId && !held && belief.lastVerdict === 'OPEN') {
    const told = step.opens !== null || step.grew || (await someUndecided(client, watch.id))
    if (told) await tellOf(client, openingId, observationId, kept)
  }
  // Also for whom it was on sale already: that is over, and the next opening is news.
  if (step.arms)
    await client.query(
      `UPDATE subscription_watches SET armed_at = $2, already_open_at = NULL WHERE watch_id = $1 AND armed_at IS NULL`,
      [watch.id, at],
    )
  return { step, openingId, held, nextLookAt: next.at }
}

async function insertObservation(
  client: pg.ClientBase,
  id: string,
  watchId: string,
  seen: Observation,
  { at, page, fresh }: { at: Date; page: WriteLook['page']; fresh: boolean },
) {
  await client.query(
    `INSERT INTO observations (id, watch_id, at, verdict, reason, announced_at, evidence, sessions, open_dates, status,
                               content_hash, shape_hash, parser_version, body)
     VALUES ($1, $2, $3, $4::watch_verdict, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      watchId,
      at,
      seen.verdict,
      seen.reason,
      seen.announcedAt,
      JSON.stringify(seen.evidence),
      JSON.stringify(seen.sessions),
      seen.openDates,
      page.status,
      seen.contentHash,
      fresh ? seen.shapeHash : null,
      page.parserVersion,
      page.body,
    ],
  )
}

/** How the source fares; and whether its pages, or our reading of them, are others than before. */
async function noteSource(
  client: pg.ClientBase,
  watch: LockedWatch,
  look: { at: Date; good: boolean; fresh: boolean; seen: Observation; page: WriteLook['page']; error: string | null },
) {
  const { at, good, fresh, seen, page, error } = look
  if (!good) {
    await client.query('UPDATE listing_sources SET last_error = $2 WHERE id = $1', [
      watch.sourceId,
      error ?? `${seen.reason}${page.status ? `, status ${page.status}` : ''}`,
    ])
    return
  }
  const { parserVersion } = watch.source
  const reread = parserVersion !== 0 && parserVersion !== page.parserVersion
  const changed = reread || (fresh && (await isRebuilt(client, watch, seen, at)))
  await client.query(
    `UPDATE listing_sources SET last_ok_at = $2, last_error = NULL, parser_version = $3, shape_hash = coalesce($4, shape_hash),
            shape_changed_at = CASE WHEN $5 THEN $2 ELSE shape_changed_at END WHERE id = $1`,
    [watch.sourceId, at, page.parserVersion, fresh ? seen.shapeHash : null, changed],
  )
}

/**
 * A structure that no page of the site with this verdict has had before. Pages that sell may well look unlike those that do
 * not, so the first one that sells is no change.
 */
async function isRebuilt(client: pg.ClientBase, watch: LockedWatch, seen: Observation, at: Date): Promise<boolean> {
  if (watch.source.shapeHash === seen.shapeHash) return false
  const such = `FROM observations o JOIN watches w ON w.id = o.watch_id
    WHERE w.source_id = $1 AND o.verdict = $2::watch_verdict AND o.at < $4 AND o.shape_hash IS NOT NULL`
  const { rows } = await client.query<{ rebuilt: boolean }>(
    `SELECT NOT EXISTS (SELECT ${such} AND o.shape_hash = $3) AND EXISTS (SELECT ${such}) AS rebuilt`,
    [watch.sourceId, seen.verdict, seen.shapeHash, at],
  )
  return rows[0]!.rebuilt
}

/** Somebody who joined while nothing was known: the telling decides whether this was on sale before they asked. */
async function someUndecided(client: pg.ClientBase, watchId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM subscription_watches l JOIN alert_subscriptions s ON s.id = l.subscription_id
      WHERE l.watch_id = $1 AND l.armed_at IS NULL AND l.already_open_at IS NULL AND s.state = 'ACTIVE' LIMIT 1`,
    [watchId],
  )
  return rowCount === 1
}

async function tellOf(client: pg.ClientBase, openingId: string, observationId: string, kept: boolean) {
  await client.query(
    `INSERT INTO outbox_events (key, topic, payload) VALUES ($1, 'opening.fan-out', $2) ON CONFLICT (key) DO NOTHING`,
    [`opening.fan-out:${openingId}:${observationId}`, { openingId, ...(kept && { observationId }) }],
  )
}
