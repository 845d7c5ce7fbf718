import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashSecret, newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { holdInPostgres } from './degraded-holds.ts'
import { hallKeys } from './hold-scripts.ts'
import { holdSeats } from './hold-seats.ts'
import { markSeatsSold } from './mark-seats-sold.ts'
import { recoverDegradedHolds } from './recover-degraded-holds.ts'
import { headFromRedis, snapshotFromRedis } from './seat-holds.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(async () => {
  expect((await checkInvariants(ctx, { quiet: true })).violations).toEqual([])
  await ctx.close()
})

/** A sale whose mark a Redis lost that went on without it: a replica that took over, an older file. */
async function forgottenSale() {
  const { bookingId, showtime } = await bookSeats(ctx, { seatIds: ['A1', 'A2'] })
  await markSeatsSold(ctx, { bookingId })
  const [hash, , map] = hallKeys(ctx, showtime.id)
  await ctx.redis.run((client) => client.hdel(hash, '0', '1'))
  await ctx.redis.run((client) => client.setrange(map, 0, '00'))
  return showtime
}
const shown = async (showtimeId: string) => (await snapshotFromRedis(ctx, showtimeId)).map.slice(0, 3)

test('the first guest who is refused at the till is the last who was let in', async () => {
  const { id: showtimeId } = await forgottenSale()
  const user = await makeUser(ctx)
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['A1', 'A3'] })
  const order = { showtimeId, seatIds: ['A1', 'A3'], expectedTotalMinor: quote?.totalMinor ?? 0, holdToken }
  await expect(
    startCheckout(
      ctx,
      { kind: 'user', userId: user.id, role: 'customer', jti: '' },
      { ...order, idempotencyKey: newId() },
    ),
  ).rejects.toMatchObject({ code: 'SEATS_TAKEN', details: { seatIds: ['A1'] } })
  expect(await shown(showtimeId)).toBe('201')
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['A1'] })).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  await recoverDegradedHolds(ctx)
})

test('a Redis that is back is told of every sale to come, and cold halls stay cold', async () => {
  const { id: showtimeId } = await forgottenSale()
  const cold = await bookSeats(ctx)
  await ctx.redis.run((client) => client.del(...hallKeys(ctx, cold.showtime.id).slice(0, 3)))
  await recoverDegradedHolds(ctx)
  expect(await shown(showtimeId)).toBe('220')
  expect(await headFromRedis(ctx, cold.showtime.id)).toBeNull()
})

test('a seat that changes hands begins its time anew', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await holdInPostgres(ctx, { showtimeId, holder: 'earlier', seats: [0], mostSeats: 10 })
  await ctx.pool.query(
    `UPDATE seat_claims SET held_since = now() - interval '2 hours', expires_at = now() - interval '1 minute' WHERE showtime_id = $1`,
    [showtimeId],
  )
  const user = await makeUser(ctx)
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  await startCheckout(
    ctx,
    { kind: 'user', userId: user.id, role: 'customer', jti: '' },
    { showtimeId, seatIds: ['A1'], expectedTotalMinor: quote?.totalMinor ?? 0, holdToken, idempotencyKey: newId() },
  )
  const { heldSince } = await ctx.db.seatClaim.findFirstOrThrow({ where: { showtimeId } })
  expect(Date.now() - heldSince.getTime()).toBeLessThan(60_000)
  const holder = hashSecret(holdToken)
  expect(await holdInPostgres(ctx, { showtimeId, holder, seats: [1], mostSeats: 10 })).toMatchObject({ kind: 'held' })
  await ctx.redis.run((client) => client.flushdb())
})
