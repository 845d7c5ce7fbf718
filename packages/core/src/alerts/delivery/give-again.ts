import type { Ctx } from '../../context.ts'
import { jobId } from '../../jobs/enqueue.ts'
import type { Queues } from '../../jobs/queues.ts'
import { stepKey } from './schedule-attempts.ts'

/** A step in a queue for this long is looked for there. */
const LOOK_AFTER_MS = 10 * 60_000
const BATCH = 500
const GONE = ['unknown', 'failed', 'completed']

/**
 * Steps that are due, were given to a queue, and are not there any more: Redis lost them, or their job gave up. The
 * schedule gives them again. Those that stand in line for long stay where they are. @returns how many
 */
export async function giveAgain(ctx: Pick<Ctx, 'db' | 'clock' | 'log'> & { queues: Queues }): Promise<number> {
  const rows = await ctx.db.alertAttempt.findMany({
    where: {
      state: 'PLANNED',
      mergedIntoId: null,
      queuedAt: { lt: new Date(ctx.clock.now().getTime() - LOOK_AFTER_MS) },
    },
    orderBy: [{ dueAt: 'asc' }, { position: 'asc' }],
    take: BATCH,
    select: { id: true, channel: true, queuedAt: true },
  })
  if (rows.length === 0 || !ctx.queues.ready) return 0
  const states = await Promise.all(
    rows.map(({ id, channel, queuedAt }) =>
      ctx.queues.byName[channel === 'call' ? 'calls' : 'notify'].getJobState(
        jobId(stepKey({ id, channel, queuedAt: queuedAt ?? new Date(0) })),
      ),
    ),
  )
  const lost = rows.filter((_row, i) => GONE.includes(states[i] ?? '')).map(({ id }) => id)
  if (lost.length === 0) return 0
  const { count } = await ctx.db.alertAttempt.updateMany({
    where: { id: { in: lost }, state: 'PLANNED' },
    data: { queuedAt: null },
  })
  ctx.log.warn({ steps: count }, 'steps of ladders were lost by their queue, they are given again')
  return count
}
