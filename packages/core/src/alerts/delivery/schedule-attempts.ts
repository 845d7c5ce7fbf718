import type { Ctx } from '../../context.ts'
import { enqueue, type NewJob } from '../../jobs/enqueue.ts'
import type { Queues } from '../../jobs/queues.ts'

type ScheduleCtx = Pick<Ctx, 'db' | 'clock' | 'log' | 'crashPoint'> & { queues: Queues }
type Due = { id: string; channel: string; dueAt: Date }

const BATCH = 1_000
const MOST_BATCHES = 20
/** A job that is not done after this long may have been lost; giving it again under its own key is harmless. */
const LOST_AFTER_MS = 10 * 60_000

/**
 * Gives the queues what is due, in order: first due, then by place in line. One at a time over all workers, or two of them
 * would mix the line up. The queue is filled before the commit, as with the outbox: a crash between gives a job twice under
 * one id, and never loses one.
 * @returns how many were given. @throws RedisAway
 */
export async function scheduleAttempts(ctx: ScheduleCtx): Promise<number> {
  if (!ctx.queues.ready) return 0
  let given = 0
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const count = await scheduleBatch(ctx)
    given += count
    if (count < BATCH) break
  }
  return given
}

async function scheduleBatch(ctx: ScheduleCtx): Promise<number> {
  const now = ctx.clock.now()
  return ctx.db.$transaction(
    async (tx) => {
      const [turn] = await tx.$queryRaw<{ mine: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended('alert.schedule', 0)) as mine`
      if (!turn?.mine) return 0
      const due = await tx.$queryRaw<Due[]>`
        select id, channel, due_at as "dueAt" from alert_attempts
         where state = 'PLANNED' and merged_into_id is null and due_at <= ${now}
           and (queued_at is null or queued_at < ${new Date(now.getTime() - LOST_AFTER_MS)})
         order by due_at, position, id limit ${BATCH}`
      if (due.length === 0) return 0
      await tx.$executeRaw`
        update alert_attempts set queued_at = ${now} where id = any(${due.map(({ id }) => id)}::uuid[])`
      await enqueue(ctx, due.map(jobOf))
      ctx.crashPoint('alert:before-queue')
      return due.length
    },
    { maxWait: 10_000, timeout: 15_000 },
  )
}

/** A step that is put off has another moment, and so another job. */
const jobOf = ({ id, channel, dueAt }: Due): NewJob =>
  channel === 'call'
    ? { name: 'alert.call', payload: { attemptId: id }, key: `alert.call:${id}:${dueAt.getTime()}` }
    : { name: 'alert.message', payload: { attemptId: id }, key: `alert.message:${id}:${dueAt.getTime()}` }
