import { GatewayError } from '@marquee/providers/payments/gateway'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId, newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { issueRefund } from './issue-refund.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { startCheckout } from './start-checkout.ts'

// A gateway that answers "no" is there. One order it does not know must not keep others from their money.
let ctx: TestContext
const errors: string[] = []
beforeAll(async () => {
  ctx = await testContext()
  ctx.log.error = (...said: unknown[]) => void errors.push(String(said.at(-1)))
})
afterAll(() => ctx.close())
beforeEach(async () => {
  await ctx.pool.query('DELETE FROM refunds')
  await ctx.pool.query(`UPDATE payments SET created_at = now() - interval '9 days'`)
})

/** A booking of which a refund is owed, so long ago that the reconciler looks after it. */
async function owed() {
  const sale = await bookSeats(ctx)
  const { captures } = await ctx.db.payment.findUniqueOrThrow({
    where: { id: sale.paymentId },
    include: { captures: true },
  })
  const { id } = await ctx.db.refund.create({
    data: { id: newId(), captureId: captures[0]!.id, amountMinor: 1_000, reason: 'CANCELLED_GUEST' },
  })
  await ctx.pool.query(
    `UPDATE refunds SET created_at = created_at - interval '9 minutes', updated_at = updated_at - interval '9 minutes'`,
  )
  return { ...sale, id }
}

/** An order that nobody paid, and that the reconciler asks about. */
async function openOrder() {
  const user = await makeUser(ctx)
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const actor = { kind: 'user', userId: user.id, role: user.role, jti: '' } as const
  const expectedTotalMinor = quote?.totalMinor ?? 0
  const asked = { showtimeId, seatIds: ['A1'], expectedTotalMinor, holdToken, idempotencyKey: newSecret() }
  const { orderId } = await startCheckout(ctx, actor, asked)
  await ctx.pool.query(`UPDATE payments SET created_at = now() - interval '1 minute' WHERE gateway_order_id = $1`, [
    orderId,
  ])
  return orderId
}

async function refusing<T>(error: GatewayError, act: () => Promise<T>): Promise<T> {
  const { fetchPayments } = ctx.gateway
  ctx.gateway.fetchPayments = async () => {
    ctx.gateway.calls.fetchPayments++
    throw error
  }
  return act().finally(() => {
    ctx.gateway.fetchPayments = fetchPayments
  })
}

test('orders that the gateway does not know hold up no refund; a gateway that is away is left alone', async () => {
  const { id } = await owed()
  for (let n = 0; n < 4; n++) await openOrder()
  const asked = ctx.gateway.calls.fetchPayments
  const away = new GatewayError('the payment gateway did not answer', true)
  expect(await refusing(away, () => reconcilePayments(ctx))).toEqual({ settled: 0, refunds: 0 })
  expect(ctx.gateway.calls.fetchPayments).toBe(asked + 3)

  await ctx.pool.query('UPDATE payments SET checked_at = NULL')
  const unknown = new GatewayError('the id does not exist', false, 400)
  expect(await refusing(unknown, () => reconcilePayments(ctx))).toEqual({ settled: 0, refunds: 1 })
  expect(await ctx.db.refund.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'PROCESSED' })
})

test('three refunds that are refused do not keep the fourth from being asked for', async () => {
  const refunds = [await owed(), await owed(), await owed(), await owed()]
  for (const { paymentId } of refunds.slice(0, 3))
    await ctx.pool.query(
      `UPDATE payment_captures SET gateway_payment_id = 'pay_unknown_' || id WHERE payment_id = $1`,
      [paymentId],
    )
  await ctx.pool.query(`UPDATE refunds SET checked_at = CASE WHEN id = $1 THEN now() - interval '5 minutes' END`, [
    refunds[3]!.id,
  ])
  expect(await reconcilePayments(ctx)).toEqual({ settled: 0, refunds: 1 })
  expect(await ctx.db.refund.findUniqueOrThrow({ where: { id: refunds[3]!.id } })).toMatchObject({ state: 'PROCESSED' })
})

test('money taken by another gateway is not asked of this one, and the auditor sees that it is owed', async () => {
  const { id, paymentId } = await owed()
  await ctx.pool.query(`UPDATE payments SET gateway = 'earlier' WHERE id = $1`, [paymentId])
  const asked = ctx.gateway.calls.refund
  await issueRefund(ctx, { refundId: id })
  expect(await reconcilePayments(ctx)).toEqual({ settled: 0, refunds: 0 })
  expect(ctx.gateway.calls.refund).toBe(asked)
  expect(errors.at(-1)).toContain('another gateway')
  await ctx.pool.query(`UPDATE refunds SET created_at = created_at - interval '1 hour' WHERE id = $1`, [id])
  expect((await checkInvariants(ctx)).violations).toContainEqual({
    invariant: 'I2',
    detail: expect.stringContaining(id),
  })
})
