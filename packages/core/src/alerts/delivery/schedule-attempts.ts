import { QuietHours } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import { enqueue, type NewJob } from '../../jobs/enqueue.ts'
import type { Queues } from '../../jobs/queues.ts'
import { ANY_HOUR } from './country-hours.ts'
import { HELD_FOR_MS } from './may-send.ts'
import { nextAllowed } from './quiet-hours.ts'

type ScheduleCtx = Pick<Ctx, 'db' | 'clock' | 'log' | 'crashPoint'> & { queues: Queues }
type Due = { id: string; channel: string; quietHours: unknown; timeZone: string }

const BATCH = 1_000
const MOST_BATCHES = 20
/** Calls to people who sleep: each will be put off to their morning, and takes a turn for that, but nobody else's. */
const BEHIND_ALL = 1

/**
 * Gives the queues what is due, in order: first due, then by place in line. One at a time over all workers, or two of them
 * would mix the line up. The queue is filled before the commit, as with the outbox: a crash between gives a step twice, under
 * one more name, which does nothing, and never loses one.
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
      // What a person has to look at first stays out of the line: each of its calls would take the turn of one that may go.
      const due = await tx.$queryRaw<Due[]>`
        select t.id, t.channel, s.quiet_hours as "quietHours", s.time_zone as "timeZone"
          from alert_attempts t join alerts al on al.id = t.alert_id join alert_subscriptions s on s.id = al.subscription_id
         where t.state = 'PLANNED' and t.merged_into_id is null and t.queued_at is null and t.due_at <= ${now}
           and not exists (
             select from alerts a join openings o on o.id = a.opening_id
               join watches w on w.id = o.watch_id join listing_sources l on l.id = w.source_id
              where a.id = t.alert_id and a.created_at >= ${new Date(now.getTime() - HELD_FOR_MS)}
                and (o.state = 'HELD' or l.frozen_at is not null))
         order by t.due_at, t.position, t.id limit ${BATCH}`
      if (due.length === 0) return 0
      await tx.$executeRaw`
        update alert_attempts set queued_at = ${now} where id = any(${due.map(({ id }) => id)}::uuid[])`
      await enqueue(
        ctx,
        due.map((one) => jobOf(one, now)),
      )
      ctx.crashPoint('alert:before-queue')
      return due.length
    },
    { maxWait: 10_000, timeout: 15_000 },
  )
}

/** Each time that it is given to the queue it is another job: one that died keeps its name for days. */
function jobOf(step: Due, queuedAt: Date): NewJob {
  const { id, channel } = step
  const key = stepKey({ id, channel, queuedAt })
  if (channel !== 'call') return { name: 'alert.message', payload: { attemptId: id }, key }
  const call = { name: 'alert.call', payload: { attemptId: id }, key } as const
  return isAsleep(step, queuedAt) ? { ...call, priority: BEHIND_ALL } : call
}

/** By their own quiet hours. The law's are those of their number, which is not opened for this. */
function isAsleep({ quietHours, timeZone }: Due, now: Date): boolean {
  const quiet = QuietHours.catch(QuietHours.parse({})).parse(quietHours)
  const until = nextAllowed(now, { quiet, timeZone, country: ANY_HOUR })
  return until === null || until > now
}

export const stepKey = ({ id, channel, queuedAt }: { id: string; channel: string; queuedAt: Date }) =>
  `alert.${channel === 'call' ? 'call' : 'message'}:${id}:${queuedAt.getTime()}`
