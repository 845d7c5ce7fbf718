import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../../../scripts/testing/eventually.ts'
import { abandonCheckout } from '../bookings/abandon-checkout.ts'
import { expireBookings } from '../bookings/expire-bookings.ts'
import { getBooking } from '../bookings/get-booking.ts'
import { openDraft } from '../bookings/open-draft.ts'
import { cancelBooking } from '../cancellations/cancel-booking.ts'
import type { Actor } from '../context.ts'
import { hashSecret, newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { receiveWebhook } from '../payments/receive-webhook.ts'
import { resumeCheckout } from '../payments/resume-checkout.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import type { Reductions } from '../pricing/quote-seats.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { quoteSelection } from '../seats/hold-view.ts'
import { releaseSeats } from '../seats/release-seats.ts'
import { seatIndexes, showtimeSeating } from '../seats/showtime-seating.ts'
import { makeMovie, makeShowtime, makeUser } from '../testing/factories.ts'
import { makePromo, makeVoucher } from '../testing/offers.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { changePromo } from './change-promo.ts'
import { createPromo } from './create-promo.ts'
import { listPromos } from './list-promos.ts'
import { quoteWithOffers } from './quote-with-offers.ts'
import { voucherBalance } from './voucher-balance.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { DATABASE_POOL: '20' } })
})
afterEach(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
})
afterAll(() => ctx.close())

const network = '203.0.113.7'
const aGuest = async (): Promise<Actor & { kind: 'user' }> => ({
  kind: 'user',
  userId: (await makeUser(ctx)).id,
  role: 'customer',
  jti: newId(),
})
type Codes = { promoCode?: string; voucherCode?: string }

/** Seats held and priced with these codes, ready for checkout. Two seats of ₹250 unless said otherwise. */
async function cart(codes: Codes = {}, given: { showtimeId?: string; seatIds?: string[]; actor?: Actor } = {}) {
  const showtimeId = given.showtimeId ?? (await makeShowtime(ctx)).id
  const seatIds = given.seatIds ?? ['A1', 'A2']
  const actor = given.actor ?? (await aGuest())
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds })
  const priced = await quoteWithOffers(ctx, actor, { showtimeId, seatIds, ...codes, network })
  const order = {
    showtimeId,
    seatIds,
    ...codes,
    holdToken,
    expectedTotalMinor: priced.quote.toPayMinor,
    idempotencyKey: newId(),
  }
  return { actor, showtimeId, order, priced }
}
const pay = (orderId: string) => {
  const { webhook } = ctx.gateway.pay(orderId)
  const send = () =>
    receiveWebhook(ctx, {
      gateway: 'fake',
      rawBody: webhook.body,
      signature: webhook.signature,
      eventId: `evt_${orderId}`,
    })
  return { send }
}
const balanceOf = async (code: string) =>
  (await voucherBalance(ctx, { kind: 'anonymous' }, { code, network })).balanceMinor
const usesOf = async (promoId: string) =>
  ctx.db.promoRedemption.count({ where: { promoId, state: { not: 'RELEASED' } } })
const runOut = (bookingId: string) =>
  ctx.pool.query(`UPDATE bookings SET pay_by = now() - interval '1 second' WHERE id = $1`, [bookingId])
/** As the end of a hold leaves it: the sweep has been, and the seats are nobody's. */
async function expire(bookingId: string) {
  await runOut(bookingId)
  await ctx.pool.query(`UPDATE seat_claims SET expires_at = now() - interval '1 second' WHERE booking_id = $1`, [
    bookingId,
  ])
  await expireBookings(ctx)
}

