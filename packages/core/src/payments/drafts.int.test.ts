import { GatewayError } from '@marquee/providers/payments/gateway'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { abandonCheckout } from '../bookings/abandon-checkout.ts'
import { getBooking } from '../bookings/get-booking.ts'
import { openDraft } from '../bookings/open-draft.ts'
import type { Actor } from '../context.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { hallKeys } from '../seats/hold-scripts.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { quoteSelection } from '../seats/hold-view.ts'
import { releaseSeats } from '../seats/release-seats.ts'
import { snapshotFromRedis } from '../seats/seat-holds.ts'
import { showtimeSeating } from '../seats/showtime-seating.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { createGatewayOrder } from './create-gateway-order.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { startCheckout } from './start-checkout.ts'

// A draft from its first minute to its last: what it keeps, for how long, and what it costs.
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterEach(async () => {
  ctx.gateway.failWith(null)
  expect((await checkInvariants(ctx, { quiet: true })).violations).toEqual([])
})
afterAll(() => ctx.close())

const aGuest = async (through = ctx): Promise<Actor> => ({
  kind: 'user',
  userId: (await makeUser(through)).id,
  role: 'customer',
  jti: newId(),
})
async function hold(showtimeId: string, seatIds: string[], holdToken?: string) {
  const held = await holdSeats(ctx, { showtimeId, seatIds, holdToken })
  const { holdToken: token, quote } = held
  return { showtimeId, seatIds, holdToken: token, expectedTotalMinor: quote?.totalMinor ?? 0, idempotencyKey: newId() }
}
async function start(seatIds = ['A1']) {
  const { id: showtimeId } = await makeShowtime(ctx)
  const actor = await aGuest()
  const order = await hold(showtimeId, seatIds)
  return { showtimeId, actor, order, checkout: await startCheckout(ctx, actor, order) }
}
const claims = (showtimeId: string) =>
  ctx.db.seatClaim.findMany({ where: { showtimeId }, select: { seat: true, state: true }, orderBy: { seat: 'asc' } })
const shown = async (showtimeId: string) => (await snapshotFromRedis(ctx, showtimeId)).map.slice(0, 3)
const pay = (orderId: string) => {
  const { webhook } = ctx.gateway.pay(orderId)
  return receiveWebhook(ctx, {
    gateway: 'fake',
    rawBody: webhook.body,
    signature: webhook.signature,
    eventId: newId(),
  })
}

describe('letting go of seats that were about to be paid for', () => {
  test('ends the draft: free on the screens and free at the till', async () => {
    const { showtimeId, actor, order, checkout } = await start(['A1', 'A2'])
    const { released } = await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken })
    expect(released).toEqual(['A1', 'A2'])
    expect([await shown(showtimeId), await claims(showtimeId)]).toEqual(['000', []])
    expect(await getBooking(ctx, actor, { bookingId: checkout.bookingId })).toMatchObject({ status: 'EXPIRED' })
    const next = await hold(showtimeId, ['A1'])
    await expect(startCheckout(ctx, await aGuest(), next)).resolves.toMatchObject({
      amountMinor: next.expectedTotalMinor,
    })
  })

  test('one of two: the draft ends, the other seat stays held', async () => {
    const { showtimeId, actor, order, checkout } = await start(['A1', 'A2'])
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken, seatIds: ['A1'] })
    expect([await shown(showtimeId), await claims(showtimeId)]).toEqual(['010', [{ seat: 1, state: 'HELD' }]])
    expect(await getBooking(ctx, actor, { bookingId: checkout.bookingId })).toMatchObject({ status: 'EXPIRED' })
    const rest = { ...order, seatIds: ['A2'], expectedTotalMinor: 26_770, idempotencyKey: newId() }
    await expect(startCheckout(ctx, actor, rest)).resolves.toMatchObject({ amountMinor: 26_770 })
  })

  test('a seat the draft does not want leaves it alone', async () => {
    const { showtimeId, actor, order, checkout } = await start(['A1'])
    await holdSeats(ctx, { showtimeId, seatIds: ['A2'], holdToken: order.holdToken })
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken, seatIds: ['A2'] })
    expect(await getBooking(ctx, actor, { bookingId: checkout.bookingId })).toMatchObject({ status: 'PENDING' })
    expect(await claims(showtimeId)).toEqual([{ seat: 0, state: 'PAYING' }])
  })

  test('money that comes for it all the same finds its seats, or goes back', async () => {
    const { showtimeId, actor, order, checkout } = await start()
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken })
    const other = await startCheckout(ctx, await aGuest(), await hold(showtimeId, ['A1']))
    expect(await pay(checkout.orderId)).toEqual({ outcome: 'REFUND_DUE' })
    expect(await getBooking(ctx, actor, { bookingId: checkout.bookingId })).toMatchObject({ money: 'REFUND_STARTED' })
    expect(other.bookingId).not.toBe(checkout.bookingId)
  })

  test('a claim that is paid for and shown as free is a violation once all is quiet', async () => {
    const { showtimeId, order } = await start()
    const [hash, ends, map] = hallKeys(ctx, showtimeId)
    await ctx.redis.run((client) => client.setrange(map, 0, '0'))
    const { violations } = await checkInvariants(ctx, { quiet: true })
    expect(violations).toEqual([{ invariant: 'I6', detail: expect.stringContaining('shown free') }])
    await ctx.redis.run((client) => client.del(hash, ends, map))
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken })
  })
})

