import { GatewayError } from '@marquee/providers/payments/gateway'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { abandonCheckout } from '../bookings/abandon-checkout.ts'
import { expireBookings } from '../bookings/expire-bookings.ts'
import { getBooking } from '../bookings/get-booking.ts'
import { listBookings } from '../bookings/list-bookings.ts'
import type { Actor } from '../context.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { markSeatsSold } from '../seats/mark-seats-sold.ts'
import { snapshotFromRedis } from '../seats/seat-holds.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { issueRefund } from './issue-refund.ts'
import { noteRefund } from './note-refund.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { resumeCheckout } from './resume-checkout.ts'
import { startCheckout } from './start-checkout.ts'
import { verifyReturn } from './verify-return.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
  await ctx.close()
})

const actorOf = (userId: string): Actor => ({ kind: 'user', userId, role: 'customer', jti: newId() })

async function checkout(seatIds = ['E1', 'E2']) {
  const user = await makeUser(ctx)
  const actor = actorOf(user.id)
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds })
  const order = { showtimeId, seatIds, expectedTotalMinor: quote?.totalMinor ?? 0, holdToken, idempotencyKey: newId() }
  return { actor, showtimeId, order, checkout: await startCheckout(ctx, actor, order) }
}
const back = (paid: { orderId: string; paymentId: string; signature: string }) => ({
  razorpay_order_id: paid.orderId,
  razorpay_payment_id: paid.paymentId,
  razorpay_signature: paid.signature,
})
const webhook = (paid: { webhook: { body: Buffer; signature: string } }, eventId = newId()) =>
  receiveWebhook(ctx, { gateway: 'fake', rawBody: paid.webhook.body, signature: paid.webhook.signature, eventId })
/** The payment window closes: what an hour does to a draft and its claims. */
async function close(bookingId: string) {
  await ctx.pool.query(`UPDATE bookings SET pay_by = now() - interval '1 minute' WHERE id = $1`, [bookingId])
  await ctx.pool.query(`UPDATE seat_claims SET expires_at = now() - interval '1 minute' WHERE booking_id = $1`, [
    bookingId,
  ])
}
const endClaims = async (bookingId: string) => {
  await close(bookingId)
  await expireBookings(ctx)
}

test('the price shown is the price asked for, and the gateway is asked for no other', async () => {
  const { checkout: it } = await checkout()
  expect(it.amountMinor).toBe(74_956)
  expect(it.breakdown.totalMinor).toBe(it.amountMinor)
  expect(ctx.gateway.orders.get(it.orderId)?.amountMinor).toBe(it.amountMinor)
})

test('another price than the server’s is refused before anything is claimed', async () => {
  const user = await makeUser(ctx)
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const order = { showtimeId, seatIds: ['A1'], expectedTotalMinor: 1, holdToken, idempotencyKey: newId() }
  await expect(startCheckout(ctx, actorOf(user.id), order)).rejects.toMatchObject({ code: 'PRICE_CHANGED' })
  expect(await ctx.db.seatClaim.count({ where: { showtimeId } })).toBe(0)
})

test('browser, webhook and reconciler, each several times: one booking, tickets for its seats', async () => {
  const { actor, showtimeId, checkout: it } = await checkout()
  const paid = ctx.gateway.pay(it.orderId)
  const answers = await Promise.all([
    webhook(paid, 'event-1'),
    verifyReturn(ctx, actor, back(paid)),
    webhook(paid, 'event-1'),
    verifyReturn(ctx, actor, back(paid)),
    webhook(paid, 'event-2'),
  ])
  expect(answers.filter((a) => 'money' in a)).toEqual([
    { bookingId: it.bookingId, money: 'PAID' },
    { bookingId: it.bookingId, money: 'PAID' },
  ])
  expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
    status: 'CONFIRMED',
    money: 'PAID',
    refundReason: null,
  })
  expect(
    await ctx.db.ticket.findMany({ where: { showtimeId }, select: { label: true }, orderBy: { seat: 'asc' } }),
  ).toEqual([{ label: 'E1' }, { label: 'E2' }])
  expect(await ctx.db.outboxEvent.count({ where: { key: `booking.confirmed:${it.bookingId}` } })).toBe(1)
  await markSeatsSold(ctx, { bookingId: it.bookingId })
  await markSeatsSold(ctx, { bookingId: it.bookingId })
  expect((await snapshotFromRedis(ctx, showtimeId)).map.slice(32, 34)).toBe('22')
})

