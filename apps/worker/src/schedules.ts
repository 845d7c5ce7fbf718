import { JOBS, QUEUES, SCHEDULES } from '@marquee/core/jobs/catalog'
import { KEEP } from '@marquee/core/jobs/enqueue'
import type { Queues } from '@marquee/core/jobs/queues'
import type { WorkerCtx } from './worker-context.ts'

const CHECK_EVERY_MS = 30_000

/**
 * Makes BullMQ's schedulers those of the catalogue: adds what is missing, drops what is gone, brings back what a wrong clock
 * has put off. Repeatable by any worker.
 */
export async function applySchedules(queues: Queues): Promise<void> {
  for (const queueName of QUEUES) {
    const queue = queues.byName[queueName]
    const wanted = SCHEDULES.filter(({ name }) => JOBS[name].queue === queueName)
    const present = new Map((await queue.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler]))
    for (const { name, everyMs } of wanted) {
      const there = present.get(name)
      // Whoever runs a round names the time of the next one: by a clock that is a day ahead that is tomorrow.
      const isSane = (there?.next ?? 0) <= Date.now() + everyMs + CHECK_EVERY_MS
      if (Number(there?.every) === everyMs && isSane) continue
      if (!isSane) await queue.removeJobScheduler(name)
      await queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts: { attempts: 1, ...KEEP } })
    }
    for (const key of present.keys()) {
      if (!wanted.some(({ name }) => name === key)) await queue.removeJobScheduler(key)
    }
  }
}

/** Keeps the schedules in place: an emptied Redis has forgotten them, and nothing else would notice. */
export function keepSchedules(ctx: Pick<WorkerCtx, 'queues' | 'log'>): { stop(): void } {
  let applying = false
  const apply = async () => {
    if (applying || !ctx.queues.ready) return
    applying = true
    await applySchedules(ctx.queues).catch((err: unknown) =>
      ctx.log.warn({ err }, 'schedules not applied, will be tried again'),
    )
    applying = false
  }
  // The first time as soon as Redis answers, then now and then.
  let tick = 0
  const timer = setInterval(() => {
    if (tick === 0 && !ctx.queues.ready) return
    if (tick++ % (CHECK_EVERY_MS / 500) === 0) void apply()
  }, 500)
  return {
    stop() {
      clearInterval(timer)
    },
  }
}