test('letting go and holding again, draft after draft, does not keep a seat for ever', async () => {
  const { showtimeId, actor, order, checkout } = await start()
  const aged = (by: string) =>
    ctx.pool.query(`UPDATE bookings SET kept_since = kept_since - $2::interval WHERE showtime_id = $1`, [
      showtimeId,
      by,
    ])
  const again = async () => {
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken })
    return startCheckout(ctx, actor, await hold(showtimeId, ['A1'], order.holdToken))
  }
  await aged('7 minutes')
  await again()
  await aged('7 minutes')
  const current = await again()
  // Two windows of eight minutes and two of grace are the end of it, whoever holds the token.
  expect(Date.parse(current.payBy) - Date.now()).toBeLessThanOrEqual(4 * 60_000)
  await aged('5 minutes')
  await expect(again()).rejects.toMatchObject({ code: 'HOLD_LIMIT', details: { seatIds: ['A1'] } })
  expect([await shown(showtimeId), await claims(showtimeId)]).toEqual(['000', []]) // and it is everybody's again
  // Free for a minute, and it may be had again.
  await ctx.pool.query(`UPDATE bookings SET pay_by = pay_by - interval '3 minutes' WHERE showtime_id = $1`, [
    showtimeId,
  ])
  await expect(again()).resolves.toMatchObject({ amountMinor: checkout.amountMinor })
})

describe('a key whose booking is over', () => {
  test('given up: gone, not something to pay', async () => {
    const { actor, order, checkout } = await start()
    await abandonCheckout(ctx, actor, { bookingId: checkout.bookingId })
    await expect(startCheckout(ctx, actor, order)).rejects.toMatchObject({ code: 'HOLD_GONE' })
  })

  test('run out, swept or not', async () => {
    const { actor, order, checkout } = await start()
    await ctx.pool.query(`UPDATE bookings SET pay_by = now() - interval '1 second' WHERE id = $1`, [checkout.bookingId])
    await expect(startCheckout(ctx, actor, order)).rejects.toMatchObject({ code: 'HOLD_GONE' })
    await releaseSeats(ctx, { showtimeId: order.showtimeId, holdToken: order.holdToken })
  })

  test('no order is opened for it any more, by nobody', async () => {
    const { id: showtimeId } = await makeShowtime(ctx)
    const actor = await aGuest()
    const order = await hold(showtimeId, ['A1'])
    ctx.gateway.failWith(new GatewayError('away', true, 500))
    await expect(startCheckout(ctx, actor, order)).rejects.toMatchObject({ code: 'GATEWAY_UNAVAILABLE' })
    ctx.gateway.failWith(null)
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken })
    const before = ctx.gateway.calls.createOrder
    await expect(startCheckout(ctx, actor, order)).rejects.toMatchObject({ code: 'HOLD_GONE' })
    const payment = await ctx.db.payment.findFirstOrThrow({ where: { booking: { showtimeId } } })
    expect(await createGatewayOrder(ctx, { paymentId: payment.id })).toBeNull()
    expect(ctx.gateway.calls.createOrder).toBe(before)
  })

  test('run out and paid late: the guest is told of that booking', async () => {
    const { actor, order, checkout } = await start()
    await releaseSeats(ctx, { showtimeId: order.showtimeId, holdToken: order.holdToken })
    await startCheckout(ctx, await aGuest(), await hold(order.showtimeId, ['A1']))
    await pay(checkout.orderId)
    expect(await startCheckout(ctx, actor, order)).toMatchObject({ bookingId: checkout.bookingId })
  })
})

