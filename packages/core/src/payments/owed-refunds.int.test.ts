import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getBooking } from '../bookings/get-booking.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { issueRefund } from './issue-refund.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { startCheckout } from './start-checkout.ts'

// Money that is owed back, at a gateway that says no, or says nothing for long.
let ctx: TestContext
const errors: string[] = []
beforeAll(async () => {
  ctx = await testContext()
  ctx.log.error = (...said: unknown[]) => void errors.push(String(said.at(-1)))
})
afterAll(() => ctx.close())
beforeEach(async () => {
  await ctx.pool.query('DELETE FROM refunds')
  errors.length = 0
  ctx.gateway.refundsBecome('processed')
})

const deliver = ({ body, signature }: { body: Buffer; signature: string }) =>
  receiveWebhook(ctx, { gateway: 'fake', rawBody: body, signature, eventId: newId() })
const refundOf = (id: string) => ctx.db.refund.findUniqueOrThrow({ where: { id } })
const later = (id: string, by: string) =>
  ctx.pool.query(
    `UPDATE refunds SET created_at = created_at - $2::interval, updated_at = updated_at - $2::interval, checked_at = checked_at - $2::interval WHERE id = $1`,
    [id, by],
  )
const refundProblems = async () =>
  (await checkInvariants(ctx)).violations.filter((v) => /refund (that )?failed|failed refund/.test(v.detail))
/** What the gateway says of the refund it was last asked for. */
async function sayFailed(id: string) {
  const { gatewayRefundId } = await refundOf(id)
  if (!gatewayRefundId) throw new Error('the gateway was not asked')
  const told = ctx.gateway.refunds.find((refund) => refund.refundId === gatewayRefundId)
  if (told) told.status = 'failed'
  await deliver(
    ctx.gateway.sign({
      kind: 'refund',
      type: 'refund.failed',
      refundId: gatewayRefundId,
      paymentId: told?.paymentId ?? '',
      status: 'failed',
    }),
  )
}

/** Paid after all, when the showtime was over: the money is owed back. */
async function owed(count = 1) {
  const user = await makeUser(ctx)
  const actor = { kind: 'user', userId: user.id, role: user.role, jti: '' } as const
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const { orderId, bookingId } = await startCheckout(ctx, actor, {
    showtimeId,
    seatIds: ['A1'],
    expectedTotalMinor: quote?.totalMinor ?? 0,
    holdToken,
    idempotencyKey: newId(),
  })
  await ctx.pool.query(`UPDATE showtimes SET status = 'CANCELLED' WHERE id = $1`, [showtimeId])
  for (let i = 0; i < count; i++) await deliver(ctx.gateway.pay(orderId).webhook)
  const refunds = await ctx.db.refund.findMany({ where: { capture: { payment: { bookingId } } } })
  return { actor, bookingId, ids: refunds.map((refund) => refund.id), id: refunds[0]?.id ?? '' }
}

test('a refund that failed is said aloud, asked for anew under another key, and ends processed', async () => {
  const { actor, bookingId, id } = await owed()
  ctx.gateway.refundsBecome('pending')
  await issueRefund(ctx, { refundId: id })
  await sayFailed(id)
  expect(await refundOf(id)).toMatchObject({ state: 'FAILED', attempt: 1 })
  expect(errors).toEqual([expect.stringContaining('refund failed')])
  expect(await getBooking(ctx, actor, { bookingId })).toMatchObject({ money: 'REFUND_STARTED' })

  const asked = () => ctx.gateway.calls.refund
  const before = asked()
  await reconcilePayments(ctx)
  await issueRefund(ctx, { refundId: id })
  expect(asked()).toBe(before) // not at once: the bank gets its time
  await later(id, '6 minutes')
  ctx.gateway.refundsBecome('processed')
  await reconcilePayments(ctx)
  expect(await refundOf(id)).toMatchObject({ state: 'PROCESSED', attempt: 2 })
  expect(ctx.gateway.refunds.slice(-2).map((refund) => refund.status)).toEqual(['failed', 'processed'])
  expect(await getBooking(ctx, actor, { bookingId })).toMatchObject({ money: 'REFUNDED' })
  expect(await refundProblems()).toEqual([])
})

