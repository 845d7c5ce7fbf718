import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueRefund } from '../payments/issue-refund.ts'
import { settlePayment } from '../payments/settle-payment.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { mailRefund } from './mail-refund.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

test('money paid twice: one mail that says what goes back, why, and that the booking stands', async () => {
  const { bookingId, paymentId, user } = await bookSeats(ctx)
  const { gatewayOrderId } = await ctx.db.payment.findUniqueOrThrow({ where: { id: paymentId } })
  const second = ctx.gateway.pay(gatewayOrderId ?? '')
  const { totalMinor } = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })
  const capture = { gatewayPaymentId: second.paymentId, amountMinor: totalMinor, currency: 'INR' }
  expect(await settlePayment(ctx, { paymentId, capture, learntFrom: 'return' })).toBe('REFUND_DUE')
  const refund = await ctx.db.refund.findFirstOrThrow({ where: { capture: { paymentId } } })
  await issueRefund(ctx, { refundId: refund.id })

  const event = await ctx.db.outboxEvent.findFirstOrThrow({ where: { topic: 'refund.mail' } })
  expect(event.payload).toEqual({ refundId: refund.id })
  await mailRefund(ctx, { refundId: refund.id })
  await mailRefund(ctx, { refundId: refund.id })
  const mails = ctx.mail.sent.filter((mail) => mail.to === user.email)
  expect(mails).toHaveLength(1)
  const amount = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' }).format(totalMinor / 100)
  expect(mails[0]?.subject).toContain(amount)
  for (const words of ['paid twice', 'Your booking itself stands', `/bookings/${bookingId}`])
    expect(mails[0]?.text).toContain(words)
})
