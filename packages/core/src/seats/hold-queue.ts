// Holds that are asked for in one turn of the event loop go to Redis as one call of hold.lua, which decides each by itself.
// What a command costs this process and Redis, beside its work, is paid once for all of them.
import { ReplyError } from 'ioredis'
import { isOutage, type RedisLink } from '../redis.ts'
import { expiriesKey, type Reply, type SeatsCtx, scriptOf, seatChannel } from './hold-scripts.ts'

/** Redis begins with these while the next ones are still being read; more at a time, and the two take turns. */
const MOST_IN_A_CALL = 10

export type QueuedHold = {
  /** Hash, ends, map, and what counts against the holder's place: the four keys of hold.lua. */
  keys: [string, string, string, string]
  holder: string
  showtimeId: string
  /** "ttl cap grace most places window" of hold.lua. */
  terms: string
  seats: string
}
type Waiting = { resolve(reply: Reply): void; reject(error: unknown): void }
type QueueCtx = Pick<SeatsCtx, 'redis' | 'config'>
type Call = { config: QueueCtx['config']; keys: string[]; args: string[]; waiting: Waiting[]; isSent: boolean }

const gathering = new WeakMap<RedisLink, Call>()

/** @returns what hold.lua says of this hold, its first word as a number. @throws RedisAway, ReplyError */
export const queueHold = (ctx: QueueCtx, hold: QueuedHold): Promise<Reply> =>
  new Promise((resolve, reject) => {
    let call = gathering.get(ctx.redis)
    if (!call || call.isSent || call.config !== ctx.config) {
      call = begin(ctx)
      gathering.set(ctx.redis, call)
    }
    call.keys.push(...hold.keys)
    call.args.push(hold.holder, hold.showtimeId, hold.terms, hold.seats)
    call.waiting.push({ resolve, reject })
    if (call.waiting.length === MOST_IN_A_CALL) send(ctx, call)
  })

function begin(ctx: QueueCtx): Call {
  const call: Call = {
    config: ctx.config,
    keys: [expiriesKey(ctx)],
    args: [seatChannel(ctx, '')],
    waiting: [],
    isSent: false,
  }
  setImmediate(send, ctx, call)
  return call
}

function send(ctx: QueueCtx, call: Call): void {
  if (call.isSent) return
  call.isSent = true
  const { keys, args, waiting } = call
  ctx.redis
    .run((client) => scriptOf(client, 'hold')(keys.length, ...keys, ...args).then(linesOf))
    .then(
      (lines) => settle(waiting, lines),
      (error: Error) => {
        if (error.cause instanceof PartlyAway) settle(waiting, error.cause.lines, error)
        else for (const { reject } of waiting) reject(error)
      },
    )
}

/** Everybody gets their own line: also when Redis could not write for one, what it says of the others is true. */
function settle(waiting: Waiting[], lines: string[], away?: Error): void {
  for (let i = 0; i < waiting.length; i++) {
    const line = lines[i] ?? 'E no answer'
    const { resolve, reject } = waiting[i]!
    if (!isError(line)) resolve(replyOf(line))
    else reject(away && isOutage(errorOf(line)) ? away : errorOf(line))
  }
}

function replyOf(line: string): Reply {
  const reply: Reply = line.split(' ')
  reply[0] = Number(reply[0])
  return reply
}
const isError = (line: string) => line.startsWith('E')
const errorOf = (line: string): Error => new ReplyError(line.slice(2))

/** Redis could not write for one guest or more; the circuit breaker has to know. */
class PartlyAway extends Error {
  readonly lines: string[]
  constructor(message: string, lines: string[]) {
    super(message)
    this.name = 'PartlyAway'
    this.lines = lines
  }
}

/** @throws PartlyAway */
function linesOf(answer: Reply | string): string[] {
  const lines = String(answer).split('\n')
  const failed = lines.find((line) => isError(line) && isOutage(errorOf(line)))
  if (failed) throw new PartlyAway(failed.slice(2), lines)
  return lines
}
