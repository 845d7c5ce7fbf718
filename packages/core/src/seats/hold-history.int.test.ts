import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../../../scripts/testing/eventually.ts'
import { seededRandom } from '../../../../scripts/testing/random.ts'
import { hashSecret, newSecret } from '../ids.ts'
import { makeShowtime, plainLayout } from '../testing/factories.ts'
import { checkHoldHistory, type HeardEvent, type HoldAnswer } from '../testing/hold-history.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { extendHold } from './get-hold.ts'
import { hallKeys, seatChannel } from './hold-scripts.ts'
import { holdSeats } from './hold-seats.ts'
import { releaseSeats } from './release-seats.ts'
import { headFromRedis, sellInRedis, snapshotFromRedis } from './seat-holds.ts'
import { parseSeatEvent } from './seat-room.ts'
import { seatIndexes, showtimeSeating } from './showtime-seating.ts'
import { startSweeper } from './sweep-holds.ts'

let ctx: TestContext
let other: TestContext // a second process, whose holds are short
beforeAll(async () => {
  ctx = await testContext()
  other = await testContext({ database: ctx.database, env: { SEAT_LOCK_TTL_MS: '1000' } })
})
afterAll(async () => {
  await other.close()
  await ctx.close()
})

/** A hall with everything that is said about it, from its first step on. */
async function listenedHall() {
  const showtime = await makeShowtime(ctx, { layout: plainLayout(3, 8) })
  const seating = await showtimeSeating(ctx, showtime.id)
  await snapshotFromRedis(ctx, showtime.id)
  const heard: HeardEvent[] = []
  const subscriber = ctx.redis.subscriber()
  subscriber.on('message', (_channel, message) => {
    const event = parseSeatEvent(message)
    if (event) heard.push({ at: Date.now(), event })
  })
  await subscriber.subscribe(seatChannel(ctx, showtime.id))
  return {
    showtimeId: showtime.id,
    seatIds: showtime.seatIds,
    heard,
    indexes: (seatIds: string[]) => seatIndexes(seating, seatIds),
    async allHeard() {
      const head = await headFromRedis(ctx, showtime.id)
      await eventually(() => heard.length >= (head?.seq ?? 0))
      return heard
    },
  }
}

test.each([3, 31, 313])('seed %i: whoever frees a seat held it, or its hold had ended', async (seed) => {
  const next = seededRandom(seed)
  const { showtimeId, seatIds, indexes, allHeard } = await listenedHall()
  const answers: HoldAnswer[] = []
  const sweepers = [ctx, other].map((each) => startSweeper(each))
  const client = async () => {
    const holdToken = newSecret()
    const holder = hashSecret(holdToken)
    for (let step = 0; step < 40; step++) {
      const through = next(2) ? ctx : other
      const from = next(seatIds.length - 3)
      const wish = seatIds.slice(from, from + 1 + next(3))
      const dice = next(20)
      const calledAt = Date.now()
      if (dice < 9) {
        const hold = await holdSeats(through, { showtimeId, seatIds: wish, holdToken }).catch(() => null)
        if (hold)
          answers.push({ call: 'hold', holder, seats: indexes(hold.seatIds), until: Date.parse(hold.expiresAt) })
      } else if (dice < 11) {
        const hold = await extendHold(through, { showtimeId, holdToken }).catch(() => null)
        if (hold)
          answers.push({ call: 'hold', holder, seats: indexes(hold.seatIds), until: Date.parse(hold.expiresAt) })
      } else if (dice < 19) {
        const some = next(2) ? { seatIds: wish } : {}
        const { released } = await releaseSeats(through, { showtimeId, holdToken, ...some })
        answers.push({ call: 'release', holder, seats: indexes(released), calledAt })
      } else if (step > 30) await sellInRedis(through, { showtimeId, seats: indexes(wish.slice(0, 1)) })
      if (next(4) === 0) await new Promise((resolve) => setTimeout(resolve, next(120)))
    }
  }
  await Promise.all(Array.from({ length: 10 }, client))
  await Promise.all(sweepers.map((sweeper) => sweeper.stop()))
  const heard = await allHeard()
  const kinds = new Set(heard.map(({ event }) => event.change.kind))
  expect([...kinds].sort()).toEqual(['freed', 'held', 'sold'])
  expect(heard.length).toBeGreaterThan(50)
  expect(checkHoldHistory(heard, answers)).toEqual([])
})

