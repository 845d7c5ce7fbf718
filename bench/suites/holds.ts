import { hashSecret } from '@marquee/core/ids'
import { hallKeys, seatChannel } from '@marquee/core/seats/hold-scripts'
import { createHalls, createUsers, type Hall, type User, warmHalls } from '../data.ts'
import type { Request } from '../drivers/http-load.ts'
import type { RawHold } from '../drivers/raw-holds.ts'
import type { Figure } from '../goals.ts'
import { interleave, median, medianRatio } from '../rounds.ts'
import { openLoad, type Suite, startPeer } from '../suite.ts'
import { perSecond } from '../table.ts'

const HALLS = 100
const USERS = 200
/** Pairs of neighbours in a hall of 216. Every pair has a guest of its own, so every call succeeds. */
const PAIRS = 108
const IN_FLIGHT = 50
const WARM_UP_MS = 2_000

/** Goals 1 to 4, 16, 17, 19: holding two seats, with an account, through everything a request passes. */
export const holds: Suite = {
  goals: [1, 2, 3, 4, 16, 17, 19],
  async run(lab, { rounds, ms, note }) {
    const { ctx } = lab
    const halls = await createHalls(ctx, HALLS)
    const ids = halls.map((hall) => hall.showtimeId)
    const users = await createUsers(ctx, USERS)
    const load = await openLoad(lab)
    const [hello, bareHolds, naive, ourCheck, libraryCheck] = await Promise.all(
      ['hello', 'bare', 'naive', 'check-ours', 'check-library'].map((name) => startPeer(lab, name)),
    )
    const raw = await lab.start('drivers/raw-holds.ts')
    const api = await lab.startApi()
    const doomed = await lab.startRedis()
    const alone = await lab.startApi({ REDIS_URL: doomed.url })
    await doomed.stop()

    await load.prepare('hello', [{ method: 'GET', path: '/' }])
    await load.prepare('holds', requests(halls, users, ours))
    await load.prepare('naive', requests(halls, users, naively))
    await load.prepare('check', users.map(checkToken))
    await raw.ask('prepare', rawCalls(ctx, halls))

    const tails = { few: [] as number[], many: [] as number[], crowd: [] as number[] }
    const fresh = async (prefix?: string) => {
      await ctx.redis.run((client) => client.flushdb())
      await warmHalls(ctx, ids, { seatCount: 2 * PAIRS, ...(prefix ? { prefix } : {}) })
    }
    const held =
      (connections: number, tail: number[], port = api.port) =>
      async () => {
        await fresh()
        const result = await load.run(port, 'holds', connections, ms)
        tail.push(result.p99)
        return result.perSecond
      }
    // Compiled code, warm caches and open connections are what a server has after its first second.
    for (const port of [api.port, alone.port]) {
      await fresh()
      await load.run(port, 'holds', IN_FLIGHT, WARM_UP_MS)
    }
    // Side by side what is compared: the longer the time between, the more of a ratio is the machine's.
    const got = await interleave(rounds, {
      hello: async () => (await load.run(hello!.port, 'hello', IN_FLIGHT, ms)).perSecond,
      raw: async () => {
        await fresh('raw')
        return raw.ask<number>('run', { ms, inFlight: IN_FLIGHT })
      },
      naive: async () => {
        await fresh('naive')
        return (await load.run(naive!.port, 'naive', IN_FLIGHT, ms)).perSecond
      },
      ours: held(IN_FLIGHT, tails.few),
      crowd: held(2_000, tails.crowd),
      alone: async () => {
        await ctx.pool.query(`DELETE FROM seat_claims WHERE state = 'HELD'`)
        return held(IN_FLIGHT, [], alone.port)()
      },
      many: held(500, tails.many),
      bare: async () => {
        await fresh('naive')
        return (await load.run(bareHolds!.port, 'naive', IN_FLIGHT, ms)).perSecond
      },
      bareCrowd: async () => {
        await fresh('naive')
        return (await load.run(bareHolds!.port, 'naive', 2_000, ms)).perSecond
      },
      helloCrowd: async () => (await load.run(hello!.port, 'hello', 2_000, ms)).perSecond,
      check: async () => (await load.run(ourCheck!.port, 'check', IN_FLIGHT, ms)).perSecond,
      library: async () => (await load.run(libraryCheck!.port, 'check', IN_FLIGHT, ms)).perSecond,
    })
    const bare = (peer: 'hello' | 'naive') => medianRatio(got.bare, got[peer]).toFixed(2)
    note(
      `with no check, limit, price or log at all a hold reaches ${bare('hello')} in goal 1, ${bare('naive')} in goal 3`,
    )
    const kept = (crowd: 'helloCrowd' | 'bareCrowd', few: 'hello' | 'bare') =>
      `${perSecond(median(got[crowd]))}, ${medianRatio(got[crowd], got[few]).toFixed(2)} of its own speed`
    note(`at 2,000 connections such a server makes ${kept('bareCrowd', 'bare')}; hello ${kept('helloCrowd', 'hello')}`)
    note(
      `at 2,000 connections p99 ${median(tails.crowd).toFixed(0)} ms, 500 connections ${perSecond(median(got.many))}`,
    )
    const of = (name: keyof typeof got) => perSecond(median(got[name]))
    const ratio = (goal: Figure['goal'], ourName: keyof typeof got, peer: keyof typeof got): Figure => ({
      goal,
      ours: of(ourName),
      peer: of(peer),
      value: medianRatio(got[ourName], got[peer]),
    })
    return [
      ratio('1', 'ours', 'hello'),
      ratio('2', 'ours', 'raw'),
      ratio('3', 'ours', 'naive'),
      { goal: '4a', ours: of('ours'), value: median(tails.few) },
      { goal: '4b', ours: of('many'), value: median(tails.many) },
      ratio('16', 'alone', 'ours'),
      ratio('17a', 'crowd', 'ours'),
      ratio('19', 'check', 'library'),
    ]
  },
}

