import type { SeatHold } from '@marquee/contracts/seats'
import { limitKey } from '../auth/count-attempt.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret, newSecret } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { holdSeats } from './hold-seats.ts'
import { releaseSeats } from './release-seats.ts'

/** Holds one account, or one network of people without one, may begin in the window. An office sits behind one address. */
const MOST_HOLDS = 30
const WINDOW_MS = 180_000

/** 1 when there is room, 0 when there is none. By Redis's own clock. */
const TAKE = `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`

type HoldCtx = Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'crashPoint'>
type Input = {
  actor: Actor
  /** Where it is asked from. */
  network: string
  showtimeId: string
  seatIds: string[]
  holdToken?: string | undefined
}

/**
 * Holds seats for somebody from outside: as holdSeats, but one place cannot hold a hall empty. Only holds that begin are
 * counted, and they are held first: whoever goes on with one is not kept waiting for a count. While Redis is away only
 * the limits of each process are left.
 * @throws what holdSeats throws, and RATE_LIMITED
 */
export async function beginHold(ctx: HoldCtx, input: Input): Promise<SeatHold> {
  const { actor, network, showtimeId, seatIds, holdToken = newSecret() } = input
  const hold = await holdSeats(ctx, { showtimeId, seatIds, holdToken })
  // The cap counts from the first seat: all of it left means that this was the first.
  const begins = Date.parse(hold.maxExpiresAt) - Date.parse(hold.now) >= ctx.config.holds.maxMs
  if (!begins) return hold
  const key = limitKey(ctx, `holds:${hashSecret(actor.kind === 'user' ? actor.userId : network)}`)
  if (await takePlace(ctx, key, hashSecret(`${showtimeId} ${holdToken}`))) return hold
  await releaseSeats(ctx, { showtimeId, holdToken })
  throw new AppError(
    'RATE_LIMITED',
    actor.kind === 'user'
      ? 'Your account has begun too many bookings just now. Try again in a few minutes.'
      : 'Too many people are choosing seats from your network just now. Try again in a few minutes.',
  )
}

/** @returns whether there is room for one more */
async function takePlace(ctx: Pick<Ctx, 'redis' | 'config'>, key: string, hold: string): Promise<boolean> {
  const most = Math.max(1, Math.floor(MOST_HOLDS * ctx.config.http.rateLimitScale))
  try {
    return (await ctx.redis.run((client) => client.eval(TAKE, 1, key, hold, WINDOW_MS, most))) === 1
  } catch (error) {
    if (error instanceof RedisAway) return true
    throw error
  }
}
