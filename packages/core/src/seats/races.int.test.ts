import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDraft } from '../bookings/open-draft.ts'
import { hashSecret, newId, newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { settlePayment } from '../payments/settle-payment.ts'
import { makeShowtime, makeUser, plainLayout } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { withoutClaims } from '../testing/without-claims.ts'
import { holdSeats } from './hold-seats.ts'
import { quoteSelection } from './hold-view.ts'
import { releaseSeats } from './release-seats.ts'
import { snapshotFromRedis } from './seat-holds.ts'
import { seatIndexes, showtimeSeating } from './showtime-seating.ts'

let processes: TestContext[] // three API processes on one Postgres and one Redis
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { DATABASE_POOL: '20' } })
  processes = [ctx, await testContext({ database: ctx.database }), await testContext({ database: ctx.database })]
})
afterAll(async () => {
  for (const each of processes.toReversed()) await each.close()
})

const processOf = (i: number) => processes[i % processes.length] ?? ctx
/** The same figures on each run, printed when one fails. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return state % below
  }
}

async function claim(through: TestContext, userId: string, showtimeId: string, seatIds: string[], holdToken: string) {
  const seating = await showtimeSeating(through, showtimeId)
  const seats = seatIndexes(seating, seatIds)
  return openDraft(through, {
    userId,
    email: 'guest@example.com',
    idempotencyKey: newId(),
    seating,
    holder: hashSecret(holdToken),
    seats,
    quote: quoteSelection(through, seating, seats),
    payBy: new Date(Date.now() + 60_000),
  })
}
/** As many accounts as buyers: one may have three unpaid drafts only. */
async function manyUsers(count: number): Promise<string[]> {
  const users = Array.from({ length: count }, () => ({ id: newId(), name: 'Buyer' }))
  await ctx.db.user.createMany({ data: users })
  return users.map((user) => user.id)
}
const won = <T>(results: PromiseSettledResult<T>[]) =>
  results.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []))
const lost = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((r) => (r.status === 'rejected' ? [r.reason] : []))

describe('200 buyers, one seat', () => {
  test.each(Array.from({ length: 10 }, (_, round) => round))('round %i: one holds, 199 are told so', async () => {
    const { id: showtimeId } = await makeShowtime(ctx)
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => holdSeats(processOf(i), { showtimeId, seatIds: ['F4'] })),
    )
    expect(won(results)).toHaveLength(1)
    for (const reason of lost(results))
      expect(reason).toMatchObject({ code: 'SEATS_TAKEN', details: { seatIds: ['F4'] } })
  })

  test('ten rounds without any hold before: Postgres lets one pay', async () => {
    for (let round = 0; round < 10; round++) {
      const users = await manyUsers(200)
      const { id: showtimeId } = await makeShowtime(ctx)
      const results = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) => claim(processOf(i), users[i] ?? '', showtimeId, ['A1'], newSecret())),
      )
      expect(won(results)).toHaveLength(1)
      for (const reason of lost(results)) expect(reason).toMatchObject({ code: 'SEATS_TAKEN' })
    }
  })
})

describe('100 buyers, random overlapping groups', () => {
  test.each([11, 23, 47])('seed %i: no seat held twice, no group held in part', async (seed) => {
    const { id: showtimeId, seatIds } = await makeShowtime(ctx, { layout: plainLayout(4, 10) })
    const next = random(seed)
    const wishes = Array.from({ length: 100 }, () => {
      const from = next(seatIds.length)
      return [
        ...new Set(
          Array.from({ length: 1 + next(5) }, (_, i) => seatIds[(from + i * (1 + next(3))) % seatIds.length] ?? 'A1'),
        ),
      ]
    })
    const results = await Promise.allSettled(
      wishes.map((wish, i) => holdSeats(processOf(i), { showtimeId, seatIds: wish })),
    )
    const held = won(results)
    const all = held.flatMap((hold) => hold.seatIds)
    expect(new Set(all).size).toBe(all.length)
    const { map } = await snapshotFromRedis(ctx, showtimeId)
    expect(map.split('1').length - 1).toBe(all.length)
    const wished = wishes.map((wish) => wish.toSorted().join())
    for (const hold of held) expect(wished).toContain(hold.seatIds.toSorted().join())
    for (const reason of lost(results)) expect(reason).toMatchObject({ code: 'SEATS_TAKEN' })
  })

  test.each([5, 71])('seed %i: claims and captures at once end with every seat sold once', async (seed) => {
    const users = await manyUsers(100)
    const { id: showtimeId, seatIds } = await makeShowtime(ctx, { layout: plainLayout(4, 10) })
    const next = random(seed)
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, async (_, i) => {
        const from = next(seatIds.length)
        const wish = [
          ...new Set(Array.from({ length: 1 + next(4) }, (_, k) => seatIds[(from + k) % seatIds.length] ?? 'A1')),
        ]
        const { bookingId } = await claim(processOf(i), users[i] ?? '', showtimeId, wish, newSecret())
        const payment = await ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
        const capture = { gatewayPaymentId: `pay_${payment.id}`, amountMinor: payment.amountMinor, currency: 'INR' }
        const outcomes = await Promise.all(
          [0, 1, 2].map((k) =>
            settlePayment(processOf(i + k), { paymentId: payment.id, capture, learntFrom: 'reconciler' }),
          ),
        )
        expect(new Set(outcomes)).toEqual(new Set(['BOOKED']))
        return wish
      }),
    )
    for (const reason of lost(results)) expect(reason).toMatchObject({ code: 'SEATS_TAKEN' })
    const sold = await ctx.db.ticket.count({ where: { showtimeId } })
    expect(sold).toBe(won(results).flat().length)
    expect((await checkInvariants(ctx)).violations).toEqual([])
  })
})

test('holding and letting go at full speed leaves no trace', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const hold = await holdSeats(processOf(i), { showtimeId, seatIds: ['A1', 'A2'] }).catch(() => null)
      if (hold) await releaseSeats(processOf(i + 1), { showtimeId, holdToken: hold.holdToken })
    }),
  )
  const { map, held } = await snapshotFromRedis(ctx, showtimeId)
  expect(map).not.toContain('1')
  expect(held).toEqual([])
})

// Without a control that fails, the tests above would prove nothing but that the harness is slow.
describe('negative control: with the guard taken away the auditor fails', () => {
  test('no unique keys and claims that ignore their holder: seats are sold twice, and it says so', async () => {
    const bare = await testContext()
    try {
      await withoutClaims(bare)
      const user = await makeUser(bare)
      const { id: showtimeId } = await makeShowtime(bare)
      await Promise.all(
        [1, 2].map(async () => {
          const { bookingId } = await claim(bare, user.id, showtimeId, ['A1'], newSecret())
          const payment = await bare.db.payment.findFirstOrThrow({ where: { bookingId } })
          const capture = { gatewayPaymentId: `pay_${payment.id}`, amountMinor: payment.amountMinor, currency: 'INR' }
          await settlePayment(bare, { paymentId: payment.id, capture, learntFrom: 'return' })
        }),
      )
      const { violations } = await checkInvariants(bare)
      expect(violations.filter((v) => v.invariant === 'I1').length).toBeGreaterThan(0)
    } finally {
      await bare.close()
    }
  })
})