test('five attempts, then it is somebody’s work and the auditor says so', async () => {
  const { actor, bookingId, id } = await owed()
  ctx.gateway.refundsBecome('pending')
  await issueRefund(ctx, { refundId: id })
  for (let attempt = 1; attempt <= 5; attempt++) {
    expect(await refundOf(id)).toMatchObject({ attempt })
    await sayFailed(id)
    if (attempt < 5) expect(await refundProblems()).toEqual([])
    await later(id, '140 minutes')
    await reconcilePayments(ctx)
  }
  expect(await refundOf(id)).toMatchObject({ state: 'FAILED', attempt: 5 })
  expect(errors.at(-1)).toContain('by hand')
  expect(await refundProblems()).toEqual([{ invariant: 'I2', detail: expect.stringContaining(id) }])
  expect(await getBooking(ctx, actor, { bookingId })).toMatchObject({ money: 'REFUND_STARTED' })
})

test('a failed refund that nobody asks for anew is seen', async () => {
  const { id } = await owed()
  ctx.gateway.refundsBecome('pending')
  await issueRefund(ctx, { refundId: id })
  await sayFailed(id)
  await later(id, '4 hours')
  expect(await refundProblems()).toEqual([{ invariant: 'I2', detail: expect.stringContaining(id) }])
})

test('an answer to an earlier attempt does not name a later one', async () => {
  const { id } = await owed()
  await ctx.db.refund.update({ where: { id }, data: { state: 'FAILED' } })
  await issueRefund(ctx, { refundId: id })
  expect(await refundOf(id)).toMatchObject({ state: 'FAILED', gatewayRefundId: null })
})

test('sixty refunds that stay pending keep nobody else from theirs', async () => {
  ctx.gateway.refundsBecome('pending')
  const slow = await owed(60)
  for (const id of slow.ids) await issueRefund(ctx, { refundId: id })
  await ctx.pool.query(
    `UPDATE refunds SET updated_at = updated_at - interval '1 day', created_at = created_at - interval '1 day'`,
  )
  const next = await owed()
  await later(next.id, '2 minutes')
  ctx.gateway.refundsBecome('processed')
  await reconcilePayments(ctx)
  await reconcilePayments(ctx)
  expect(await refundOf(next.id)).toMatchObject({ state: 'PROCESSED' })
  // All have been looked at by now, and are left alone for a while.
  const before = ctx.gateway.calls.refund
  await reconcilePayments(ctx)
  expect(ctx.gateway.calls.refund).toBe(before)
})

test('part of a payment, pending for days: it goes back once, though the gateway has forgotten the key by then', async () => {
  const { id } = await owed()
  await ctx.pool.query('UPDATE refunds SET amount_minor = 1000 WHERE id = $1', [id])
  ctx.gateway.refundsBecome('pending')
  await issueRefund(ctx, { refundId: id })
  ctx.gateway.forgetKeys()
  await later(id, '1 day')
  await reconcilePayments(ctx)
  const { gatewayRefundId } = await refundOf(id)
  const made = ctx.gateway.refunds.filter((refund) => refund.key === id)
  expect(made.map((refund) => refund.refundId)).toEqual([gatewayRefundId])
  made[0]!.status = 'processed'
  await later(id, '1 day')
  await reconcilePayments(ctx)
  expect(await refundOf(id)).toMatchObject({ state: 'PROCESSED', attempt: 1 })
})

test('two reconcilers share the work', async () => {
  const { ids } = await owed(20)
  for (const id of ids) await later(id, '2 minutes')
  const before = ctx.gateway.calls.refund
  await Promise.all([reconcilePayments(ctx), reconcilePayments(ctx)])
  expect(ctx.gateway.calls.refund - before).toBe(20)
  expect(await ctx.db.refund.count({ where: { state: 'PROCESSED' } })).toBe(20)
})

test('a repeated message of a refund is heard, though its first hearing was cut short', async () => {
  const { paymentId } = await bookSeats(ctx)
  expect(paymentId).toBeTruthy()
  const { id } = await owed()
  ctx.gateway.refundsBecome('pending')
  await issueRefund(ctx, { refundId: id })
  const { gatewayRefundId } = await refundOf(id)
  const message = ctx.gateway.sign({
    kind: 'refund',
    type: 'refund.processed',
    refundId: gatewayRefundId ?? '',
    paymentId: '',
    status: 'processed',
  })
  const hear = (through: TestContext) =>
    receiveWebhook(through, { gateway: 'fake', rawBody: message.body, signature: message.signature, eventId: 'same' })
  const dying = {
    ...ctx,
    crashPoint: (step: string) => {
      if (step === 'settle:after-commit') throw new Error('killed')
    },
  }
  await expect(hear(dying)).rejects.toThrow('killed')
  expect(await refundOf(id)).toMatchObject({ state: 'PENDING' })
  expect(await hear(ctx)).toEqual({ outcome: 'DUPLICATE' })
  expect(await refundOf(id)).toMatchObject({ state: 'PROCESSED' })
})