test('a price that fell since the draft: the guest pays what is shown', async () => {
  const { showtimeId, actor, order, checkout } = await start()
  await ctx.pool.query('UPDATE showtime_seats SET price_minor = 10000 WHERE showtime_id = $1', [showtimeId])
  const other = await testContext({ database: ctx.database, gateway: ctx.gateway }) // a process that reads the new price
  try {
    const { quote } = await holdSeats(other, { showtimeId, seatIds: ['A1'], holdToken: order.holdToken })
    const shownNow = quote?.totalMinor ?? 0
    expect(shownNow).toBeLessThan(checkout.amountMinor)
    const next = await startCheckout(other, actor, { ...order, expectedTotalMinor: shownNow, idempotencyKey: newId() })
    expect(next.amountMinor).toBe(shownNow)
    expect(await getBooking(other, actor, { bookingId: checkout.bookingId })).toMatchObject({ status: 'EXPIRED' })
    expect(await ctx.db.seatClaim.findMany({ where: { showtimeId }, select: { bookingId: true } })).toEqual([
      { bookingId: next.bookingId },
    ])
  } finally {
    await other.close()
  }
})

test('late money of an older draft does not take a seat from the newer one of the same hold', async () => {
  const { actor, order, checkout: older } = await start()
  const other = await aGuest()
  const newer = await startCheckout(ctx, other, { ...order, idempotencyKey: newId() })
  expect(await pay(older.orderId)).toEqual({ outcome: 'REFUND_DUE' })
  expect(await pay(newer.orderId)).toEqual({ outcome: 'BOOKED' })
  expect(await getBooking(ctx, other, { bookingId: newer.bookingId })).toMatchObject({ status: 'CONFIRMED' })
  expect(await getBooking(ctx, actor, { bookingId: older.bookingId })).toMatchObject({ money: 'REFUND_STARTED' })
  await ctx.redis.run((client) => client.flushdb()) // the sale is nobody's job here
})

test('a changed mind that meets a taken seat leaves the older draft as it was', async () => {
  const { showtimeId, actor, order, checkout } = await start(['A1'])
  const rival = await hold(showtimeId, ['A2'])
  await startCheckout(ctx, await aGuest(), rival)
  const [hash, ends, map] = hallKeys(ctx, showtimeId)
  await ctx.pool.query(`UPDATE seat_claims SET expires_at = expires_at + interval '1 hour' WHERE showtime_id = $1`, [
    showtimeId,
  ])
  await ctx.redis.run((client) => client.del(hash, ends, map))
  const wish = { ...order, seatIds: ['A1', 'A2'], expectedTotalMinor: 53_540, idempotencyKey: newId() }
  await expect(startCheckout(ctx, actor, wish)).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  expect(await pay(checkout.orderId)).toEqual({ outcome: 'BOOKED' })
  await ctx.redis.run((client) => client.flushdb())
})

