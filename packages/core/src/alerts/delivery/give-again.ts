import type { Ctx } from '../../context.ts'
import { jobId } from '../../jobs/enqueue.ts'
import type { Queues } from '../../jobs/queues.ts'
import { stepKey } from './schedule-attempts.ts'

/** A step in a queue for this long is looked for there. */
const LOOK_AFTER_MS = 10 * 60_000
const BATCH = 500
const MOST_BATCHES = 100
type GiveCtx = Pick<Ctx, 'db' | 'clock' | 'log'> & { queues: Queues }
type Row = { id: string; channel: string; queuedAt: Date | null }
const GONE = ['unknown', 'failed', 'completed']

/**
 * Steps that are due, were given to a queue, and are not there any more: Redis lost them, or their job gave up. The
 * schedule gives them again. Those that stand in line for long stay where they are. @returns how many
 */
export async function giveAgain(ctx: GiveCtx): Promise<number> {
  let count = 0
  let last: string | null = null
  // To the end of the line: a thousand calls that wait in front must not hide a text that was lost behind them.
  for (let batch = 0; batch < MOST_BATCHES && ctx.queues.ready; batch++) {
    const rows: Row[] = await ctx.db.alertAttempt.findMany({
      where: {
        state: 'PLANNED',
        mergedIntoId: null,
        queuedAt: { lt: new Date(ctx.clock.now().getTime() - LOOK_AFTER_MS) },
        ...(last && { id: { gt: last } }),
      },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, channel: true, queuedAt: true },
    })
    count += await giveLost(ctx, rows)
    last = rows.at(-1)?.id ?? null
    if (rows.length < BATCH) break
  }
  return count
}

async function giveLost(ctx: GiveCtx, rows: Row[]): Promise<number> {
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