describe('a payment that is not proved books nothing', () => {
  test.each([
    ['another signature', (p: ReturnType<typeof back>) => ({ ...p, razorpay_signature: 'a'.repeat(64) })],
    ['the signature of another payment', (p: ReturnType<typeof back>) => ({ ...p, razorpay_payment_id: 'pay_other' })],
  ])('%s', async (_name, forge) => {
    const { actor, checkout: it } = await checkout()
    const paid = ctx.gateway.pay(it.orderId, { status: 'failed' })
    await expect(verifyReturn(ctx, actor, forge(back(paid)))).rejects.toMatchObject({ code: 'BAD_SIGNATURE' })
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'PENDING',
      money: 'NOT_CHARGED',
    })
  })

  test('a signed return of a payment the gateway has not captured is confirming, not booked', async () => {
    const { actor, checkout: it } = await checkout()
    const paid = ctx.gateway.pay(it.orderId, { status: 'created' })
    expect(await verifyReturn(ctx, actor, back(paid))).toEqual({ bookingId: it.bookingId, money: 'CONFIRMING' })
  })

  test.each([
    ['no signature', undefined],
    ['a wrong one', 'b'.repeat(64)],
  ])('a webhook with %s changes nothing and is not kept', async (_name, signature) => {
    const { actor, checkout: it } = await checkout()
    const paid = ctx.gateway.pay(it.orderId)
    const before = await ctx.db.webhookEvent.count()
    await expect(
      receiveWebhook(ctx, { gateway: 'fake', rawBody: paid.webhook.body, signature, eventId: newId() }),
    ).rejects.toMatchObject({ code: 'BAD_SIGNATURE' })
    expect(await ctx.db.webhookEvent.count()).toBe(before)
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({ status: 'PENDING' })
    await webhook(paid)
  })

  test('a changed body under an old signature', async () => {
    const { checkout: it } = await checkout()
    const paid = ctx.gateway.pay(it.orderId)
    const rawBody = Buffer.from(paid.webhook.body.toString().replace(String(it.amountMinor), '1'))
    await expect(
      receiveWebhook(ctx, { gateway: 'fake', rawBody, signature: paid.webhook.signature, eventId: newId() }),
    ).rejects.toMatchObject({ code: 'BAD_SIGNATURE' })
    await webhook(paid)
  })

  test('somebody else’s order is not found', async () => {
    const { checkout: it } = await checkout()
    const stranger = await makeUser(ctx)
    const paid = ctx.gateway.pay(it.orderId)
    await expect(verifyReturn(ctx, actorOf(stranger.id), back(paid))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(getBooking(ctx, actorOf(stranger.id), { bookingId: it.bookingId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(abandonCheckout(ctx, actorOf(stranger.id), { bookingId: it.bookingId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await listBookings(ctx, actorOf(stranger.id), { when: 'all', limit: 10, offset: 0 })).items).toEqual([])
    await webhook(paid)
  })
})

describe('once, however often it is asked', () => {
  test('a double click, a retry and a second tab are one booking and one order', async () => {
    const { actor, order, checkout: first } = await checkout()
    const again = await Promise.all([
      startCheckout(ctx, actor, order),
      startCheckout(ctx, actor, order),
      startCheckout(ctx, actor, { ...order, idempotencyKey: newId() }),
      startCheckout(ctx, actor, { ...order, idempotencyKey: newId() }),
    ])
    const told = ({ now: _, ...rest }: typeof first) => rest // all but the server's clock
    for (const each of again) expect(told(each)).toEqual(told(first))
    expect(await ctx.db.booking.count({ where: { userId: actor.kind === 'user' ? actor.userId : '' } })).toBe(1)
  })

  test('the key of one order does not open another', async () => {
    const { actor, order } = await checkout(['E1', 'E2'])
    const { quote } = await holdSeats(ctx, {
      showtimeId: order.showtimeId,
      seatIds: ['E3'],
      holdToken: order.holdToken,
    })
    const other = { ...order, seatIds: ['E3'], expectedTotalMinor: Math.round((quote?.totalMinor ?? 0) / 3) }
    await expect(startCheckout(ctx, actor, { ...other, expectedTotalMinor: 37_478 })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('both tabs pay: one booking stands, the second payment goes back', async () => {
    const { actor, checkout: it } = await checkout()
    const [one, two] = [ctx.gateway.pay(it.orderId), ctx.gateway.pay(it.orderId)]
    await Promise.all([webhook(one), webhook(two), verifyReturn(ctx, actor, back(two))])
    const captures = await ctx.db.paymentCapture.findMany({
      where: { payment: { bookingId: it.bookingId } },
      include: { refunds: true },
    })
    expect(captures.map((c) => c.outcome).sort()).toEqual(['BOOKED', 'REFUND_DUE'])
    expect(captures.flatMap((c) => c.refunds.map((r) => r.reason))).toEqual(['PAID_TWICE'])
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'CONFIRMED',
      money: 'PAID',
    })
  })

  test('a changed mind ends the older draft and lets go of what the newer one leaves out', async () => {
    const { actor, order, checkout: first } = await checkout(['E1', 'E2'])
    const second = await startCheckout(ctx, actor, {
      ...order,
      seatIds: ['E2'],
      expectedTotalMinor: 37_478,
      idempotencyKey: newId(),
    })
    expect(second.bookingId).not.toBe(first.bookingId)
    expect(
      await ctx.db.seatClaim.findMany({ where: { showtimeId: order.showtimeId }, select: { bookingId: true } }),
    ).toEqual([{ bookingId: second.bookingId }])
    // Both are paid after all: the newer has the seat, the older money goes back.
    await webhook(ctx.gateway.pay(second.orderId))
    await webhook(ctx.gateway.pay(first.orderId))
    expect(await getBooking(ctx, actor, { bookingId: first.bookingId })).toMatchObject({
      status: 'EXPIRED',
      money: 'REFUND_STARTED',
    })
    expect(await getBooking(ctx, actor, { bookingId: second.bookingId })).toMatchObject({ status: 'CONFIRMED' })
  })
})

describe('late money', () => {
  test('the same seats, while they are still free', async () => {
    const { actor, checkout: it } = await checkout()
    await endClaims(it.bookingId)
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'EXPIRED',
      money: 'NOT_CHARGED',
    })
    await webhook(ctx.gateway.pay(it.orderId))
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'CONFIRMED',
      money: 'PAID',
    })
  })

  test('gone: one refund, asked for once however often it runs, and the guest is told why', async () => {
    const { actor, showtimeId, checkout: it } = await checkout(['E1'])
    await endClaims(it.bookingId)
    await ctx.redis.run((client) => client.flushdb())
    const other = await makeUser(ctx)
    const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['E1'] })
    const theirs = await startCheckout(ctx, actorOf(other.id), {
      showtimeId,
      seatIds: ['E1'],
      expectedTotalMinor: quote?.totalMinor ?? 0,
      holdToken,
      idempotencyKey: newId(),
    })
    await webhook(ctx.gateway.pay(theirs.orderId))
    const paid = ctx.gateway.pay(it.orderId)
    expect(await webhook(paid)).toEqual({ outcome: 'REFUND_DUE' })
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'EXPIRED',
      money: 'REFUND_STARTED',
      refundReason: expect.stringContaining('somebody else'),
    })

    const refund = await ctx.db.refund.findFirstOrThrow({ where: { capture: { gatewayPaymentId: paid.paymentId } } })
    await Promise.all([1, 2, 3].map(() => issueRefund(ctx, { refundId: refund.id })))
    expect(ctx.gateway.refunds.filter((r) => r.paymentId === paid.paymentId)).toEqual([
      expect.objectContaining({ amountMinor: it.amountMinor }),
    ])
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({ money: 'REFUNDED' })
    await noteRefund(ctx, { gatewayRefundId: ctx.gateway.refunds.at(-1)?.refundId ?? '', status: 'pending' })
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({ money: 'REFUNDED' })
    expect(await ctx.db.outboxEvent.count({ where: { key: `refund.mail:${refund.id}` } })).toBe(1)
    expect((await listBookings(ctx, actor, { when: 'all', limit: 10, offset: 0 })).items.map((b) => b.id)).toEqual([
      it.bookingId,
    ])
  })

  test.each(Array.from({ length: 8 }, (_, i) => i))(
    'expiry against payment, at once (%i): a booking or a refund, never neither',
    async () => {
      const { actor, showtimeId, checkout: it } = await checkout(['E1'])
      await close(it.bookingId)
      await ctx.redis.run((client) => client.flushdb())
      const paid = ctx.gateway.pay(it.orderId)
      await Promise.allSettled([
        expireBookings(ctx),
        webhook(paid),
        holdSeats(ctx, { showtimeId, seatIds: ['E1'] }),
        expireBookings(ctx),
      ])
      const { status, money } = await getBooking(ctx, actor, { bookingId: it.bookingId })
      expect(['CONFIRMED PAID', 'EXPIRED REFUND_STARTED']).toContain(`${status} ${money}`)
      expect((await checkInvariants(ctx)).violations).toEqual([])
    },
  )

  test('another amount than ordered goes back', async () => {
    const { actor, checkout: it } = await checkout()
    await webhook(ctx.gateway.pay(it.orderId, { amountMinor: 100 }))
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'EXPIRED',
      money: 'REFUND_STARTED',
    })
  })

  test('a payment the gateway gave back by itself books nothing', async () => {
    const { actor, checkout: it } = await checkout()
    const paid = ctx.gateway.pay(it.orderId, { status: 'refunded' })
    await webhook(paid)
    await verifyReturn(ctx, actor, back(paid))
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({
      status: 'PENDING',
      money: 'NOT_CHARGED',
    })
  })

  test('failed, then captured after all: booked', async () => {
    const { actor, checkout: it } = await checkout()
    expect(await webhook(ctx.gateway.pay(it.orderId, { status: 'failed' }))).toEqual({ outcome: 'FAILED_NOTED' })
    await webhook(ctx.gateway.pay(it.orderId))
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({ status: 'CONFIRMED' })
  })
})