// The checker must be able to fail: the same history with one guard taken out of the script, or one line out of the record.
describe('negative control', () => {
  const answerOf = (holder: string, seats: number[], hold: { expiresAt: string }): HoldAnswer => ({
    call: 'hold',
    holder,
    seats,
    until: Date.parse(hold.expiresAt),
  })

  test('a release that does not ask whose seat it is', async () => {
    const { showtimeId, allHeard, indexes } = await listenedHall()
    const hold = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
    const thief = await holdSeats(ctx, { showtimeId, seatIds: ['B1'] })
    const source = readFileSync(new URL('scripts/release.lua', import.meta.url), 'utf8')
    const careless = source
      .replace("for seat in string.gmatch(seats, '%d+') do", 'for i = 4, #ARGV do local seat = ARGV[i]')
      .replace("elseif redis.call('HGET', KEYS[1], seat) == holder then", 'else')
    expect(careless).not.toBe(source)
    const asked = [hashSecret(thief.holdToken), seatChannel(ctx, showtimeId), showtimeId, ...indexes(['A1'])]
    const calledAt = Date.now()
    await ctx.redis.run((client) => client.eval(careless, 4, ...hallKeys(ctx, showtimeId), ...asked))
    const problems = checkHoldHistory(await allHeard(), [
      answerOf(hashSecret(hold.holdToken), indexes(['A1']), hold),
      answerOf(hashSecret(thief.holdToken), indexes(['B1']), thief),
      { call: 'release', holder: hashSecret(thief.holdToken), seats: indexes(['A1']), calledAt },
    ])
    expect(problems).toEqual(['step 3: seats 0 came free, and their holder never let go'])
  })

  test('a hold that does not look whether the seat is free', async () => {
    const { showtimeId, allHeard, indexes } = await listenedHall()
    const hold = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
    const source = readFileSync(new URL('scripts/hold.lua', import.meta.url), 'utf8')
    const careless = source.replace('if refused then return refused end', '')
    expect(careless).not.toBe(source)
    const [hash, ends, map, expiries] = hallKeys(ctx, showtimeId)
    const keys = [expiries, hash, ends, map, map]
    const asked = [seatChannel(ctx, ''), 'thief', showtimeId, '170000 480000 0 10 0 0', indexes(['A1']).join()]
    const reply = await ctx.redis.run((client) => client.eval(careless, keys.length, ...keys, ...asked))
    const until = Number(String(reply).split(' ')[1])
    const problems = checkHoldHistory(await allHeard(), [
      answerOf(hashSecret(hold.holdToken), indexes(['A1']), hold),
      { call: 'hold', holder: 'thief', seats: indexes(['A1']), until },
    ])
    expect(problems).toEqual(['step 2: seat 0 was taken from its holder'])
  })

  test('a step that went missing', async () => {
    const { showtimeId, allHeard, indexes } = await listenedHall()
    const holdToken = newSecret()
    const holder = hashSecret(holdToken)
    const answers: HoldAnswer[] = []
    for (const seatId of ['A1', 'B1', 'C1']) {
      const hold = await holdSeats(ctx, { showtimeId, seatIds: [seatId], holdToken })
      answers.push(answerOf(holder, indexes(hold.seatIds), hold))
    }
    const heard = await allHeard()
    expect(checkHoldHistory(heard, answers)).toEqual([])
    expect(checkHoldHistory(heard.toSpliced(1, 1), answers)).toEqual(['step 3 follows step 1'])
  })
})
