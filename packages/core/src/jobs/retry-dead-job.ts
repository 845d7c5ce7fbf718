import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { RedisAway } from '../redis.ts'
import type { QueueName } from './catalog.ts'
import type { Queues } from './queues.ts'

/**
 * Runs a job that gave up once more. Harmless: every handler may run twice, and what must not go out twice is guarded in
 * the database. @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND; RedisAway
 */
export async function retryDeadJob(
  ctx: Pick<Ctx, 'db'> & { queues: Queues },
  { actor, queue, jobId, origin }: { actor: Actor; queue: QueueName; jobId: string; origin?: Origin },
): Promise<void> {
  authorise(actor, 'alert.deliveries')
  if (!ctx.queues.ready) throw new RedisAway()
  const job = await ctx.queues.byName[queue].getJob(jobId)
  if (!job || !(await job.isFailed())) throw notFound('job')
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, {
      actor,
      action: 'job.retry',
      subjectType: 'job',
      subjectId: `${queue}/${jobId}`.slice(0, 200),
      before: { name: job.name, attempts: job.attemptsMade },
      origin,
    }),
  )
  await job.retry('failed')
}
