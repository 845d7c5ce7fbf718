// Holds that are asked for in one turn of the event loop go to Redis as one call of hold.lua, which decides each by itself.
// A command costs this process about as much as all the rest of a hold; shared by ten guests it costs a tenth.
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
      (lines) => {
        for (let i = 0; i < waiting.length; i++) {
          const line = lines[i] ?? 'E no answer'
          if (isError(line)) waiting[i]!.reject(errorOf(line))
          else waiting[i]!.resolve(replyOf(line))
        }
      },
      (error: unknown) => {
        for (const { reject } of waiting) reject(error)
      },
    )
}

function replyOf(line: string): Reply {
  const reply: Reply = line.split(' ')
  reply[0] = Number(reply[0])
  return reply
}
const isError = (line: string) => line.startsWith('E')
const errorOf = (line: string): Error => new ReplyError(line.slice(2))

/** One hall that is broken fails its own guests. A Redis that cannot write is away for all of them. @throws ReplyError */
function linesOf(answer: Reply | string): string[] {
  const lines = String(answer).split('\n')
  for (const line of lines) {
    if (isError(line) && isOutage(errorOf(line))) throw errorOf(line)
  }
  return lines
}
