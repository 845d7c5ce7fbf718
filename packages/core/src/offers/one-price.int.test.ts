import type { InvoiceData } from '@marquee/contracts/invoices'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getBooking } from '../bookings/get-booking.ts'
import { cancelSeats } from '../cancellations/cancel-seats.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { issueInvoice } from '../invoices/issue-invoice.ts'
import { receiveWebhook } from '../payments/receive-webhook.ts'
import { resumeCheckout } from '../payments/resume-checkout.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { quoteSeatIds } from '../seats/quote-seat-ids.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { makePromo, makeVoucher } from '../testing/offers.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { quoteWithOffers } from './quote-with-offers.ts'

// One price, end to end: the seat map's number is the card's, the checkout's, the order's at the gateway, the capture's,
// the booking's, the invoice's and the one that comes back.

let main: TestContext
let houses: TestContext[] // the same databases at three rates
beforeAll(async () => {
  main = await testContext()
  const at = (fee: string, tax: string) =>
    testContext({
      database: main.database,
      gateway: main.gateway,
      env: { CONVENIENCE_FEE_PERCENT: fee, FEE_TAX_PERCENT: tax },
    })
  houses = [main, await at('7.35', '12.5'), await at('0', '18')]
}, 30_000)
afterAll(async () => {
  for (const house of houses.toReversed()) await house.close()
})

const Cart = fc.record({
  house: fc.integer({ min: 0, max: 2 }),
  // A cinema may ask for a rupee and no less: that is the least a card can be charged.
  regular: fc.integer({ min: 100, max: 90_000 }),
  premium: fc.integer({ min: 100, max: 150_000 }),
  seats: fc.uniqueArray(fc.integer({ min: 0, max: 47 }), { minLength: 1, maxLength: 8 }),
  promo: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('PERCENT' as const), percent: fc.integer({ min: 1, max: 100 }) }),
      fc.record({
        kind: fc.constant('PERCENT' as const),
        percent: fc.integer({ min: 10, max: 60 }),
        capMinor: fc.integer({ min: 1, max: 20_000 }),
      }),
      fc.record({ kind: fc.constant('FLAT' as const), amountMinor: fc.integer({ min: 1, max: 200_000 }) }),
    ),
  ),
  voucher: fc.option(fc.integer({ min: 100, max: 300_000 })),
})