test('a changed mind that meets a seat taken off sale leaves the older draft as it was', async () => {
  const { showtimeId, actor, order, checkout } = await start(['A1'])
  const wider = await holdSeats(ctx, { showtimeId, seatIds: ['A2'], holdToken: order.holdToken })
  await ctx.pool.query('UPDATE showtime_seats SET blocked = true WHERE showtime_id = $1 AND seat = 1', [showtimeId])
  const expectedTotalMinor = wider.quote?.totalMinor ?? 0
  const wish = { ...order, seatIds: ['A1', 'A2'], expectedTotalMinor, idempotencyKey: newId() }
  await expect(startCheckout(ctx, actor, wish)).rejects.toMatchObject({
    code: 'SEATS_TAKEN',
    details: { seatIds: ['A2'] },
  })
  expect(await pay(checkout.orderId)).toEqual({ outcome: 'BOOKED' })
  await ctx.redis.run((client) => client.flushdb())
})

test('whoever comes too late for a seat is refused in Postgres by one look, and nothing is written', async () => {
  const { showtimeId } = await start(['A1', 'A2'])
  const [seating, actor] = [await showtimeSeating(ctx, showtimeId), await aGuest()]
  await ctx.pool.query('UPDATE showtime_seats SET blocked = true WHERE showtime_id = $1 AND seat = 2', [showtimeId])
  const client = await ctx.pool.connect()
  try {
    await client.query('BEGIN')
    const late = openDraft(
      { ...ctx, pool: client as never },
      {
        userId: actor.kind === 'user' ? actor.userId : '',
        email: 'late@marquee.example',
        idempotencyKey: newId(),
        seating,
        holder: 'late',
        seats: [1, 2],
        quote: quoteSelection(ctx, seating, [1, 2]),
        payBy: new Date(Date.now() + 480_000),
      },
    )
    await expect(late).rejects.toMatchObject({ code: 'SEATS_TAKEN', details: { seatIds: ['A2', 'A3'] } })
    const { rows } = await client.query('SELECT pg_current_xact_id_if_assigned() AS written')
    expect(rows).toEqual([{ written: null }])
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('a key that booked these very seats gets its booking again, also when the hold it came from is lost', async () => {
  const { showtimeId, actor, order, checkout } = await start(['A1', 'A2'])
  const seating = await showtimeSeating(ctx, showtimeId)
  const again = openDraft(ctx, {
    userId: actor.kind === 'user' ? actor.userId : '',
    email: 'again@marquee.example',
    idempotencyKey: order.idempotencyKey,
    seating,
    holder: 'another hold',
    seats: [0, 1],
    quote: quoteSelection(ctx, seating, [0, 1]),
    payBy: new Date(Date.now() + 480_000),
  })
  await expect(again).resolves.toEqual({ bookingId: checkout.bookingId })
})

describe('unpaid drafts of one account', () => {
  test('three at most, however many are asked for at once', async () => {
    const actor = await aGuest()
    const halls = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => makeShowtime(ctx)))
    const orders = await Promise.all(halls.map(({ id }) => hold(id, ['A1'])))
    const results = await Promise.allSettled(orders.map((order) => startCheckout(ctx, actor, order)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3)
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'HOLD_LIMIT', message: expect.stringContaining('three') })
    // One given up makes room, under the key that was refused.
    const open = results.findIndex((result) => result.status === 'fulfilled')
    const refused = results.findIndex((result) => result.status === 'rejected')
    const first = results[open]
    if (first?.status !== 'fulfilled') throw new Error('none was opened')
    await abandonCheckout(ctx, actor, { bookingId: first.value.bookingId })
    await expect(startCheckout(ctx, actor, orders[refused]!)).resolves.toMatchObject({ currency: 'INR' })
  })

  test('a changed mind is not one more', async () => {
    const actor = await aGuest()
    const orders = []
    for (let i = 0; i < 3; i++) {
      const order = await hold((await makeShowtime(ctx)).id, ['A1', 'A2'])
      await startCheckout(ctx, actor, order)
      orders.push(order)
    }
    const wish = { ...orders[2]!, seatIds: ['A1'], expectedTotalMinor: 26_770, idempotencyKey: newId() }
    await expect(startCheckout(ctx, actor, wish)).resolves.toMatchObject({ amountMinor: 26_770 })
  })
})
