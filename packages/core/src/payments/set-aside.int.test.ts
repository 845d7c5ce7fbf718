import { GatewayError } from '@marquee/providers/payments/gateway'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getBooking } from '../bookings/get-booking.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { checkPayment } from './check-payment.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { startCheckout } from './start-checkout.ts'
import { verifyReturn } from './verify-return.ts'

// Money that the bank set aside and nobody has taken yet: what becomes of it, by whichever way we hear of it.

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
  await ctx.close()
})

async function checkout() {
  const user = await makeUser(ctx)
  const actor = { kind: 'user', userId: user.id, role: 'customer', jti: newId() } as const
  const { id: showtimeId } = await makeShowtime(ctx)
  const seatIds = ['E1', 'E2']
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds })
  const order = { showtimeId, seatIds, expectedTotalMinor: quote?.totalMinor ?? 0, holdToken, idempotencyKey: newId() }
  const { bookingId, orderId } = await startCheckout(ctx, actor, order)
  const { id: paymentId } = await ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
  return { actor, bookingId, orderId, paymentId, look: () => getBooking(ctx, actor, { bookingId }) }
}
type It = Awaited<ReturnType<typeof checkout>>
type Paid = ReturnType<TestContext['gateway']['pay']>

const lapse = (it: It) =>
  ctx.pool.query(`UPDATE bookings SET pay_by = now() - interval '1 minute' WHERE id = $1`, [it.bookingId])
const atGateway = (paid: Paid) => ctx.gateway.payments.find((payment) => payment.paymentId === paid.paymentId)?.status

/** The three ways we hear of it. */
const WAYS: [string, (it: It, paid: Paid) => Promise<unknown>][] = [
  [
    'the webhook',
    async (it, { webhook: { body: rawBody, signature } }) => {
      const message = { gateway: 'fake', rawBody, signature, eventId: newId() }
      expect(await receiveWebhook(ctx, message)).toEqual({ outcome: 'CHECK_ASKED' })
      expect(await receiveWebhook(ctx, { ...message, eventId: newId() })).toEqual({ outcome: 'CHECK_ASKED' })
      const asked = await ctx.db.outboxEvent.findMany({
        where: { topic: 'payment.check', payload: { equals: { paymentId: it.paymentId } } },
      })
      expect(asked).toHaveLength(1)
      await checkPayment(ctx, { paymentId: it.paymentId })
    },
  ],
  [
    'the browser',
    (it, paid) =>
      verifyReturn(ctx, it.actor, {
        razorpay_order_id: paid.orderId,
        razorpay_payment_id: paid.paymentId,
        razorpay_signature: paid.signature,
      }),
  ],
  [
    'the reconciler',
    async (it) => {
      await ctx.pool.query(`UPDATE payments SET created_at = now() - interval '1 minute' WHERE id = $1`, [it.paymentId])
      await reconcilePayments(ctx)
    },
  ],
]

test.each(WAYS)('%s: seats still kept, so it is taken and booked', async (_name, hear) => {
  const it = await checkout()
  const paid = ctx.gateway.pay(it.orderId, { status: 'authorized' })
  await hear(it, paid)
  expect(atGateway(paid)).toBe('captured')
  expect(await it.look()).toMatchObject({ status: 'CONFIRMED', money: 'PAID' })
  const asked = ctx.gateway.calls.capture
  await checkPayment(ctx, { paymentId: it.paymentId })
  expect(ctx.gateway.calls.capture).toBe(asked)
})

test.each(WAYS)('%s: seats let go, so it is not taken, and the guest is told', async (_name, hear) => {
  const it = await checkout()
  const paid = ctx.gateway.pay(it.orderId, { status: 'authorized' })
  await lapse(it)
  await hear(it, paid)
  expect(atGateway(paid)).toBe('authorized')
  expect(await it.look()).toMatchObject({ money: 'NOT_CHARGED', moneySetAside: true })
  expect(await ctx.db.paymentCapture.count({ where: { payment: { bookingId: it.bookingId } } })).toBe(0)
})

test('two attempts set aside: one is taken, the other is left to go back', async () => {
  const it = await checkout()
  const [one, two] = [1, 2].map(() => ctx.gateway.pay(it.orderId, { status: 'authorized' })) as [Paid, Paid]
  await checkPayment(ctx, { paymentId: it.paymentId })
  expect([atGateway(one), atGateway(two)]).toEqual(['captured', 'authorized'])
  expect(await it.look()).toMatchObject({ status: 'CONFIRMED', money: 'PAID' })
})

