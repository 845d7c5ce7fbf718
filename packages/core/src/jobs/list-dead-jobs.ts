import type { DeadJob, DeadJobList } from '@marquee/contracts/listings'
import type { Job } from 'bullmq'
import { authorise } from '../auth/access.ts'
import type { Actor } from '../context.ts'
import { maskPeople } from '../log-errors.ts'
import { RedisAway } from '../redis.ts'
import { QUEUES } from './catalog.ts'
import type { Queues } from './queues.ts'

/** Of each queue; older ones are counted, and shown when these are gone. */
const MOST = 500

/** Jobs of the worker that gave up, the latest first. @throws AppError UNAUTHENTICATED, FORBIDDEN; RedisAway */
export async function listDeadJobs(
  ctx: { queues: Queues },
  { actor, limit, offset }: { actor: Actor; limit: number; offset: number },
): Promise<DeadJobList> {
  authorise(actor, 'alert.deliveries')
  if (!ctx.queues.ready) throw new RedisAway()
  const found = await Promise.all(
    QUEUES.map(async (name) => {
      const queue = ctx.queues.byName[name]
      const [jobs, total] = await Promise.all([queue.getFailed(0, MOST - 1), queue.getFailedCount()])
      return { total, jobs: jobs.filter(Boolean).map((job) => viewJob(name, job)) }
    }),
  )
  const items = found
    .flatMap(({ jobs }) => jobs)
    .toSorted((a, b) => b.failedAt.localeCompare(a.failedAt))
    .slice(offset, offset + limit)
  return { items, total: found.reduce((sum, { total }) => sum + total, 0), limit, offset }
}

const viewJob = (queue: string, job: Job): DeadJob => ({
  id: job.id ?? '',
  queue,
  name: job.name,
  attempts: job.attemptsMade,
  error: maskPeople(job.failedReason ?? '').slice(0, 500),
  failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
})
