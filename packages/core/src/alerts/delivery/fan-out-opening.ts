import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../../context.ts'
import type { OpeningKind, Prisma } from '../../generated/prisma/client.ts'
import type { Queues } from '../../jobs/queues.ts'
import { RedisAway } from '../../redis.ts'
import { readFilters } from '../matches-filters.ts'
import { bookableFrom, decideTelling, type Waiting } from './decide-telling.ts'
import { scheduleAttempts } from './schedule-attempts.ts'
import { armWaiting, noteAlreadyOpen } from './settle-arming.ts'
import { type Told, tellAll } from './tell-all.ts'

export type FanOutCtx = Pick<Ctx, 'db' | 'clock' | 'log' | 'crashPoint'> & { queues: Queues }

const BATCH = 1_000
type Opening = { kind: OpeningKind; sessions: ListedSession[]; content: string }
type Row = Omit<Waiting, 'filters'> & { id: string; filters: unknown; createdAt: Date }
type Cursor = { createdAt: Date; id: string }
type Batch = { next: Cursor | null; told: number; content: string; unread: boolean } | null

/**
 * Tells everybody who waits for it of an opening: one alert each and the first steps of its ladder, in batches, first come
 * first served. Each batch is one transaction and skips whoever was told, so it may run any number of times, from several
 * workers, and die anywhere. An opening that is held, dismissed or over tells nobody.
 * @returns how many alerts were made. @throws whatever the database throws: the job is tried again
 */
export async function fanOutOpening(ctx: FanOutCtx, { openingId }: { openingId: string }): Promise<{ told: number }> {
  let told = 0
  let cursor: Cursor | null = null
  let firstContent: string | null = null
  let skipped = false
  for (;;) {
    const batch: Batch = await tellBatch(ctx, openingId, { cursor, firstContent, skipped })
    if (!batch) return { told }
    told += batch.told
    skipped = batch.unread
    firstContent ??= batch.content
    if (batch.told > 0) await startSteps(ctx)
    ctx.crashPoint('opening:after-batch')
    if (!batch.next && batch.content === firstContent) return { told }
    // More dates were opened meanwhile: whoever was passed over is looked at again.
    if (!batch.next) firstContent = null
    cursor = batch.next
  }
}

/** The steps are in the database: when Redis is away the schedule gives them to the queues later. */
async function startSteps(ctx: FanOutCtx): Promise<void> {
  try {
    await scheduleAttempts(ctx)
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
    ctx.log.warn({ err: error }, 'first steps wait for Redis')
  }
}

/** One row or showing that nobody can make sense of must not keep everybody else waiting. */
function readable<T>(ctx: FanOutCtx, about: object, decide: () => T): T | null {
  try {
    return decide()
  } catch (err) {
    ctx.log.error({ err, ...about }, 'nobody knows whether this one waits for it: the opening stays owed')
    return null
  }
}

const tellBatch = (
  ctx: FanOutCtx,
  openingId: string,
  { cursor, firstContent, skipped }: { cursor: Cursor | null; firstContent: string | null; skipped: boolean },
) =>
  ctx.db.$transaction(
    async (tx): Promise<Batch> => {
      const now = ctx.clock.now()
      const opening = await lockOpening(tx, openingId)
      if (!opening) return null
      const rows = await readWaiting(tx, openingId, cursor)
      const sessions = bookableFrom(opening.sessions, now)
      const told: Told[] = []
      const arm: string[] = []
      const already: string[] = []
      let unread = skipped
      for (const { id, filters, ...waiting } of rows) {
        const telling = readable(ctx, { openingId, subscriptionId: id }, () =>
          decideTelling(opening.kind, { ...waiting, filters: readFilters(filters) }, sessions),
        )
        if (!telling) unread = true
        if (!telling) continue
        if (telling.do === 'tell') told.push({ subscriptionId: id, session: telling.session })
        if (telling.do === 'arm') arm.push(id)
        if (telling.do === 'already-open') already.push(id)
      }
      await armWaiting(tx, openingId, arm, now)
      await noteAlreadyOpen(tx, openingId, already, now)
      const made = await tellAll(tx, { openingId, kind: opening.kind, now }, told)
      const last = rows.length === BATCH ? rows.at(-1) : undefined
      if (!last && !unread && (firstContent === null || firstContent === opening.content)) {
        await tx.opening.update({ where: { id: openingId }, data: { fannedOutAt: now } })
      }
      ctx.crashPoint('opening:before-commit')
      const next = last ? { createdAt: last.createdAt, id: last.id } : null
      return { next, told: made, content: opening.content, unread }
    },
    { maxWait: 10_000, timeout: 30_000 },
  )

/** Locked, so that it cannot end half-way, and two workers make one line. Null: there is nothing to tell. */
async function lockOpening(tx: Prisma.TransactionClient, openingId: string): Promise<Opening | null> {
  const [locked] = await tx.$queryRaw<{ state: string }[]>`
    select state::text from openings where id = ${openingId}::uuid for update`
  if (locked?.state !== 'LIVE') return null
  // Read after the lock: what the monitor believes now, which may be more than when the job was written.
  const [row] = await tx.$queryRaw<(Opening & { frozen: boolean })[]>`
    select o.kind::text as kind, w.sessions, md5(w.sessions::text) as content, l.frozen_at is not null as frozen
      from openings o join watches w on w.id = o.watch_id join listing_sources l on l.id = w.source_id
     where o.id = ${openingId}::uuid`
  return row && !row.frozen ? row : null
}

/** The next ones in line who were not told of this opening; locked, so that pausing waits, or comes first. */
const readWaiting = (tx: Prisma.TransactionClient, openingId: string, cursor: Cursor | null) =>
  tx.$queryRaw<Row[]>`
    select s.id, s.state::text as state, s.seats_back as "seatsBack", s.filters, s.party_size as "partySize",
           s.created_at as "createdAt", sw.armed_at is not null as armed, sw.already_open_at is not null as "alreadyOpen"
      from subscription_watches sw
      join alert_subscriptions s on s.id = sw.subscription_id
      join openings o on o.watch_id = sw.watch_id
     where o.id = ${openingId}::uuid
       and (s.state = 'ACTIVE' or s.state = 'NOTIFIED' and o.kind = 'SEATS_BACK' and s.seats_back)
       and not exists (select from alerts a where a.opening_id = o.id and a.subscription_id = s.id and a.state <> 'SUPPRESSED')
       and (${cursor === null} or (s.created_at, s.id) > (${cursor?.createdAt ?? new Date(0)}, ${cursor?.id ?? null}::uuid))
     order by s.created_at, s.id
     limit ${BATCH}
       for update of s`
