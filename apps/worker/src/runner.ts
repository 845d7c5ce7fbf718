import { AppError } from '@marquee/core/errors'
import { JOBS, type JobHandlers, type JobName, QUEUES, type QueueName } from '@marquee/core/jobs/catalog'
import { QUEUE_PREFIX } from '@marquee/core/jobs/queues'
import { type Job, UnrecoverableError, Worker } from 'bullmq'
import type { WorkerCtx } from './worker-context.ts'

/**
 * The job runner: one worker per queue. Every job is checked against the catalogue's schema, run by its handler, and
 * tried again with growing, jittered pauses, unless the error says that trying again cannot help. A job that has used up
 * its tries stays in the failed set, where the queue board shows it, and is logged as dead. Handlers may run twice: a
 * worker that lost its lock, or died, leaves its job to another.
 */

/** At once per queue: critical and notify wait for networks, scrape for the gaps of sites, bulk draws PDFs and needs the processor. */
const CONCURRENCY: Record<QueueName, number> = { critical: 16, notify: 8, scrape: 8, bulk: 2, calls: 16 }
const LONGEST_PAUSE_MS = 5 * 60_000

/** 1 s, 2 s, 4 s … 5 min, each between half and one and a half times that: a vendor that was down is not stormed. */
export function pauseBeforeRetry(attemptsMade: number, random = Math.random): number {
  return Math.round(Math.min(1_000 * 2 ** (attemptsMade - 1), LONGEST_PAUSE_MS) * (0.5 + random()))
}

/** At most so many in a second; fewer than one are one in as many seconds. */
export const callPace = (perSecond: number) =>
  perSecond >= 1 ? { max: Math.floor(perSecond), duration: 1_000 } : { max: 1, duration: Math.ceil(1_000 / perSecond) }

export function startRunner(ctx: WorkerCtx, handlers: JobHandlers<WorkerCtx>): { close(): Promise<void> } {
  const workers = QUEUES.map((queue) => {
    const worker = new Worker(queue, (job) => runJob(ctx, handlers, job), {
      connection: { url: ctx.config.redis.url, maxRetriesPerRequest: null },
      prefix: QUEUE_PREFIX,
      concurrency: CONCURRENCY[queue],
      // For all workers together: the carrier counts calls, whoever places them.
      ...(queue === 'calls' && { limiter: callPace(ctx.config.voice.callsPerSecond) }),
      // Renewed while the job runs. A worker that died leaves its jobs to another after one to two of these.
      lockDuration: ctx.config.jobs.lockMs,
      stalledInterval: ctx.config.jobs.lockMs / 2,
      maxStalledCount: 5,
      settings: { backoffStrategy: (attemptsMade) => pauseBeforeRetry(attemptsMade) },
    })
    // Redis going away is an error event a second, from each: one line when it happens is enough.
    let away = false
    worker.on('error', (err) => {
      if (!away) ctx.log.warn({ err, queue }, 'job queue is away')
      away = true
    })
    worker.on('active', () => {
      away = false
    })
    worker.on('failed', (job, err) => report(ctx, job, err))
    return worker
  })
  return {
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()))
    },
  }
}

/** Runs one job. @throws UnrecoverableError when trying again cannot help */
export async function runJob(
  ctx: WorkerCtx,
  handlers: JobHandlers<WorkerCtx>,
  job: Pick<Job, 'name' | 'data'>,
): Promise<void> {
  if (!isJobName(job.name)) throw new UnrecoverableError(`no such job: ${job.name}`)
  const payload = JOBS[job.name].payload.safeParse(job.data)
  if (!payload.success) throw new UnrecoverableError(`payload of ${job.name}: ${payload.error.message}`)
  const handler = handlers[job.name] as (ctx: WorkerCtx, payload: unknown) => Promise<void>
  try {
    await handler(ctx, payload.data)
  } catch (error) {
    if (worthRetrying(error)) throw error
    throw new UnrecoverableError(error instanceof Error ? error.message : String(error))
  }
}

const isJobName = (name: string): name is JobName => Object.hasOwn(JOBS, name)

/** Vendors' errors say it themselves; our own refusals stay refusals; anything else may pass. */
function worthRetrying(error: unknown): boolean {
  if (error instanceof AppError) return ['UNAVAILABLE', 'GATEWAY_UNAVAILABLE', 'INTERNAL'].includes(error.code)
  return (error as { retry?: unknown }).retry !== false
}

function report(ctx: WorkerCtx, job: Job | undefined, err: Error) {
  if (!job) return
  const details = { err, job: job.name, id: job.id, payload: job.data as unknown, attempt: job.attemptsMade }
  const dead = job.finishedOn !== undefined
  if (dead) ctx.log.error(details, 'job is dead')
  else ctx.log.warn(details, 'job failed, will be tried again')
}
