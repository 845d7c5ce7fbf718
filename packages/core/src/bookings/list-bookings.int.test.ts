import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { newSecret } from '../ids.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { expireBookings } from './expire-bookings.ts'
import { listBookings } from './list-bookings.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const idsOf = async (actor: Actor, when: 'upcoming' | 'past' | 'all') =>
  (await listBookings(ctx, actor, { when, limit: 10, offset: 0 })).items.map(({ id }) => id)

async function unpaidDraft() {
  const [user, showtime] = await Promise.all([makeUser(ctx), makeShowtime(ctx)])
  const actor = { kind: 'user', userId: user.id, role: user.role, jti: '' } as const
  const hold = await holdSeats(ctx, { showtimeId: showtime.id, seatIds: showtime.seatIds.slice(0, 1) })
  const { bookingId } = await startCheckout(ctx, actor, {
    showtimeId: showtime.id,
    seatIds: hold.seatIds,
    holdToken: hold.holdToken,
    expectedTotalMinor: hold.quote?.totalMinor ?? 0,
    idempotencyKey: newSecret(),
  })
  return { user, showtime, actor, bookingId }
}
const runOut = async (bookingId: string) => {
  await ctx.pool.query("UPDATE bookings SET pay_by = now() - interval '1 s' WHERE id = $1", [bookingId])
  await expireBookings(ctx)
}

test('a checkout that ran out goes from Upcoming to Past, and is kept in sight for thirty days', async () => {
  const { actor, bookingId } = await unpaidDraft()
  expect(await idsOf(actor, 'upcoming')).toEqual([bookingId])
  expect(await idsOf(actor, 'past')).toEqual([])
  await runOut(bookingId)
  expect(await idsOf(actor, 'upcoming')).toEqual([])
  const { items, total } = await listBookings(ctx, actor, { when: 'past', limit: 10, offset: 0 })
  expect({ items, total }).toMatchObject({
    total: 1,
    items: [{ id: bookingId, status: 'EXPIRED', money: 'NOT_CHARGED' }],
  })
  expect(await idsOf(actor, 'all')).toEqual([bookingId])

  const age = (days: number) =>
    ctx.pool.query('UPDATE bookings SET created_at = now() - make_interval(days => $2) WHERE id = $1', [
      bookingId,
      days,
    ])
  await age(29)
  expect(await idsOf(actor, 'past')).toEqual([bookingId])
  await age(31)
  expect(await idsOf(actor, 'past')).toEqual([])
  expect(await idsOf(actor, 'all')).toEqual([])
})

test('who bought the show in the end sees that booking only', async () => {
  const { actor, user, showtime, bookingId } = await unpaidDraft()
  await runOut(bookingId)
  const bought = await bookSeats(ctx, { user, showtime, seatIds: showtime.seatIds.slice(2, 4) })
  expect(await idsOf(actor, 'past')).toEqual([])
  expect(await idsOf(actor, 'all')).toEqual([bought.bookingId])
})
