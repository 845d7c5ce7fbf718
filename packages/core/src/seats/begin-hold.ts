import type { SeatHold } from '@marquee/contracts/seats'
import { limitKey } from '../auth/count-attempt.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret, newSecret } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { getHold } from './get-hold.ts'
import { holdSeats } from './hold-seats.ts'

/** Holds one account, or one network of people without one, may begin in the window. An office sits behind one address. */
const MOST_HOLDS = 30
const WINDOW_MS = 180_000

/** Known: 1, and fresh again. New: 2 when there is room, 0 when there is none. By Redis's own clock. */
const TAKE = `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not known and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return known and 1 or 2`

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
 * counted; whoever has one goes on with it. While Redis is away only the limits of each process are left.
 * @throws what holdSeats throws, and RATE_LIMITED
 */
export async function beginHold(ctx: HoldCtx, input: Input): Promise<SeatHold> {
  const { actor, network, showtimeId, seatIds, holdToken = newSecret() } = input
  const key = limitKey(ctx, `holds:${hashSecret(actor.kind === 'user' ? actor.userId : network)}`)
  const hold = hashSecret(`${showtimeId} ${holdToken}`)
  const place = await takePlace(ctx, key, hold)
  if (place === 0 && !(await isLive(ctx, { showtimeId, holdToken })))
    throw new AppError(
      'RATE_LIMITED',
      actor.kind === 'user'
        ? 'Your account has begun too many bookings just now. Try again in a few minutes.'
        : 'Too many people are choosing seats from your network just now. Try again in a few minutes.',
    )
  try {
    return await holdSeats(ctx, { showtimeId, seatIds, holdToken })
  } catch (error) {
    // Nothing began.
    if (place === 2) await ctx.redis.run((client) => client.zrem(key, hold)).catch(() => {})
    throw error
  }
}

async function takePlace(ctx: Pick<Ctx, 'redis' | 'config'>, key: string, hold: string): Promise<number> {
  const most = Math.max(1, Math.floor(MOST_HOLDS * ctx.config.http.rateLimitScale))
  try {
    return Number(await ctx.redis.run((client) => client.eval(TAKE, 1, key, hold, WINDOW_MS, most)))
  } catch (error) {
    if (error instanceof RedisAway) return 1
    throw error
  }
}

/** One that was extended may be older than the window. */
const isLive = (ctx: HoldCtx, input: { showtimeId: string; holdToken: string }) =>
  getHold(ctx, input).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'HOLD_GONE') return false
      throw error
    },
  )
