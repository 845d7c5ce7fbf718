import { fanOutOpening } from '@marquee/core/alerts/delivery/fan-out-opening'
import { sweepAlerts } from '@marquee/core/alerts/delivery/sweep-alerts'
import { waitAgain } from '@marquee/core/alerts/wait-again'
import type { Ctx } from '@marquee/core/context'
import type { Queues } from '@marquee/core/jobs/queues'
import { type DueLook, findDue, SCHEDULE_EVERY_MS } from '@marquee/core/listings/find-due'
import { leaseWatch } from '@marquee/core/listings/lease-watch'
import { type LookCtx, lookAtWatch } from '@marquee/core/listings/look-at-watch'
import { type ReadListingCtx, readListing } from '@marquee/core/listings/read-listing'
import { chance } from '@marquee/providers/listings/simulator/seed'
import { lookAtHeld } from './held-openings.ts'
import { saleKey } from './measure.ts'
import type { OpenSite } from './open-world.ts'
import { type Sale, salesOf } from './sales.ts'

export type RunClock = { now(): Date; set(to: Date): void }
export type DriveCtx = LookCtx & ReadListingCtx & Pick<Ctx, 'db' | 'pool' | 'redis'> & { queues: Queues }
export type Driven = {
  looks: number
  lists: number
  /** Looks whose worker died with the lease in its hand. */
  deaths: number
  /** Openings that waited for a person, and what that person did. */
  released: number
  dismissed: number
  /** By sale: who waited, and was armed, when it began. */
  due: Map<string, Set<string>>
}

/** One look in so many is begun by a worker that dies. */
const DEATHS = 0.004
const SWEEP_MS = 10 * 60_000

/** Plays the time from now to `end`: the clock jumps to whatever is due next, and all that is due then is done at once. */
export async function drive(
  ctx: DriveCtx,
  run: { clock: RunClock; sites: OpenSite[]; seed: string; end: Date; tell?: (line: string) => void },
): Promise<Driven> {
  const { clock, end } = run
  const sales = run.sites.flatMap(({ plan }) => salesOf(plan)).sort((a, b) => +a.from - +b.from)
  const driven: Driven = { looks: 0, lists: 0, deaths: 0, released: 0, dismissed: 0, due: new Map() }
  let sweptAt = clock.now()
  for (;;) {
    const next = await nextMoment(ctx, clock.now())
    if (next > end) return driven
    await noteWhoIsDue(ctx, sales, next, driven)
    if (next.getUTCDate() !== clock.now().getUTCDate())
      run.tell?.(`${next.toISOString().slice(0, 10)}  ${driven.looks} looks`)
    clock.set(next)
    const due = await findDue(ctx)
    const opened = await Promise.all(due.map((one) => work(ctx, one, driven, run.seed)))
    if (opened.includes(true)) await tellOpenings(ctx)
    if (clock.now().getTime() - sweptAt.getTime() < SWEEP_MS) continue
    sweptAt = clock.now()
    await sweepAlerts(ctx)
    await askAgain(ctx)
    await lookAtHeld(ctx, run.sites, driven)
    await tellOpenings(ctx)
  }
}

/** @returns whether there may be somebody to tell */
async function work(ctx: DriveCtx, due: DueLook, driven: Driven, seed: string): Promise<boolean> {
  if (due.kind === 'list') {
    driven.lists += 1
    await readListing(ctx, due)
  } else if (chance(seed, 'death', driven.looks, driven.deaths, due.watchId) < DEATHS) {
    driven.deaths += 1
    await leaseWatch(ctx, due.watchId, ctx.clock.now())
  } else {
    driven.looks += 1
    const look = await lookAtWatch(ctx, { watchId: due.watchId })
    return look.outcome === 'looked' && look.openingId !== null
  }
  return false
}

/** When something is due whose host is free and that nobody holds; on the beat of the schedule, as in a worker. */
async function nextMoment(ctx: Pick<Ctx, 'pool'>, now: Date): Promise<Date> {
  const { rows } = await ctx.pool.query<{ at: Date | null }>(
    `WITH due AS (
       SELECT w.next_look_at AS at, w.lease_until, w.source_id FROM watches w WHERE w.next_look_at IS NOT NULL AND w.subscribers > 0
       UNION ALL SELECT next_look_at, lease_until, source_id FROM source_listings)
     SELECT min(greatest(d.at, d.lease_until, h.lease_until, h.next_request_at, h.circuit_until,
              CASE WHEN h.spent_on = ($1::timestamptz AT TIME ZONE 'UTC')::date AND h.spent_today >= s.daily_budget
                   THEN date_trunc('day', $1::timestamptz, 'UTC') + interval '1 day' END)) AS at
       FROM due d JOIN listing_sources s ON s.id = d.source_id AND s.enabled AND s.kind <> 'catalogue'
       LEFT JOIN listing_hosts h ON h.host = substring(s.base_url from '^[a-z]+://([^/]+)')`,
    [now],
  )
  // Nothing yet: the schedule first has to find out which lists there are.
  const at = Math.max(rows[0]?.at?.getTime() ?? 0, now.getTime() + 1)
  return new Date(Math.ceil(at / SCHEDULE_EVERY_MS) * SCHEDULE_EVERY_MS)
}

/** Who waits for a film, and is armed, at the moment at which its sale begins: they are due one alert. */
async function noteWhoIsDue(ctx: Pick<Ctx, 'pool'>, sales: Sale[], next: Date, driven: Driven): Promise<void> {
  while (sales[0] && sales[0].from <= next) {
    const sale = sales.shift()!
    const { rows } = await ctx.pool.query<{ id: string }>(
      `SELECT s.id FROM watches w JOIN subscription_watches l ON l.watch_id = w.id JOIN alert_subscriptions s ON s.id = l.subscription_id
        WHERE w.site_movie_id = $1 AND l.armed_at IS NOT NULL AND s.state = 'ACTIVE'`,
      [sale.film],
    )
    driven.due.set(saleKey(sale), new Set(rows.map(({ id }) => id)))
  }
}

/** What the outbox gives to the queue, which gives it to a worker. */
async function tellOpenings(ctx: DriveCtx): Promise<void> {
  const { rows } = await ctx.pool.query<{ payload: { openingId: string } }>(
    `DELETE FROM outbox_events WHERE topic = 'opening.fan-out' RETURNING payload`,
  )
  for (const { payload } of rows) await fanOutOpening(ctx, payload)
}

/** Whoever was told of a sale that is over waits for the next one. */
async function askAgain(ctx: DriveCtx): Promise<void> {
  const told = await ctx.db.alertSubscription.findMany({
    where: { state: 'NOTIFIED', alerts: { every: { opening: { state: 'CLOSED' } } } },
  })
  for (const { id, round } of told)
    await ctx.db.$transaction(async (tx) => {
      const subscription = await tx.alertSubscription.update({
        where: { id },
        data: { state: 'ACTIVE', round: round + 1 },
      })
      await waitAgain(tx, ctx, { subscription, now: ctx.clock.now() })
    })
}