test('the first number shown is the last one given back, for carts of every kind', { timeout: 120_000 }, async () => {
  const seen = { card: 0, voucherToo: 0, nothing: 0 }
  await fc.assert(
    fc.asyncProperty(Cart, async (given) => {
      const ctx = houses[given.house] ?? main
      const showtime = await makeShowtime(ctx, { prices: { regular: given.regular, premium: given.premium } })
      const { id: userId } = await makeUser(ctx)
      const actor = { kind: 'user', userId, role: 'customer', jti: '' } as const
      const cart = { showtimeId: showtime.id, seatIds: given.seats.map((seat) => showtime.seatIds[seat]!) }
      const promoCode = given.promo ? (await makePromo(ctx, given.promo)).code : undefined
      const voucherCode = given.voucher === null ? undefined : (await makeVoucher(ctx, given.voucher)).code

      // Before anything is held, held, and with codes.
      const first = await quoteSeatIds(ctx, cart)
      const { holdToken, quote: held } = await holdSeats(ctx, cart)
      expect(held).toEqual(first)
      const codes = { ...(promoCode && { promoCode }), ...(voucherCode && { voucherCode }) }
      const ask = () => quoteWithOffers(ctx, actor, { ...cart, ...codes, holdToken, network: '203.0.113.1' })
      const { quote } = await ask()
      if (!promoCode && !voucherCode) expect(quote).toEqual(first)
      const shown = quote.toPayMinor

      // A rupee less or more is refused: nothing else is ever charged.
      const order = { ...cart, ...codes, holdToken, expectedTotalMinor: shown, idempotencyKey: newId() }
      await expect(
        startCheckout(ctx, actor, { ...order, expectedTotalMinor: shown + 100, idempotencyKey: newId() }),
      ).rejects.toMatchObject({ code: 'PRICE_CHANGED' })

      const checkout = await startCheckout(ctx, actor, order)
      expect(checkout.breakdown).toEqual(quote)
      expect(checkout.amountMinor).toBe(shown)
      if (shown > 0) {
        expect((await resumeCheckout(ctx, actor, checkout)).breakdown).toEqual(quote)
        expect((await ask()).quote).toEqual(quote) // its own draft has not spent the codes
        expect(ctx.gateway.orders.get(checkout.orderId)).toMatchObject({ amountMinor: shown, currency: 'INR' })
        const { webhook } = ctx.gateway.pay(checkout.orderId)
        expect(
          await receiveWebhook(ctx, {
            gateway: 'fake',
            rawBody: webhook.body,
            signature: webhook.signature,
            eventId: newId(),
          }),
        ).toEqual({ outcome: 'BOOKED' })
      } else expect(checkout.orderId).toBe('')

      const booking = await getBooking(ctx, actor, checkout)
      expect(booking).toMatchObject({ status: 'CONFIRMED', money: 'PAID' })
      expect(booking.quote).toEqual(quote)
      const captures = await ctx.db.paymentCapture.findMany({ where: { payment: { bookingId: booking.id } } })
      expect(captures.map((capture) => capture.amountMinor)).toEqual([shown])

      // On paper.
      const { id } = await issueInvoice(ctx, { bookingId: booking.id })
      const invoice = (await ctx.db.invoice.findUniqueOrThrow({ where: { id } })).data as InvoiceData
      expect(invoice.totalMinor).toBe(quote.totalMinor)
      expect(invoice.paid.reduce((sum, way) => sum + way.amountMinor, 0)).toBe(quote.totalMinor)
      expect(invoice.paid.find((way) => way.by.startsWith('Paid online'))?.amountMinor ?? 0).toBe(shown)

      // And back, when the cinema cancels: everything, each rupee the way it came.
      const back = await cancelSeats(ctx.pool, {
        bookingId: booking.id,
        userId: null,
        key: 'the-cinema',
        by: 'CINEMA',
        actorId: null,
        seats: null,
      })
      expect(back).toMatchObject({
        outcome: 'CANCELLED',
        refundMinor: quote.totalMinor,
        toVoucherMinor: quote.voucherMinor,
      })
      const refunds = await ctx.db.refund.findMany({ where: { capture: { payment: { bookingId: booking.id } } } })
      expect(refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)).toBe(shown)
      seen[shown === 0 ? 'nothing' : quote.voucherMinor > 0 ? 'voucherToo' : 'card'] += 1
    }),
    {
      numRuns: 60,
      examples: [
        [{ house: 0, regular: 25_000, premium: 35_000, seats: [0, 1], promo: null, voucher: null }],
        [{ house: 1, regular: 24_999, premium: 33_333, seats: [0, 47, 23], promo: null, voucher: 4_321 }],
        [{ house: 0, regular: 100, premium: 100, seats: [0], promo: { kind: 'PERCENT', percent: 99 }, voucher: null }],
        [
          {
            house: 0,
            regular: 25_000,
            premium: 100,
            seats: [5],
            promo: { kind: 'FLAT', amountMinor: 24_950 },
            voucher: 200,
          },
        ],
        [{ house: 0, regular: 25_000, premium: 100, seats: [5], promo: null, voucher: 26_769 }],
        [{ house: 2, regular: 25_000, premium: 100, seats: [5], promo: null, voucher: 300_000 }],
      ],
    },
  )
  // The three ends of a cart were all there, or this proved less than it says.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(1)
  expect((await checkInvariants(main)).violations).toEqual([])
})
