import type { Ctx } from '../../context.ts'
import { enqueue, type NewJob } from '../../jobs/enqueue.ts'
import type { Queues } from '../../jobs/queues.ts'
import { giveAgain } from './give-again.ts'

type SweepCtx = Pick<Ctx, 'db' | 'clock' | 'log'> & { queues: Queues }

/** The job of the opening's own commit gets this long. */
const LATE_AFTER_MS = 60_000
const BATCH = 200
/** Looks that failed in a row, and intervals without a good one, before we say that we are blind. */
const BLIND_LOOKS = 6
const BLIND_INTERVALS = 3

export type Swept = { late: number; blind: number; seeing: number; lost: number }

/** Repairs what was lost, and says what we cannot do: openings not told to everybody, sites that cannot be seen. @throws RedisAway */
export async function sweepAlerts(ctx: SweepCtx): Promise<Swept> {
  const seeing = await noteSeeing(ctx)
  const blind = await noteBlind(ctx)
  const late = await tellLate(ctx)
  const lost = await giveAgain(ctx)
  return { late, blind, seeing, lost }
}

/** Openings that are owed to somebody: their job was lost with Redis, or gave up. */
async function tellLate(ctx: SweepCtx): Promise<number> {
  const now = ctx.clock.now()
  const openings = await ctx.db.opening.findMany({
    where: {
      state: 'LIVE',
      fannedOutAt: null,
      confirmedAt: { lt: new Date(now.getTime() - LATE_AFTER_MS) },
      watch: { source: { frozenAt: null } },
    },
    select: { id: true },
    orderBy: { confirmedAt: 'asc' },
    take: BATCH,
  })
  if (openings.length === 0) return 0
  // Each sweep by itself: a job that gave up keeps its name for days.
  const turn = Math.floor(now.getTime() / LATE_AFTER_MS)
  const jobs = openings.map(
    ({ id: openingId }): NewJob<'opening.fan-out'> => ({
      name: 'opening.fan-out',
      payload: { openingId },
      key: `opening.fan-out:${openingId}:sweep-${turn}`,
    }),
  )
  await enqueue(ctx, jobs)
  ctx.log.warn({ openings: openings.length }, 'openings were not told to everybody in time, trying again')
  return openings.length
}

/** Waits for a site that has not been seen for long: told once, by the outbox row of the same commit. */
async function noteBlind(ctx: SweepCtx): Promise<number> {
  const now = ctx.clock.now()
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    with blind as (
      select s.id from alert_subscriptions s
       where s.state = 'ACTIVE' and s.blind_told_at is null
         and exists (select from subscription_watches sw
                       join watches w on w.id = sw.watch_id
                       join listing_sources l on l.id = w.source_id and l.enabled and l.frozen_at is null
                      where sw.subscription_id = s.id and w.fail_streak >= ${BLIND_LOOKS} and w.interval_seconds > 0
                        and coalesce(w.last_ok_at, w.created_at) < ${now}::timestamptz - make_interval(secs => w.interval_seconds * ${BLIND_INTERVALS}::int))
       order by s.id limit ${BATCH} for update skip locked),
    told as (
      update alert_subscriptions s set blind_told_at = ${now} from blind where s.id = blind.id returning s.id)
    insert into outbox_events (key, topic, payload)
    select 'alert.notice:blind:' || id || ':' || ${String(now.getTime())}, 'alert.notice',
           jsonb_build_object('subscriptionId', id, 'about', 'blind')
      from told
    returning payload ->> 'subscriptionId' as id`
  return rows.length
}

/** Its sites are seen again: the next time we are blind is news once more. */
const noteSeeing = (ctx: SweepCtx) => ctx.db.$executeRaw`
  update alert_subscriptions s set blind_told_at = null
   where s.blind_told_at is not null
     and not exists (select from subscription_watches sw join watches w on w.id = sw.watch_id
                      where sw.subscription_id = s.id and w.fail_streak > 0)`