describe('a promo code', () => {
  test('20 percent off the base, fee and tax of what is left, and that is what is charged', async () => {
    const promo = await makePromo(ctx)
    const { actor, order, priced } = await cart({ promoCode: promo.code.toLowerCase() })
    expect(priced.quote).toMatchObject({
      baseMinor: 50_000,
      discountMinor: 10_000,
      convenienceFeeMinor: 2_400,
      taxMinor: 432,
      totalMinor: 42_832,
      toPayMinor: 42_832,
    })
    const checkout = await startCheckout(ctx, actor, order)
    expect(checkout).toMatchObject({ amountMinor: 42_832, breakdown: { discountMinor: 10_000, toPayMinor: 42_832 } })
    expect(ctx.gateway.orders.get(checkout.orderId)).toMatchObject({ amountMinor: 42_832 })
    const paid = pay(checkout.orderId)
    expect(await paid.send()).toEqual({ outcome: 'BOOKED' })
    expect(await paid.send()).toEqual({ outcome: 'DUPLICATE' })
    expect(await paid.send()).toEqual({ outcome: 'DUPLICATE' })
    expect(await getBooking(ctx, actor, checkout)).toMatchObject({ money: 'PAID', quote: { toPayMinor: 42_832 } })
    expect(await ctx.db.promoRedemption.findMany({ where: { promoId: promo.id } })).toMatchObject([
      { state: 'REDEEMED', discountMinor: 10_000 },
    ])
  })

  test.each([
    [
      'of another film',
      async () => ({ movieId: (await makeMovie(ctx, { title: 'Other Film' })).id }),
      /Other Film only/,
    ],
    ['not valid yet', async () => ({ startsAt: new Date(Date.now() + 3_600_000).toISOString() }), /valid from/],
    ['of a larger cart', async () => ({ minBaseMinor: 90_000 }), /₹900 or more/],
    ['stopped', async () => ({ active: false }), /not valid/],
  ])('%s is refused in words, and nothing is taken or lost', async (_, how, words) => {
    const promo = await makePromo(ctx, await how())
    const { actor, order, priced } = await cart({ promoCode: promo.code })
    expect(priced).toMatchObject({ quote: { discountMinor: 0 }, promo: { problem: expect.stringMatching(words) } })
    await expect(startCheckout(ctx, actor, order)).rejects.toMatchObject({
      code: 'PROMO_REFUSED',
      message: expect.stringMatching(words),
    })
    expect(await ctx.db.booking.count({ where: { showtimeId: order.showtimeId } })).toBe(0)
    const { promoCode: _left, ...without } = order
    await expect(startCheckout(ctx, actor, without)).resolves.toMatchObject({ amountMinor: 53_540 })
  })

  test('once a person: the second booking is refused, giving the first up gives it back', async () => {
    const promo = await makePromo(ctx, { maxUsesPerUser: 1 })
    const first = await cart({ promoCode: promo.code })
    const { bookingId } = await startCheckout(ctx, first.actor, first.order)
    const second = await cart({ promoCode: promo.code }, { actor: first.actor })
    expect(second.priced.promo?.problem).toMatch(/as often as one person may/)
    await abandonCheckout(ctx, first.actor, { bookingId })
    const third = await cart({ promoCode: promo.code }, { actor: first.actor })
    expect(third.priced.promo?.problem).toBeNull()
    await expect(startCheckout(ctx, third.actor, third.order)).resolves.toMatchObject({ amountMinor: 42_832 })
  })

  test('a changed mind does not use it twice: the draft that makes way gives it to the next', async () => {
    const promo = await makePromo(ctx, { maxUses: 1, maxUsesPerUser: 1 })
    const { actor, order, showtimeId } = await cart({ promoCode: promo.code })
    const older = await startCheckout(ctx, actor, order)
    const again = { ...order, seatIds: ['A1'] }
    const { quote } = await quoteWithOffers(ctx, actor, { ...again, network })
    expect(quote.discountMinor).toBe(5_000)
    const newer = await startCheckout(ctx, actor, {
      ...again,
      expectedTotalMinor: quote.toPayMinor,
      idempotencyKey: newId(),
    })
    expect(newer.bookingId).not.toBe(older.bookingId)
    expect(await usesOf(promo.id)).toBe(1)
    await releaseSeats(ctx, { showtimeId, holdToken: order.holdToken })
    expect(await usesOf(promo.id)).toBe(0)
  })

  test('the same hold with and without a code are two prices: the newer draft counts', async () => {
    const promo = await makePromo(ctx)
    const { actor, order } = await cart()
    const plain = await startCheckout(ctx, actor, order)
    const withCode = { ...order, promoCode: promo.code, expectedTotalMinor: 42_832 }
    await expect(startCheckout(ctx, actor, withCode)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    const cheaper = await startCheckout(ctx, actor, { ...withCode, idempotencyKey: newId() })
    expect(cheaper.amountMinor).toBe(42_832)
    expect(await getBooking(ctx, actor, plain)).toMatchObject({ status: 'EXPIRED' })
    // And the same once more is the same draft.
    expect(await startCheckout(ctx, actor, { ...withCode, idempotencyKey: newId() })).toMatchObject({
      bookingId: cheaper.bookingId,
      orderId: cheaper.orderId,
    })
  })

  test('the last use, wanted by 50 at once: exactly one has it', async () => {
    const promo = await makePromo(ctx, { maxUses: 1 })
    const { id: showtimeId, seatIds } = await makeShowtime(ctx)
    const others = (await makeShowtime(ctx)).id
    const carts = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        i < seatIds.length
          ? cart({ promoCode: promo.code }, { showtimeId, seatIds: [seatIds[i]!] })
          : cart({ promoCode: promo.code }, { showtimeId: others, seatIds: [seatIds[i - seatIds.length]!] }),
      ),
    )
    expect(carts.every(({ priced }) => priced.promo?.problem === null)).toBe(true)
    // All that fit into the pool stand before the same code, none of them refused by an earlier look, when it opens.
    const gate = await ctx.pool.connect()
    await gate.query('BEGIN')
    await gate.query('SELECT FROM promo_codes WHERE id = $1 FOR UPDATE', [promo.id])
    const buying = Promise.allSettled(carts.map(({ actor, order }) => startCheckout(ctx, actor, order)))
    await eventually(async () => {
      const { rows } = await gate.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_locks l JOIN pg_database d ON d.datname = current_database()
          WHERE NOT l.granted AND l.pid IN (SELECT pid FROM pg_locks WHERE database = d.oid)`,
      )
      return (rows[0]?.waiting ?? 0) >= 15
    })
    await gate.query('COMMIT')
    gate.release()
    const results = await buying
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'PROMO_REFUSED', message: expect.stringContaining('used up') })
    expect(await usesOf(promo.id)).toBe(1)
    expect(await ctx.db.booking.count({ where: { showtimeId: { in: [showtimeId, others] } } })).toBe(1)
    // Nobody lost their seats by it.
    const loser = carts[results.findIndex((result) => result.status === 'rejected')]!
    const { promoCode: _, ...without } = loser.order
    const { quote } = await quoteWithOffers(ctx, loser.actor, { ...without, network })
    await expect(
      startCheckout(ctx, loser.actor, { ...without, expectedTotalMinor: quote.toPayMinor }),
    ).resolves.toMatchObject({ amountMinor: quote.toPayMinor })
  })

  test('late money is booked at the price that was shown, though the code is used up by now', async () => {
    const promo = await makePromo(ctx, { maxUses: 1 })
    const late = await cart({ promoCode: promo.code })
    const checkout = await startCheckout(ctx, late.actor, late.order)
    await expire(checkout.bookingId)
    expect(await usesOf(promo.id)).toBe(0)
    const quick = await cart({ promoCode: promo.code })
    const theirs = await startCheckout(ctx, quick.actor, quick.order)
    expect(await pay(theirs.orderId).send()).toEqual({ outcome: 'BOOKED' })
    expect(await pay(checkout.orderId).send()).toEqual({ outcome: 'BOOKED' })
    expect(await getBooking(ctx, late.actor, checkout)).toMatchObject({ money: 'PAID', quote: { toPayMinor: 42_832 } })
    expect(await usesOf(promo.id)).toBe(2) // one honoured late
  })
})

describe('a gift voucher', () => {
  test('pays a part: the rest is charged, and the balance is taken with the seats', async () => {
    const voucher = await makeVoucher(ctx, 20_000)
    const { actor, order, priced } = await cart({ voucherCode: voucher.code.toLowerCase().replaceAll('-', ' ') })
    expect(priced.quote).toMatchObject({ totalMinor: 53_540, voucherMinor: 20_000, toPayMinor: 33_540 })
    const checkout = await startCheckout(ctx, actor, order)
    expect(checkout.amountMinor).toBe(33_540)
    expect(await balanceOf(voucher.code)).toBe(0)
    expect(await pay(checkout.orderId).send()).toEqual({ outcome: 'BOOKED' })
    expect(await ctx.db.voucherRedemption.findMany({ where: { bookingId: checkout.bookingId } })).toMatchObject([
      { amountMinor: 20_000, state: 'REDEEMED' },
    ])
  })

  test('pays everything: confirmed at once, without a gateway, and the same key says so again', async () => {
    const voucher = await makeVoucher(ctx, 60_000)
    const { actor, order } = await cart({ voucherCode: voucher.code })
    const before = ctx.gateway.calls.createOrder
    const checkout = await startCheckout(ctx, actor, order)
    expect(checkout).toMatchObject({ gateway: 'none', orderId: '', keyId: '', amountMinor: 0, paymentUrl: null })
    expect(await getBooking(ctx, actor, checkout)).toMatchObject({ status: 'CONFIRMED', money: 'PAID' })
    expect(await balanceOf(voucher.code)).toBe(60_000 - 53_540)
    expect(await ctx.db.ticket.count({ where: { bookingId: checkout.bookingId } })).toBe(2)
    expect(await startCheckout(ctx, actor, order)).toMatchObject({ bookingId: checkout.bookingId, orderId: '' })
    await expect(resumeCheckout(ctx, actor, checkout)).rejects.toMatchObject({ message: /paid already/ })
    expect(ctx.gateway.calls.createOrder).toBe(before)
    expect(await ctx.db.outboxEvent.count({ where: { key: `booking.confirmed:${checkout.bookingId}` } })).toBe(1)
  })

  test('given back, its money is on the voucher again and nothing is owed by a gateway', async () => {
    const voucher = await makeVoucher(ctx, 60_000)
    const { actor, order } = await cart({ voucherCode: voucher.code })
    const { bookingId } = await startCheckout(ctx, actor, order)
    const back = { bookingId, expectedRefundMinor: 0, reason: '', idempotencyKey: newId() }
    // Three hours before the film: three quarters of the seats' price.
    expect(await cancelBooking(ctx, actor, back)).toMatchObject({ status: 'CANCELLED', money: 'REFUNDED' })
    expect(await balanceOf(voucher.code)).toBe(60_000 - 53_540 + 37_500)
    expect(await ctx.db.refund.count({ where: { capture: { payment: { bookingId } } } })).toBe(0)
  })

  test('a code and a voucher together: the voucher pays what the code leaves', async () => {
    const promo = await makePromo(ctx, { kind: 'FLAT', percent: null, amountMinor: 50_000 })
    const voucher = await makeVoucher(ctx, 10_000)
    const free = await cart({ promoCode: promo.code, voucherCode: voucher.code })
    expect(free.priced.quote).toMatchObject({ discountMinor: 50_000, totalMinor: 0, voucherMinor: 0, toPayMinor: 0 })
    expect(await startCheckout(ctx, free.actor, free.order)).toMatchObject({ orderId: '' })
    expect(await balanceOf(voucher.code)).toBe(10_000)
  })

  test('what it would leave below a rupee, it leaves to be charged in full', async () => {
    const voucher = await makeVoucher(ctx, 53_540 - 40)
    const { actor, order, priced } = await cart({ voucherCode: voucher.code })
    expect(priced.quote).toMatchObject({ voucherMinor: 53_440, toPayMinor: 100 })
    expect(await startCheckout(ctx, actor, order)).toMatchObject({ amountMinor: 100 })
  })

  test('₹500 used in 20 carts at once: never below nothing, and every release comes back', async () => {
    const voucher = await makeVoucher(ctx, 50_000)
    const { id: showtimeId, seatIds } = await makeShowtime(ctx)
    const carts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => cart({ voucherCode: voucher.code }, { showtimeId, seatIds: [seatIds[i]!] })),
    )
    const results = await Promise.allSettled(carts.map(({ actor, order }) => startCheckout(ctx, actor, order)))
    const paid = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    // A seat is ₹267.70: one pays wholly, a second finds ₹232.30 and was shown another price.
    expect(paid).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'VOUCHER_REFUSED' })
    expect(await balanceOf(voucher.code)).toBe(50_000 - 26_770)
    expect(await ctx.db.booking.count({ where: { showtimeId } })).toBe(1)
  })

  test('reserved and released by 20 carts at once, round after round: it is all there in the end', async () => {
    const voucher = await makeVoucher(ctx, 20_000)
    const { id: showtimeId, seatIds } = await makeShowtime(ctx)
    const carts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => cart({ voucherCode: voucher.code }, { showtimeId, seatIds: [seatIds[i]!] })),
    )
    let reserved = 0
    for (let round = 0; round < 4; round++) {
      const tries = carts.map(async ({ actor, order }) => {
        const { bookingId } = await startCheckout(ctx, actor, { ...order, idempotencyKey: newId() })
        reserved += 1
        await abandonCheckout(ctx, actor, { bookingId })
      })
      for (const result of await Promise.allSettled(tries))
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'VOUCHER_REFUSED' })
      expect(await balanceOf(voucher.code)).toBe(20_000)
    }
    expect(reserved).toBeGreaterThanOrEqual(4)
  })

  test('drafts that end give it back: run out, given up, let go of, changed', async () => {
    const voucher = await makeVoucher(ctx, 20_000)
    const ends = [
      async ({ bookingId }: { bookingId: string }) => expire(bookingId),
      async ({ bookingId }: { bookingId: string }, it: Awaited<ReturnType<typeof cart>>) =>
        abandonCheckout(ctx, it.actor, { bookingId }),
      async (_: { bookingId: string }, { order }: Awaited<ReturnType<typeof cart>>) => {
        await releaseSeats(ctx, { showtimeId: order.showtimeId, holdToken: order.holdToken })
      },
      async (_: { bookingId: string }, { actor, order }: Awaited<ReturnType<typeof cart>>) => {
        const { voucherCode: _code, ...plain } = order
        await startCheckout(ctx, actor, { ...plain, expectedTotalMinor: 53_540, idempotencyKey: newId() })
      },
    ]
    for (const end of ends) {
      const it = await cart({ voucherCode: voucher.code })
      expect(it.priced.quote.toPayMinor).toBe(33_540)
      const checkout = await startCheckout(ctx, it.actor, it.order)
      expect(await balanceOf(voucher.code)).toBe(0)
      await end(checkout, it)
      expect(await balanceOf(voucher.code)).toBe(20_000)
    }
  })

  test('back from the payment page, its own draft has not spent it', async () => {
    const voucher = await makeVoucher(ctx, 20_000)
    const { actor, order } = await cart({ voucherCode: voucher.code })
    const checkout = await startCheckout(ctx, actor, order)
    const { quote } = await quoteWithOffers(ctx, actor, { ...order, network })
    expect(quote.toPayMinor).toBe(33_540)
    expect(await startCheckout(ctx, actor, { ...order, idempotencyKey: newId() })).toMatchObject({
      bookingId: checkout.bookingId,
    })
    const somebody = await quoteWithOffers(ctx, await aGuest(), { ...order, holdToken: undefined, network })
    expect(somebody.voucher?.problem).toMatch(/Nothing is left/)
  })

  test('late money takes the voucher again while its money is there', async () => {
    const voucher = await makeVoucher(ctx, 20_000)
    const { actor, order } = await cart({ voucherCode: voucher.code })
    const checkout = await startCheckout(ctx, actor, order)
    await expire(checkout.bookingId)
    expect(await balanceOf(voucher.code)).toBe(20_000)
    expect(await pay(checkout.orderId).send()).toEqual({ outcome: 'BOOKED' })
    expect(await balanceOf(voucher.code)).toBe(0)
  })

  test('and goes back in full when the voucher was spent meanwhile, or the seats were', async () => {
    const voucher = await makeVoucher(ctx, 20_000)
    const late = await cart({ voucherCode: voucher.code })
    const checkout = await startCheckout(ctx, late.actor, late.order)
    await expire(checkout.bookingId)
    const quick = await cart({ voucherCode: voucher.code })
    const theirs = await startCheckout(ctx, quick.actor, quick.order)
    expect(await pay(checkout.orderId).send()).toEqual({ outcome: 'REFUND_DUE' })
    expect(await getBooking(ctx, late.actor, checkout)).toMatchObject({
      money: 'REFUND_STARTED',
      refundReason: expect.stringContaining('gift voucher had been spent'),
    })
    await abandonCheckout(ctx, quick.actor, theirs)
    // The seats are gone: nothing stays taken of the voucher.
    const again = await cart({ voucherCode: voucher.code })
    const lost = await startCheckout(ctx, again.actor, again.order)
    await expire(lost.bookingId)
    await ctx.redis.run((client) => client.flushdb())
    const rival = await cart({}, { showtimeId: again.showtimeId })
    await startCheckout(ctx, rival.actor, rival.order)
    expect(await pay(lost.orderId).send()).toEqual({ outcome: 'REFUND_DUE' })
    expect(await balanceOf(voucher.code)).toBe(20_000)
  })

  test('expiry against payment, 30 times: the money and the voucher end in one place', async () => {
    const voucher = await makeVoucher(ctx, 1_000_000)
    const promo = await makePromo(ctx, { maxUses: 100 })
    for (let round = 0; round < 30; round++) {
      const it = await cart({ voucherCode: voucher.code, promoCode: promo.code }, { seatIds: ['F1'] })
      // The voucher would pay it all: leave a part to the card.
      await ctx.pool.query(
        `UPDATE gift_vouchers SET balance_minor = 5000, amount_minor = 5000 + (
        SELECT coalesce(sum(amount_minor), 0) FROM voucher_redemptions r WHERE r.voucher_id = id AND r.state <> 'RELEASED') WHERE id = $1`,
        [voucher.id],
      )
      const { quote } = await quoteWithOffers(ctx, it.actor, { ...it.order, network })
      const checkout = await startCheckout(ctx, it.actor, { ...it.order, expectedTotalMinor: quote.toPayMinor })
      await runOut(checkout.bookingId)
      const paid = pay(checkout.orderId)
      const [settled] = await Promise.all([paid.send(), expireBookings(ctx), expireBookings(ctx)])
      expect(settled.outcome).toBe('BOOKED')
      expect(await balanceOf(voucher.code)).toBe(0)
    }
  })
})

describe('refused under lock, after an earlier look that was fine', () => {
  /** What checkout asks Postgres in the end, without the look before. */
  async function lastStep(
    { actor, order }: Awaited<ReturnType<typeof cart>>,
    offers: { promoId?: string; voucherId?: string; reductions: Reductions },
  ) {
    const seating = await showtimeSeating(ctx, order.showtimeId)
    const seats = seatIndexes(seating, order.seatIds)
    return openDraft(ctx, {
      userId: actor.kind === 'user' ? actor.userId : '',
      email: 'guest@example.com',
      idempotencyKey: newId(),
      seating,
      holder: hashSecret(order.holdToken),
      seats,
      quote: quoteSelection(ctx, seating, seats, offers.reductions),
      promoId: offers.promoId,
      voucherId: offers.voucherId,
      payBy: new Date(Date.now() + 60_000),
    })
  }

  test('the older draft of the hold stays as it was, seats, voucher and all', async () => {
    const [mine, used] = [await makeVoucher(ctx, 20_000), await makeVoucher(ctx, 100)]
    const promo = await makePromo(ctx, { maxUses: 1 })
    const rival = await cart({ promoCode: promo.code })
    await startCheckout(ctx, rival.actor, rival.order)
    const it = await cart({ voucherCode: mine.code })
    const older = await startCheckout(ctx, it.actor, it.order)
    const claims = () => ctx.db.seatClaim.findMany({ where: { showtimeId: it.showtimeId }, orderBy: { seat: 'asc' } })
    const before = await claims()
    await expect(lastStep(it, { promoId: promo.id, reductions: { discountMinor: 10_000 } })).rejects.toMatchObject({
      code: 'PROMO_REFUSED',
      message: expect.stringContaining('used up'),
    })
    await expect(lastStep(it, { voucherId: used.id, reductions: { voucherMinor: 200 } })).rejects.toMatchObject({
      code: 'VOUCHER_REFUSED',
    })
    await ctx.db.promoCode.update({ where: { id: promo.id }, data: { active: false } })
    await expect(lastStep(it, { promoId: promo.id, reductions: { discountMinor: 10_000 } })).rejects.toMatchObject({
      code: 'PROMO_REFUSED',
      message: expect.stringContaining('not valid'),
    })
    expect(await claims()).toEqual(before)
    expect(await balanceOf(mine.code)).toBe(0)
    expect(await pay(older.orderId).send()).toEqual({ outcome: 'BOOKED' })
  })

  test('nothing to charge and sales have closed in between: as if it had never been asked', async () => {
    const voucher = await makeVoucher(ctx, 60_000)
    const it = await cart({ voucherCode: voucher.code })
    await ctx.pool.query(
      `UPDATE showtimes SET starts_at = now() - interval '20 minutes', film_starts_at = now() - interval '1 second' WHERE id = $1`,
      [it.showtimeId],
    )
    await expect(lastStep(it, { voucherId: voucher.id, reductions: { voucherMinor: 60_000 } })).rejects.toMatchObject({
      code: 'SALES_CLOSED',
    })
    expect(await balanceOf(voucher.code)).toBe(60_000)
    expect(await ctx.db.booking.count({ where: { showtimeId: it.showtimeId } })).toBe(0)
    expect(await ctx.db.seatClaim.count({ where: { showtimeId: it.showtimeId } })).toBe(0)
  })
})

describe('guessing', () => {
  test('wrong codes are counted and stopped, right ones are not', async () => {
    const strict = await testContext({ database: ctx.database, env: { RATE_LIMIT_SCALE: '1' } })
    try {
      const voucher = await makeVoucher(ctx)
      const from = { network: '198.51.100.9' }
      const ask = (code: string) => voucherBalance(strict, { kind: 'anonymous' }, { code, ...from })
      for (let i = 0; i < 30; i++) expect(await ask(voucher.code)).toMatchObject({ balanceMinor: 50_000 })
      const wrong = await Promise.allSettled(
        Array.from({ length: 40 }, (_, i) => ask(`AAAA-BBBB-CCCC-DDDD-${1000 + i}`)),
      )
      const codes = wrong.map((result) => (result.status === 'rejected' ? result.reason.code : 'found'))
      expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(10)
      expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(30)
      await expect(ask(voucher.code)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
      // Somebody else goes on.
      await expect(
        voucherBalance(strict, { kind: 'anonymous' }, { code: voucher.code, network: '198.51.100.77' }),
      ).resolves.toMatchObject({ hint: voucher.code.slice(-4) })
    } finally {
      await strict.close()
    }
  })
})

describe('making them', () => {
  const admin = async () => ({ ...(await aGuest()), role: 'superadmin' }) as const
  const form = {
    code: 'MAKING-1',
    description: '',
    kind: 'PERCENT',
    percent: 10,
    minBaseMinor: 0,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2036-01-01T00:00:00Z',
    active: true,
  } as const

  test('only whoever may; a code is there once, and each change is written down', async () => {
    await expect(createPromo(ctx, { actor: await aGuest(), promo: form })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const actor = await admin()
    const made = await createPromo(ctx, { actor, promo: form })
    await expect(createPromo(ctx, { actor, promo: form })).rejects.toMatchObject({ code: 'CONFLICT' })
    await changePromo(ctx, { actor, promoId: made.id, patch: { active: false } })
    const { items } = await listPromos(ctx, { actor, query: { limit: 100, offset: 0 } })
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ active: false, uses: 0 })
    const acts = await ctx.db.auditEntry.findMany({ where: { subjectId: made.id }, orderBy: { id: 'asc' } })
    expect(acts.map(({ action }) => action)).toEqual(['promo.create', 'promo.change'])
    await expect(changePromo(ctx, { actor, promoId: newId(), patch: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test.each([
    [{ kind: 'FLAT' }, 'amountMinor'],
    [{ percent: null }, 'percent'],
    [{ endsAt: form.startsAt }, 'endsAt'],
    [{ movieId: newId() }, 'movieId'],
    [{ kind: 'FLAT', percent: null, amountMinor: 100, capMinor: 50 }, 'capMinor'],
  ] as const)('%j is refused by its field', async (wrong, field) => {
    const promo = { ...form, code: 'MAKING-2', ...wrong }
    await expect(createPromo(ctx, { actor: await admin(), promo })).rejects.toMatchObject({
      details: { fields: [{ field }] },
    })
  })

  test('a voucher code is kept as its hash only, and is in no log', async () => {
    const { id, code } = await makeVoucher(ctx)
    const stored = JSON.stringify([
      await ctx.db.giftVoucher.findUniqueOrThrow({ where: { id } }),
      await ctx.db.auditEntry.findMany({ where: { subjectId: id }, select: { after: true } }),
    ])
    expect(stored).not.toContain(code)
    expect(stored).not.toContain(code.replaceAll('-', ''))
    expect(code).toMatch(/^([A-Z0-9]{4}-){4}[A-Z0-9]{4}$/)
  })
})

describe('the auditor sees', () => {
  test.each([
    [
      'a balance that does not add up',
      'UPDATE gift_vouchers SET balance_minor = balance_minor + 1 WHERE id = $1',
      'balance',
    ],
    [
      'a code taken too often',
      `UPDATE promo_codes SET max_uses = 0, max_uses_per_user = NULL WHERE id = (SELECT promo_id FROM promo_redemptions LIMIT 1) AND $1::text <> ''`,
      'taken more often',
    ],
    [
      'a redemption that forgot its booking',
      `UPDATE promo_redemptions SET state = 'RESERVED' WHERE state = 'REDEEMED' AND $1::text <> ''`,
      'another state',
    ],
    [
      'another discount than was taken',
      `UPDATE promo_redemptions SET discount_minor = discount_minor + 1 WHERE $1::text <> ''`,
      'is not what it took',
    ],
    [
      'another amount than is owed',
      `UPDATE payments SET amount_minor = amount_minor + 1 WHERE $1::text <> ''`,
      'another amount',
    ],
    [
      'seats that cost something else',
      `UPDATE booking_seats SET price_minor = price_minor + 1 WHERE $1::text <> ''`,
      'sum of its seats',
    ],
  ])('%s', async (_, sql, says) => {
    const other = await testContext()
    try {
      const promo = await makePromo(other)
      const voucher = await makeVoucher(other, 20_000)
      const { id: showtimeId } = await makeShowtime(other)
      const actor = { kind: 'user', userId: (await makeUser(other)).id, role: 'customer', jti: '' } as const
      const { holdToken } = await holdSeats(other, { showtimeId, seatIds: ['A1'] })
      const codes = { promoCode: promo.code, voucherCode: voucher.code }
      const { quote } = await quoteWithOffers(other, actor, { showtimeId, seatIds: ['A1'], ...codes, network })
      const { orderId } = await startCheckout(other, actor, {
        showtimeId,
        seatIds: ['A1'],
        ...codes,
        holdToken,
        expectedTotalMinor: quote.toPayMinor,
        idempotencyKey: newId(),
      })
      const { webhook } = other.gateway.pay(orderId)
      await receiveWebhook(other, {
        gateway: 'fake',
        rawBody: webhook.body,
        signature: webhook.signature,
        eventId: 'e',
      })
      expect((await checkInvariants(other)).violations).toEqual([])
      await other.pool.query(sql, [voucher.id])
      const { violations } = await checkInvariants(other)
      expect(violations).toContainEqual({ invariant: 'I9', detail: expect.stringContaining(says) })
    } finally {
      await other.close()
    }
  })
})