describe('when parts are away', () => {
  test('the tab was closed and every webhook lost: the reconciler finds the money', async () => {
    const { actor, checkout: it } = await checkout()
    ctx.gateway.pay(it.orderId)
    await ctx.pool.query(`UPDATE payments SET created_at = now() - interval '2 minutes' WHERE booking_id = $1`, [
      it.bookingId,
    ])
    expect((await reconcilePayments(ctx)).settled).toBeGreaterThan(0)
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({ status: 'CONFIRMED' })
  })

  test('the gateway is away: the guest is told nothing was charged, and the same key goes on when it is back', async () => {
    const user = await makeUser(ctx)
    const { id: showtimeId } = await makeShowtime(ctx)
    const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
    const order = {
      showtimeId,
      seatIds: ['A1'],
      expectedTotalMinor: quote?.totalMinor ?? 0,
      holdToken,
      idempotencyKey: newId(),
    }
    ctx.gateway.failWith(new GatewayError('connect ECONNREFUSED', true))
    await expect(startCheckout(ctx, actorOf(user.id), order)).rejects.toMatchObject({ code: 'GATEWAY_UNAVAILABLE' })
    ctx.gateway.failWith(null)
    const it = await startCheckout(ctx, actorOf(user.id), order)
    expect(await resumeCheckout(ctx, actorOf(user.id), { bookingId: it.bookingId })).toMatchObject({
      orderId: it.orderId,
    })
    expect(await ctx.db.booking.count({ where: { userId: user.id } })).toBe(1)
  })

  test('the return comes while the gateway does not answer: confirming, then settled by the webhook', async () => {
    const { actor, checkout: it } = await checkout()
    const paid = ctx.gateway.pay(it.orderId)
    ctx.gateway.failWith(new GatewayError('timeout', true))
    expect(await verifyReturn(ctx, actor, back(paid))).toEqual({ bookingId: it.bookingId, money: 'CONFIRMING' })
    ctx.gateway.failWith(null)
    await webhook(paid)
    expect(await getBooking(ctx, actor, { bookingId: it.bookingId })).toMatchObject({ money: 'PAID' })
  })

  test('a signed message for an order we never made is kept and changes nothing', async () => {
    const message = ctx.gateway.sign({
      kind: 'payment',
      type: 'payment.captured',
      payment: { paymentId: 'pay_x', orderId: 'order_x', status: 'captured', amountMinor: 5, currency: 'INR' },
    })
    expect(
      await receiveWebhook(ctx, {
        gateway: 'fake',
        rawBody: message.body,
        signature: message.signature,
        eventId: newId(),
      }),
    ).toEqual({ outcome: 'UNKNOWN_ORDER' })
  })
})

test('giving up a draft frees its claims, and its seats can be booked again at once', async () => {
  const { actor, order, checkout: it } = await checkout(['E1'])
  await abandonCheckout(ctx, actor, { bookingId: it.bookingId })
  await abandonCheckout(ctx, actor, { bookingId: it.bookingId })
  await expect(resumeCheckout(ctx, actor, { bookingId: it.bookingId })).rejects.toMatchObject({ code: 'HOLD_GONE' })
  const next = await startCheckout(ctx, actor, { ...order, idempotencyKey: newId() })
  expect(next.bookingId).not.toBe(it.bookingId)
})

test('nobody books without signing in', async () => {
  const order = {
    showtimeId: newId(),
    seatIds: ['A1'],
    expectedTotalMinor: 1,
    holdToken: 'x'.repeat(43),
    idempotencyKey: newId(),
  }
  await expect(startCheckout(ctx, { kind: 'anonymous' }, order)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})
