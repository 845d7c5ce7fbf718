import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import type { Ctx } from '../context.ts'

/** Integers, strings, and lists of seat indexes joined by commas: what the scripts answer. */
export type Reply = (number | string)[]
type Script = (...args: (string | number)[]) => Promise<Reply>
const SCRIPTS = ['hold', 'release', 'extend', 'inspect', 'sell', 'free', 'sweep', 'snapshot', 'rebuild'] as const
export type ScriptName = (typeof SCRIPTS)[number]
export type SeatsCtx = Pick<Ctx, 'redis' | 'config' | 'pool'>

/** Four of the hall, and what a script needs besides; it comes first among its arguments. */
const KEYS: Partial<Record<ScriptName, number>> = { hold: 5 }

const sources = Object.fromEntries(
  SCRIPTS.map((name) => [name, readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8')]),
) as Record<ScriptName, string>
const defined = new WeakSet<Redis>()

/** KEYS 1 to 4 of every script. The braces keep a hall's keys on one node of a cluster. */
export function hallKeys(ctx: Pick<Ctx, 'config'>, showtimeId: string): [string, string, string, string] {
  const hall = `${ctx.config.holds.prefix}:seat_lock:{${showtimeId}}`
  return [`${hall}:h`, `${hall}:x`, `${hall}:m`, expiriesKey(ctx)]
}
export const expiriesKey = (ctx: Pick<Ctx, 'config'>) => `${ctx.config.holds.prefix}:seat_expiries`
/** Where a hall's changes are published. */
export const seatChannel = (ctx: Pick<Ctx, 'config'>, showtimeId: string) =>
  `${ctx.config.holds.prefix}:seats:${showtimeId}`

/** One atomic step on one hall. @throws RedisAway */
export function runScript(
  ctx: Pick<Ctx, 'redis' | 'config'>,
  name: ScriptName,
  showtimeId: string,
  ...args: (string | number)[]
): Promise<Reply> {
  return ctx.redis.run((client) => {
    if (!defined.has(client)) {
      // defineCommand sends the digest, and the source again when a restarted Redis has forgotten it.
      for (const each of SCRIPTS)
        client.defineCommand(`marquee_${each}`, { numberOfKeys: KEYS[each] ?? 4, lua: sources[each] })
      defined.add(client)
    }
    sendTogether(client)
    const commands = client as unknown as Record<`marquee_${ScriptName}`, Script>
    return commands[`marquee_${name}`](...hallKeys(ctx, showtimeId), ...args)
  })
}

/** About ten holds: Redis begins with these while the next ones are still being read. */
const SEND_AT_BYTES = 4 * 1024

/**
 * Commands of one turn of the event loop leave together. Under load that is one system call for many guests instead of
 * one each, a seventh of what a hold costs this process; alone, a command waits for the end of its turn.
 */
function sendTogether({ stream }: Redis): void {
  if (!stream) return
  if (stream.writableCorked === 0) setImmediate(() => stream.uncork())
  else if (stream.writableLength > SEND_AT_BYTES) stream.uncork()
  else return
  stream.cork()
}
