// Where seats are held. Every change of a hold in Redis goes through this file; hold-scripts.ts runs its Lua on these keys:
//   {prefix}:seat_lock:{showtime}:h  hash: who has which seat, every holder's end, epoch and sequence
//   {prefix}:seat_lock:{showtime}:x  sorted set: holders by when their hold ends at the earliest; the hash knows its end
//   {prefix}:seat_lock:{showtime}:m  one byte a seat, the map as clients get it
//   {prefix}:seat_expiries           sorted set: showtimes by their earliest end, for the sweeper
// Each script is one atomic step: check, write, sequence, expiry index, map and broadcast together, by Redis's own clock.
// A hall without an epoch is cold (new, emptied, evicted): it is rebuilt from Postgres, never read as "all free".

import { RedisAway } from '../redis.ts'
import { type QueuedHold, queueHold } from './hold-queue.ts'
import {
  expiriesKey,
  hallKeys,
  type Reply,
  runScript,
  type ScriptName,
  type SeatsCtx,
  seatChannel,
} from './hold-scripts.ts'
import { rebuildHolds } from './rebuild-holds.ts'

/** What a script says of a hall without an epoch. */
const COLD = -1
const REBUILDS = 2
const REFUSED = {
  [-2]: { kind: 'too-many' },
  [-3]: { kind: 'cap-reached' },
  [-4]: { kind: 'too-many-begun' },
} as const

/** Everything one holder holds in one hall. Times are epoch milliseconds of the server that keeps them. */
export type HoldState = { seats: number[]; until: number; since: number; now: number }
export type HoldOutcome =
  | { kind: 'held'; hold: HoldState }
  | { kind: 'taken'; seats: number[] }
  | { kind: 'too-many' }
  | { kind: 'cap-reached' }
  | { kind: 'too-many-begun' }
/** Where new holds are counted together, and the most of them at once in `windowMs`. */
export type BeginLimit = { key: string; most: number; windowMs: number }
export type SeatSnapshot = { epoch: string; seq: number; map: string; held: { until: number; seats: number[] }[] }

/**
 * All or nothing. `graceMs` is for payments: past the cap, so that a gateway already open may finish. `ttlMs` is for a
 * hold that began elsewhere. @throws RedisAway
 */
export function holdInRedis(
  ctx: SeatsCtx,
  input: {
    showtimeId: string
    holder: string
    seats: number[]
    mostSeats: number
    graceMs?: number
    ttlMs?: number
    begins?: BeginLimit | undefined
  },
): Promise<HoldOutcome> {
  const { showtimeId, graceMs = 0, ttlMs = ctx.config.holds.ttlMs, begins } = input
  const [hash, ends, map] = hallKeys(ctx, showtimeId)
  const terms = `${ttlMs} ${ctx.config.holds.maxMs} ${graceMs} ${input.mostSeats} ${begins?.most ?? 0} ${begins?.windowMs ?? 0}`
  const hold = {
    keys: [hash, ends, map, begins?.key ?? map] as QueuedHold['keys'],
    holder: input.holder,
    showtimeId,
    terms,
    seats: input.seats.join(),
  }
  // Not async, and one promise for both: on the hot path each of them counts.
  return queueHold(ctx, hold).then((reply) =>
    reply[0] === COLD ? rebuildAnd(ctx, showtimeId, () => queueHold(ctx, hold)).then(outcomeOf) : outcomeOf(reply),
  )
}

/** Frees the named seats of this holder, or all of them. What is not theirs stays. @throws RedisAway */
export async function releaseInRedis(
  ctx: SeatsCtx,
  input: { showtimeId: string; holder: string; seats?: number[] },
): Promise<{ freed: number[]; left: HoldState | null }> {
  const { showtimeId, holder, seats = [] } = input
  const reply = await run(ctx, 'release', showtimeId, holder, seatChannel(ctx, showtimeId), showtimeId, ...seats)
  const left = indexes(reply[5])
  return {
    freed: indexes(reply[1]),
    left: left.length > 0 ? holdState(reply[2], reply[3], reply[4], reply[5]) : null,
  }
}

/** Null: nothing live to extend. @throws RedisAway */
export async function extendInRedis(
  ctx: SeatsCtx,
  input: { showtimeId: string; holder: string; byMs: number },
): Promise<HoldState | null> {
  const { showtimeId, holder } = input
  const reply = await run(
    ctx,
    'extend',
    showtimeId,
    holder,
    seatChannel(ctx, showtimeId),
    showtimeId,
    input.byMs,
    ctx.config.holds.maxMs,
  )
  return reply[0] === 1 ? holdState(reply[1], reply[2], reply[3], reply[4]) : null
}