test('another amount than ordered is not taken', async () => {
  const it = await checkout()
  const paid = ctx.gateway.pay(it.orderId, { status: 'authorized', amountMinor: 100 })
  await checkPayment(ctx, { paymentId: it.paymentId })
  expect(atGateway(paid)).toBe('authorized')
})

test('the gateway does not answer: nothing is lost, the job comes again', async () => {
  const it = await checkout()
  ctx.gateway.pay(it.orderId, { status: 'authorized' })
  ctx.gateway.failWith(new GatewayError('away', true))
  await expect(checkPayment(ctx, { paymentId: it.paymentId })).rejects.toThrow('away')
  ctx.gateway.failWith(null)
  await checkPayment(ctx, { paymentId: it.paymentId })
  expect(await it.look()).toMatchObject({ status: 'CONFIRMED' })
})

test('failed, then set aside after all: taken and booked', async () => {
  const it = await checkout()
  const paid = ctx.gateway.pay(it.orderId, { status: 'failed' })
  const { body: rawBody, signature } = paid.webhook
  await receiveWebhook(ctx, { gateway: 'fake', rawBody, signature, eventId: newId() })
  const payment = ctx.gateway.payments.find((known) => known.paymentId === paid.paymentId)
  if (payment) payment.status = 'authorized'
  await checkPayment(ctx, { paymentId: it.paymentId })
  expect(await it.look()).toMatchObject({ status: 'CONFIRMED', money: 'PAID' })
})

test('a second payment whose message was lost is found on a settled order, and goes back', async () => {
  const it = await checkout()
  const { body: rawBody, signature } = ctx.gateway.pay(it.orderId).webhook
  await receiveWebhook(ctx, { gateway: 'fake', rawBody, signature, eventId: newId() })
  const second = ctx.gateway.pay(it.orderId)
  await reconcilePayments(ctx)
  expect(await ctx.db.paymentCapture.count({ where: { gatewayPaymentId: second.paymentId } })).toBe(0)
  await ctx.pool.query(`UPDATE payments SET created_at = now() - interval '11 minutes' WHERE id = $1`, [it.paymentId])
  await reconcilePayments(ctx)
  expect(await ctx.db.refund.findFirst({ where: { capture: { gatewayPaymentId: second.paymentId } } })).toMatchObject({
    reason: 'PAID_TWICE',
  })
  const asked = ctx.gateway.calls.fetchPayments
  await reconcilePayments(ctx)
  expect(ctx.gateway.calls.fetchPayments).toBe(asked)
})

test('a gateway that is away is left in peace, and who was not asked comes first when it is back', async () => {
  const them = await Promise.all(Array.from({ length: 5 }, checkout))
  for (const it of them) ctx.gateway.pay(it.orderId)
  await ctx.pool.query(`UPDATE payments SET created_at = now() - interval '1 minute' WHERE id = ANY ($1)`, [
    them.map(({ paymentId }) => paymentId),
  ])
  ctx.gateway.failWith(new GatewayError('away', true))
  const asked = ctx.gateway.calls.fetchPayments
  await reconcilePayments(ctx)
  expect(ctx.gateway.calls.fetchPayments - asked).toBe(3)
  ctx.gateway.failWith(null)
  expect(await reconcilePayments(ctx)).toMatchObject({ settled: 2 })
})

test('a bank that answers after four days is still heard, one after six is not asked any more', async () => {
  const [late, over] = [await checkout(), await checkout()]
  for (const [it, days] of [
    [late, 4],
    [over, 6],
  ] as const) {
    ctx.gateway.pay(it.orderId)
    await ctx.pool.query(`UPDATE payments SET created_at = now() - $2 * interval '1 day' WHERE id = $1`, [
      it.paymentId,
      days,
    ])
  }
  await reconcilePayments(ctx)
  expect(await late.look()).toMatchObject({ status: 'CONFIRMED' })
  expect(await over.look()).toMatchObject({ status: 'PENDING' })
})

test('one attempt set aside, a later one taken: nothing is taken twice', async () => {
  const it = await checkout()
  const first = ctx.gateway.pay(it.orderId, { status: 'authorized' })
  const second = ctx.gateway.pay(it.orderId)
  await checkPayment(ctx, { paymentId: it.paymentId })
  expect([atGateway(first), atGateway(second)]).toEqual(['authorized', 'captured'])
  const refunds = await ctx.db.refund.count({ where: { capture: { paymentId: it.paymentId } } })
  expect(refunds).toBe(0)
  expect(await it.look()).toMatchObject({ status: 'CONFIRMED', money: 'PAID' })
})
