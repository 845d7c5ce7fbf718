import type { BulkJobOptions } from 'bullmq'
import { RedisAway } from '../redis.ts'
import { JOBS, type JobName, type JobPayload } from './catalog.ts'
import type { Queues } from './queues.ts'

export type NewJob<N extends JobName = JobName> = N extends JobName
  ? {
      name: N
      payload: JobPayload<N>
      /** Same key, same job, for as long as BullMQ remembers the first one. */
      key: string
      delayMs?: number
      /** Behind all jobs without one. The catalogue's, when not given. */
      priority?: number
    }
  : never

/** Adding is a matter of a millisecond; whoever waits longer waits for a Redis that is away. */
const ADD_WITHIN_MS = 3_000

/** Adds jobs, one call per queue. Repeating is harmless. @throws RedisAway within three seconds */
export async function enqueue(ctx: { queues: Queues }, jobs: NewJob[]): Promise<void> {
  if (!ctx.queues.ready) throw new RedisAway()
  const byQueue = Map.groupBy(jobs, (job) => JOBS[job.name].queue)
  const adding = [...byQueue].map(([queue, group]) =>
    ctx.queues.byName[queue].addBulk(
      group.map((job) => ({ name: job.name, data: job.payload, opts: jobOptions(job) })),
    ),
  )
  await within(ADD_WITHIN_MS, Promise.all(adding))
}

export function jobOptions(job: Pick<NewJob, 'name' | 'key' | 'delayMs' | 'priority'>): BulkJobOptions {
  const kind = JOBS[job.name] as { attempts: number; delayMs?: number; priority?: number }
  const delay = job.delayMs ?? kind.delayMs
  const priority = job.priority ?? kind.priority
  return {
    jobId: jobId(job.key),
    attempts: kind.attempts,
    backoff: { type: 'custom' },
    ...KEEP,
    ...(delay && { delay }),
    // Jobs without one come first.
    ...(priority && { priority }),
  }
}

/** How long finished jobs are remembered: long enough to look into, bounded so that Redis does not fill up. */
export const KEEP = {
  removeOnComplete: { age: 3_600, count: 2_000 },
  removeOnFail: { age: 14 * 24 * 3_600, count: 5_000 },
}

/** Our keys are `what:id`; BullMQ keeps colons for itself. */
export const jobId = (key: string) => key.replaceAll(':', '/')

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RedisAway()), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw error instanceof RedisAway ? error : new RedisAway({ cause: error })
  } finally {
    clearTimeout(timer)
  }
}
