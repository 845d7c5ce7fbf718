import type { AlertChannel, AttemptView } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import type { AlertAttempt, AttemptState } from '../../generated/prisma/client.ts'

type Attempt = Pick<
  AlertAttempt,
  | 'channel'
  | 'step'
  | 'state'
  | 'dueAt'
  | 'sentAt'
  | 'acceptedAt'
  | 'answeredAt'
  | 'endedAt'
  | 'keys'
  | 'why'
  | 'answeredBy'
>

const WRITTEN: Record<AttemptState, string> = {
  PLANNED: 'waits',
  SENDING: 'on its way',
  ACCEPTED: 'sent',
  RINGING: 'sent',
  ANSWERED: 'read',
  DELIVERED: 'arrived',
  MACHINE: 'arrived',
  BUSY: 'failed',
  NO_ANSWER: 'failed',
  FAILED: 'failed',
  UNKNOWN: 'nobody knows whether it went out: it is not sent again',
  SKIPPED: 'not sent',
}
const CALLED: Record<AttemptState, string> = {
  PLANNED: 'waits',
  SENDING: 'being dialled',
  ACCEPTED: 'being dialled',
  RINGING: 'rings',
  ANSWERED: 'answered',
  DELIVERED: 'answered',
  MACHINE: 'a machine answered: we hung up',
  BUSY: 'busy',
  NO_ANSWER: 'no answer',
  FAILED: 'failed',
  UNKNOWN: 'nobody knows whether it rang: it is not called again',
  SKIPPED: 'not called',
}

/** One step in words. `place`: of a call that is due, how many are before it, itself included. Pure. */
export function attemptView(
  attempt: Attempt,
  now: Date,
  line?: { place: number; callsPerSecond: number },
): AttemptView {
  const { channel, step, state, dueAt, keys, why } = attempt
  const at = attempt.endedAt ?? attempt.answeredAt ?? attempt.acceptedAt ?? attempt.sentAt ?? dueAt
  const words = (channel === 'call' ? CALLED : WRITTEN)[state]
  const notes = [
    keys && `pressed ${[...keys].join(', ')}`,
    state === 'PLANNED' ? waitingFor(attempt, now, line) : isEnd(state) ? why : '',
  ]
  return {
    channel: channel as AlertChannel,
    step,
    state,
    at: at.toISOString(),
    outcome: [words, ...notes.filter(Boolean)].join(state === 'PLANNED' || state === 'SKIPPED' ? ': ' : ', '),
  }
}

const isEnd = (state: AttemptState) => state === 'FAILED' || state === 'SKIPPED'

function waitingFor({ dueAt, why }: Attempt, now: Date, line?: { place: number; callsPerSecond: number }): string {
  if (dueAt > now) return why ?? 'not due yet'
  if (!line) return ''
  const seconds = Math.ceil(line.place / line.callsPerSecond)
  return `${ordinal(line.place)} in line, about ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`
}

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

/** The places in line of calls that are due, by the attempts' ids. */
export async function readPlaces(ctx: Pick<Ctx, 'db' | 'clock'>, attemptIds: string[]): Promise<Map<string, number>> {
  if (attemptIds.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<{ id: string; place: number }[]>`
    select id, place from (
      select id, row_number() over (order by due_at, position, id)::int as place from alert_attempts
       where channel = 'call' and state = 'PLANNED' and merged_into_id is null and due_at <= ${ctx.clock.now()}) line
     where id = any(${attemptIds}::uuid[])`
  return new Map(rows.map(({ id, place }) => [id, place]))
}