/** Pair after pair, hall after hall, so that neighbours in time are in different halls. */
function* pairs(halls: Hall[]) {
  for (let pair = 0; pair < PAIRS; pair++) for (const [at, hall] of halls.entries()) yield { pair, at, hall }
}

const requests = (
  halls: Hall[],
  users: User[],
  form: (one: { hall: Hall; pair: number; user: User }) => Request,
): Request[] =>
  [...pairs(halls)].map(({ pair, at, hall }) => form({ hall, pair, user: users[(pair + at) % users.length]! }))

const tokenOf = (hall: Hall, pair: number) => hashSecret(`${hall.showtimeId} ${pair}`)

const ours = ({ hall, pair, user }: { hall: Hall; pair: number; user: User }): Request => ({
  method: 'POST',
  path: `/api/showtimes/${hall.showtimeId}/holds`,
  headers: { authorization: `Bearer ${user.token}`, 'x-hold-token': tokenOf(hall, pair) },
  body: JSON.stringify({ seatIds: [hall.seatIds[2 * pair], hall.seatIds[2 * pair + 1]] }),
})

const naively = ({ hall, pair, user }: { hall: Hall; pair: number; user: User }): Request => ({
  method: 'POST',
  path: '/',
  headers: { authorization: `Bearer ${user.token}` },
  body: JSON.stringify({ showtimeId: hall.showtimeId, seats: [2 * pair, 2 * pair + 1] }),
})

const checkToken = (user: User): Request => ({
  method: 'GET',
  path: '/',
  headers: { authorization: `Bearer ${user.token}` },
})

/** What holdInRedis would send, under a prefix of its own. */
function rawCalls(ctx: Parameters<typeof warmHalls>[0], halls: Hall[]): RawHold[] {
  const config = { ...ctx.config, holds: { ...ctx.config.holds, prefix: 'raw' } }
  const { ttlMs, maxMs } = config.holds
  return [...pairs(halls)].map(({ pair, hall: { showtimeId } }) => {
    const [hash, ends, map, expiries] = hallKeys({ config }, showtimeId)
    const keys = [expiries, hash, ends, map, map]
    const hold = [hashSecret(`raw ${pair}`), showtimeId, `${ttlMs} ${maxMs} 0 10 0 0`, `${2 * pair},${2 * pair + 1}`]
    return [...keys, seatChannel({ config }, ''), ...hold]
  })
}
