import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Ctx } from '../context.ts'

/** Integers, strings, and lists of seat indexes joined by commas: what the scripts answer; hold.lua answers lines. */
export type Reply = (number | string)[]
type Script = (...args: (string | number)[]) => Promise<Reply>
const SCRIPTS = ['hold', 'release', 'extend', 'inspect', 'sell', 'free', 'sweep', 'snapshot', 'rebuild'] as const
export type ScriptName = (typeof SCRIPTS)[number]
export type SeatsCtx = Pick<Ctx, 'redis' | 'config' | 'pool'>

const sources = Object.fromEntries(
  SCRIPTS.map((name) => [name, readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8')]),
) as Record<ScriptName, string>
const defined = new WeakSet<Redis>()

/** KEYS 1 to 4 of every script but hold.lua, which takes several halls. The braces keep a hall's keys on one node of a cluster. */
export function hallKeys(ctx: Pick<Ctx, 'config'>, showtimeId: string): HallKeys {
  const { prefix } = ctx.config.holds
  let known = keysOf.get(showtimeId)
  if (known?.prefix !== prefix) {
    const hall = `${prefix}:seat_lock:{${showtimeId}}`
    known = { prefix, keys: [`${hall}:h`, `${hall}:x`, `${hall}:m`, expiriesKey(ctx)] }
    keysOf.set(showtimeId, known)
  }
  return known.keys
}
type HallKeys = readonly [string, string, string, string]
/** A hall is asked for again and again in a rush; its keys are put together once. */
const keysOf = new LRUCache<string, { prefix: string; keys: HallKeys }>({ max: 2_000 })

export const expiriesKey = (ctx: Pick<Ctx, 'config'>) => `${ctx.config.holds.prefix}:seat_expiries`
/** Where a hall's changes are published. */
export const seatChannel = (ctx: Pick<Ctx, 'config'>, showtimeId: string) =>
  `${ctx.config.holds.prefix}:seats:${showtimeId}`

/** One atomic step on one hall; holds go through hold-queue.ts. @throws RedisAway */
export const runScript = (
  ctx: Pick<Ctx, 'redis' | 'config'>,
  name: Exclude<ScriptName, 'hold'>,
  showtimeId: string,
  ...args: (string | number)[]
): Promise<Reply> => ctx.redis.run((client) => scriptOf(client, name)(...hallKeys(ctx, showtimeId), ...args))

/** A script as a command of this connection. hold.lua's first argument is the number of its keys. */
export function scriptOf(client: Redis, name: ScriptName): Script {
  if (!defined.has(client)) {
    // defineCommand sends the digest, and the source again when a restarted Redis has forgotten it.
    for (const each of SCRIPTS) {
      const keys = each === 'hold' ? {} : { numberOfKeys: 4 }
      client.defineCommand(`marquee_${each}`, { ...keys, lua: sources[each] })
    }
    defined.add(client)
  }
  const commands = client as unknown as Record<`marquee_${ScriptName}`, Script>
  return commands[`marquee_${name}`].bind(client)
}
