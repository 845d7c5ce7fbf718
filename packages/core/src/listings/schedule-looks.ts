import type { Ctx } from '../context.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { countSubscribers, WAITING } from './count-subscribers.ts'
import { type DueLook, findDue, SCHEDULE_EVERY_MS } from './find-due.ts'
import { healClocks } from './heal-clocks.ts'

/** A job that was lost, or stands in a long line, is given out again after so long; the lease lets only one look. */
const AGAIN_AFTER_MS = 30_000
const COUNT_EVERY_MS = 60_000
const COUNT_BATCH = 500

/**
 * Gives out what is due. Runs every two seconds, in any number of workers: the same thing due at the same moment is one
 * job. Once a minute whoever waits is counted anew, so that a count that was missed heals by itself, and so does what a
 * wrong clock left behind.
 * @throws RedisAway
 */
export async function scheduleLooks(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'log'> & { queues: Queues },
): Promise<DueLook[]> {
  const now = ctx.clock.now().getTime()
  if (Math.floor(now / COUNT_EVERY_MS) !== Math.floor((now - SCHEDULE_EVERY_MS) / COUNT_EVERY_MS)) {
    await recount(ctx)
    await healClocks(ctx)
  }
  const due = await findDue(ctx)
  if (due.length > 0)
    await enqueue(
      ctx,
      due.map((one) => jobOf(one, Math.floor(now / AGAIN_AFTER_MS))),
    )
  return due
}

function jobOf(due: DueLook, turn: number): NewJob {
  const when = `${due.dueAt.getTime()}:${turn}`
  if (due.kind === 'list') {
    const { sourceId, cityId, list } = due
    return {
      name: 'listing.read',
      payload: { sourceId, cityId, list },
      key: `listing.read:${sourceId}:${cityId}:${list}:${when}`,
    }
  }
  const { watchId } = due
  const name = due.kind === 'told' ? 'watch.told' : 'watch.look'
  return { name, payload: { watchId }, key: `${name}:${watchId}:${when}` }
}

async function recount(ctx: Pick<Ctx, 'db' | 'pool' | 'clock'>): Promise<void> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT w.id FROM watches w LEFT JOIN (
       SELECT l.watch_id, count(*)::int AS waiting FROM subscription_watches l
         JOIN alert_subscriptions s ON s.id = l.subscription_id AND ${WAITING} GROUP BY l.watch_id) c ON c.watch_id = w.id
      WHERE w.subscribers <> coalesce(c.waiting, 0) ORDER BY w.id LIMIT ${COUNT_BATCH}`,
  )
  if (rows.length > 0)
    await countSubscribers(
      ctx.db,
      rows.map(({ id }) => id),
      ctx.clock.now(),
    )
}
