// Gateways neither take nor send less than one rupee: what is promised in less could never be kept.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId, newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { quoteWithOffers } from '../offers/quote-with-offers.ts'
import { issueRefund } from '../payments/issue-refund.ts'
import { settleFromGateway } from '../payments/settle-from-gateway.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { makeVoucher } from '../testing/offers.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { cancelSeats } from './cancel-seats.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterEach(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
})
afterAll(() => ctx.close())

const LEAST = 100
const cancel = (bookingId: string, by: 'GUEST' | 'CINEMA', seats: number[] | null = null) =>
  cancelSeats(ctx.pool, { bookingId, userId: null, key: newId(), by, actorId: null, seats })

/** Everything owed goes through at a gateway that refuses less than a rupee. */
async function allSent(bookingIds: string[]) {
  const refunds = await ctx.db.refund.findMany({ where: { capture: { payment: { bookingId: { in: bookingIds } } } } })
  for (const { id } of refunds) await issueRefund(ctx, { refundId: id })
  expect(refunds.filter(({ amountMinor }) => amountMinor < LEAST)).toEqual([])
  return refunds.map(({ amountMinor }) => amountMinor)
}

/** Two seats at ₹250, of which a voucher pays all but so much. */
async function mostlyByVoucher(toPayMinor: number) {
  const user = await makeUser(ctx)
  const actor = { kind: 'user', userId: user.id, role: user.role, jti: newId() } as const
  const { id: showtimeId } = await makeShowtime(ctx)
  const seatIds = ['A1', 'A2']
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds })
  const { code: voucherCode } = await makeVoucher(ctx, (quote?.totalMinor ?? 0) - toPayMinor)
  const asked = { showtimeId, seatIds, voucherCode }
  const priced = await quoteWithOffers(ctx, actor, { ...asked, network: '203.0.113.9' })
  expect(priced.quote.toPayMinor).toBe(toPayMinor)
  const order = { ...asked, holdToken, expectedTotalMinor: toPayMinor, idempotencyKey: newSecret() }
  const { bookingId, orderId } = await startCheckout(ctx, actor, order)
  ctx.gateway.pay(orderId)
  const { id: paymentId } = await ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
  await settleFromGateway(ctx, { paymentId, gatewayOrderId: orderId, learntFrom: 'return' })
  return bookingId
}

describe('paid by a voucher and a little by card', () => {
  test.each([
    [100, [100]],
    [150, [150]],
    [5_000, undefined],
  ])('%i paise by card: seats one by one, then the rest by the cinema', async (byCard, sent) => {
    const bookingId = await mostlyByVoucher(byCard)
    expect(await cancel(bookingId, 'GUEST', [0])).toMatchObject({ outcome: 'CANCELLED', refundMinor: 18_750 })
    expect(await cancel(bookingId, 'CINEMA')).toMatchObject({ outcome: 'CANCELLED', refundMinor: 26_770 })
    const amounts = await allSent([bookingId])
    if (sent) expect(amounts).toEqual(sent)
  })
})

test('of several payments, none sends a part that cannot be sent', async () => {
  // A newer booking charged a little of its price, the one that it was moved from the rest.
  const parts = async (newerMinor: number, refundMinor: number) => {
    const [older, newer] = [await bookSeats(ctx), await bookSeats(ctx)]
    const client = await ctx.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(`UPDATE bookings SET moved_from_id = $2 WHERE id = $1`, [newer.bookingId, older.bookingId])
      await client.query(`UPDATE payment_captures SET amount_minor = $2 WHERE payment_id = $1`, [
        newer.paymentId,
        newerMinor,
      ])
      const given = { bookingId: newer.bookingId, userId: null, key: newId(), actorId: null, seats: null, refundMinor }
      expect(await cancelSeats(client, { ...given, by: 'MOVE' })).toMatchObject({ outcome: 'CANCELLED', refundMinor })
      const { rows } = await client.query<{ amount_minor: number }>(
        `SELECT amount_minor FROM refunds WHERE reason = 'CANCELLED_MOVE' ORDER BY amount_minor`,
      )
      return rows.map((row) => row.amount_minor)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }
  expect(await parts(6_770, 6_770)).toEqual([6_770])
  expect(await parts(6_770, 10_000)).toEqual([3_230, 6_770])
  expect(await parts(6_770, 6_800)).toEqual([100, 6_700])
  expect(await parts(150, 180)).toEqual([180])
  expect(await parts(150, 200)).toEqual([100, 100])
  expect(await parts(60, 180)).toEqual([180])
})