/** @throws RedisAway */
export async function inspectInRedis(
  ctx: SeatsCtx,
  input: { showtimeId: string; holder: string },
): Promise<HoldState | null> {
  const reply = await run(ctx, 'inspect', input.showtimeId, input.holder)
  return reply[0] === 1 ? holdState(reply[1], reply[2], reply[3], reply[4]) : null
}

/**
 * Postgres has sold them: say so on every screen. A cold hall is rebuilt first: somebody else may be about to fill it
 * with what was read before the sale. @throws NOT_FOUND, RedisAway
 */
export async function sellInRedis(ctx: SeatsCtx, input: { showtimeId: string; seats: number[] }): Promise<void> {
  await run(ctx, 'sell', input.showtimeId, seatChannel(ctx, input.showtimeId), ...input.seats)
}

/**
 * A sale was undone in Postgres: its seats are free on every screen. Touches only what is marked sold. Whether a seat is
 * still free by now is the caller's to ask, before and after. @returns the seats that were shown sold. @throws NOT_FOUND, RedisAway
 */
export async function freeInRedis(ctx: SeatsCtx, input: { showtimeId: string; seats: number[] }): Promise<number[]> {
  const reply = await run(ctx, 'free', input.showtimeId, seatChannel(ctx, input.showtimeId), ...input.seats)
  return reply.slice(1).map(Number)
}

/** @throws RedisAway */
export async function snapshotFromRedis(ctx: SeatsCtx, showtimeId: string): Promise<SeatSnapshot> {
  const [, epoch, seq, map, ...held] = await run(ctx, 'snapshot', showtimeId)
  const holds: SeatSnapshot['held'] = []
  for (let i = 0; i < held.length; i += 2) holds.push({ until: Number(held[i]), seats: indexes(held[i + 1]) })
  return { epoch: String(epoch), seq: Number(seq), map: String(map), held: holds }
}

/** Epoch and sequence alone, to notice a lost message. Null when cold. @throws RedisAway */
export async function headFromRedis(ctx: SeatsCtx, showtimeId: string): Promise<{ epoch: string; seq: number } | null> {
  const [epoch, seq] = await ctx.redis.run((client) => client.hmget(hallKeys(ctx, showtimeId)[0], '@', '#'))
  return epoch ? { epoch, seq: Number(seq ?? 0) } : null
}

/** Showtimes with a hold that has ended. @throws RedisAway */
export const showtimesToSweep = (ctx: SeatsCtx, most: number) =>
  ctx.redis.run(async (client) => {
    const [seconds, micros] = await client.time()
    return client.zrangebyscore(
      expiriesKey(ctx),
      '-inf',
      Number(seconds) * 1000 + Math.floor(Number(micros) / 1000),
      'LIMIT',
      0,
      most,
    )
  })

/** @returns how many seats came free. @throws RedisAway */
export async function sweepInRedis(ctx: SeatsCtx, showtimeId: string): Promise<number> {
  const [freed] = await runScript(ctx, 'sweep', showtimeId, seatChannel(ctx, showtimeId), showtimeId, 500)
  return Number(freed)
}

/** @throws RedisAway */
async function run(
  ctx: SeatsCtx,
  name: Exclude<ScriptName, 'hold'>,
  showtimeId: string,
  ...args: (string | number)[]
): Promise<Reply> {
  const ask = () => runScript(ctx, name, showtimeId, ...args)
  const reply = await ask()
  return reply[0] === COLD ? rebuildAnd(ctx, showtimeId, ask) : reply
}

async function rebuildAnd(ctx: SeatsCtx, showtimeId: string, ask: () => Promise<Reply>): Promise<Reply> {
  for (let attempt = 0; attempt < REBUILDS; attempt++) {
    await rebuildHolds(ctx, showtimeId)
    const reply = await ask()
    if (reply[0] !== COLD) return reply
  }
  // Emptied as fast as it is filled: no better than a Redis that is away.
  throw new RedisAway({ cause: new Error(`hall ${showtimeId} stays cold`) })
}

function outcomeOf(reply: Reply): HoldOutcome {
  if (reply[0] === 1) return { kind: 'held', hold: holdState(reply[1], reply[2], reply[3], reply[4]) }
  if (reply[0] === 0) return { kind: 'taken', seats: indexes(reply[1]) }
  return REFUSED[reply[0] as keyof typeof REFUSED]
}

const indexes = (list: string | number | undefined) =>
  list === undefined || list === '' ? [] : String(list).split(',').map(Number)
type Word = Reply[number] | undefined
const holdState = (until: Word, since: Word, now: Word, seats: Word): HoldState => ({
  until: Number(until),
  since: Number(since),
  now: Number(now),
  seats: ascending(indexes(seats)),
})

/** In place; most are in order already, and a sort that moves nothing still costs memory. */
function ascending(seats: number[]): number[] {
  for (let i = 1; i < seats.length; i++) if (seats[i - 1]! > seats[i]!) return seats.sort((a, b) => a - b)
  return seats
}
