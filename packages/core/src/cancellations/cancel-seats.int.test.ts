// The one act that gives seats back, at the database: what comes back, from which money, once, whoever else is at it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { cancelSeats } from './cancel-seats.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
  await ctx.close()
})

type Sale = Awaited<ReturnType<typeof bookSeats>>
const cancel = ({ bookingId, user }: Sale, given: Partial<Parameters<typeof cancelSeats>[1]> = {}) =>
  cancelSeats(ctx.pool, {
    bookingId,
    userId: user.id,
    key: newId(),
    by: 'GUEST',
    actorId: user.id,
    seats: null,
    ...given,
  })
const refundsOf = (bookingId: string) =>
  ctx.db.refund.findMany({ where: { capture: { payment: { bookingId } } }, orderBy: { createdAt: 'asc' } })
const given = (sql: string, ...values: unknown[]) => ctx.pool.query(sql, values)
/** Its film begins so many minutes from now. */
const filmIn = ({ showtime }: Sale, minutes: number) =>
  given(
    `UPDATE showtimes SET film_starts_at = now() + $2 * interval '1 minute', starts_at = now() + ($2 - 15) * interval '1 minute' WHERE id = $1`,
    showtime.id,
    minutes,
  )

test('a whole booking: part of the base back by the tier, fee and tax kept, seats free, ticket dead, all of it once', async () => {
  const sale = await bookSeats(ctx)
  const key = newId()
  const done = await cancel(sale, { key })
  expect(done).toMatchObject({ outcome: 'CANCELLED', seats: [0, 1], refundMinor: 37_500, toVoucherMinor: 0 })
  expect(await cancel(sale, { key })).toEqual({ ...done, outcome: 'REPLAY' })
  expect(await cancel(sale)).toEqual({ outcome: 'NOT_CONFIRMED' })

  const booking = await ctx.db.booking.findUniqueOrThrow({
    where: { id: sale.bookingId },
    include: { tickets: true, cancellations: true, document: true },
  })
  expect(booking).toMatchObject({ status: 'CANCELLED', document: null })
  expect(booking.cancelledAt).not.toBeNull()
  expect(booking.tickets.map((ticket) => ticket.status)).toEqual(['CANCELLED', 'CANCELLED'])
  expect(booking.cancellations).toMatchObject([{ baseMinor: 50_000, percent: 75, refundMinor: 37_500 }])
  expect(await ctx.db.seatClaim.count({ where: { bookingId: sale.bookingId } })).toBe(0)
  const refunds = await refundsOf(sale.bookingId)
  expect(refunds).toMatchObject([{ amountMinor: 37_500, state: 'DUE', reason: 'CANCELLED_GUEST' }])
  const keys = [
    `payment.refund:${refunds[0]?.id}`,
    ...['seats.freed', 'booking.cancelled'].map((topic) => `${topic}:${booking.cancellations[0]?.id}`),
  ]
  expect(await ctx.db.outboxEvent.count({ where: { key: { in: keys } } })).toBe(3)
  // Free means that the next guest can buy them.
  await bookSeats(ctx, { showtime: sale.showtime, seatIds: ['C1'] })
})

test('some seats: the rest stands, each seat goes once, and a key means one act', async () => {
  const sale = await bookSeats(ctx, { seatIds: ['A1', 'A2', 'A3'] })
  const key = newId()
  expect(await cancel(sale, { key, seats: [1] })).toMatchObject({ outcome: 'CANCELLED', refundMinor: 18_750 })
  expect(await cancel(sale, { key, seats: [1] })).toMatchObject({ outcome: 'REPLAY' })
  expect(await cancel(sale, { key, seats: [2] })).toEqual({ outcome: 'KEY_REUSED' })
  expect(await cancel(sale, { key })).toEqual({ outcome: 'KEY_REUSED' })
  expect(await cancel(sale, { seats: [1] })).toEqual({ outcome: 'NOT_ITS_SEATS' })
  expect(await cancel(sale, { seats: [0, 1] })).toEqual({ outcome: 'NOT_ITS_SEATS' })
  expect(await cancel(sale, { seats: [7] })).toEqual({ outcome: 'NOT_ITS_SEATS' })
  expect(await ctx.db.booking.findUniqueOrThrow({ where: { id: sale.bookingId } })).toMatchObject({
    status: 'CONFIRMED',
    cancelledAt: null,
  })
  expect(await cancel(sale)).toMatchObject({ outcome: 'CANCELLED', seats: [0, 2], refundMinor: 37_500 })
})

test('refused: another user, a used ticket, a film that has begun, less than was shown, a cinema that was quicker', async () => {
  const sale = await bookSeats(ctx)
  expect(await cancel(sale, { userId: newId() })).toEqual({ outcome: 'NOT_FOUND' })
  expect(await cancel(sale, { bookingId: newId() })).toEqual({ outcome: 'NOT_FOUND' })
  expect(await cancel(sale, { expectedRefundMinor: 37_501 })).toEqual({ outcome: 'PRICE_CHANGED' })
  await given(`UPDATE tickets SET status = 'USED', used_at = now() WHERE booking_id = $1 AND seat = 0`, sale.bookingId)
  expect(await cancel(sale)).toEqual({ outcome: 'USED' })
  await filmIn(sale, -1)
  expect(await cancel(sale, { seats: [1] })).toEqual({ outcome: 'STARTED' })
  await filmIn(sale, 180)
  await given(`UPDATE showtimes SET status = 'CANCELLED' WHERE id = $1`, sale.showtime.id)
  expect(await cancel(sale, { seats: [1] })).toEqual({ outcome: 'CINEMA_CANCELLED' })
  expect(await ctx.db.cancellation.count({ where: { bookingId: sale.bookingId } })).toBe(0)
  expect(await cancel(sale, { by: 'CINEMA', userId: null, actorId: null })).toMatchObject({ refundMinor: 53_540 })
})

describe('tiers', () => {
  const percent = async (tiers: object, secondsBefore: string) =>
    (
      await given(
        `SELECT cancellation_percent($1, '2026-01-01 12:00Z', '2026-01-01 12:00Z'::timestamptz - $2::interval) AS percent`,
        JSON.stringify(tiers),
        secondsBefore,
      )
    ).rows[0].percent
  const common = [
    { minutesBefore: 120, percent: 75 },
    { minutesBefore: 20, percent: 50 },
  ]
  test.each([
    ['3 hours', 75],
    ['2 hours', 75],
    ['1 hour 59 minutes 59.999 seconds', 50],
    ['20 minutes', 50],
    ['19 minutes 59.999 seconds', 0],
    ['1 second', 0],
    ['0 seconds', 0],
    ['-1 hours', 0],
  ])('%s before: %i %%', async (before, expected) => {
    expect(await percent(common, before)).toBe(expected)
    expect(await percent([], before)).toBe(0)
  })
  test('a cinema that gives back everything to the end, and one that gives nothing', async () => {
    expect(await percent([{ minutesBefore: 0, percent: 100 }], '1 second')).toBe(100)
    expect(await percent([{ minutesBefore: 0, percent: 100 }], '0 seconds')).toBe(0)
    expect(await percent([{ minutesBefore: 0, percent: 0 }], '9 hours')).toBe(0)
  })
  test('the booking keeps the ones it was sold with', async () => {
    const sale = await bookSeats(ctx)
    await given(
      `UPDATE bookings SET cancellation_tiers = '[{"minutesBefore": 60, "percent": 33}]' WHERE id = $1`,
      sale.bookingId,
    )
    await given(
      `UPDATE theatres t SET cancellation_tiers = '[{"minutesBefore": 0, "percent": 0}]' FROM screens c WHERE c.theatre_id = t.id AND c.id = $1`,
      sale.showtime.screenId,
    )
    expect(await cancel(sale)).toMatchObject({ refundMinor: 16_500 })
  })
})

test('nothing comes back: still cancelled, and no refund is begun', async () => {
  const sale = await bookSeats(ctx)
  await filmIn(sale, 10)
  expect(await cancel(sale, { expectedRefundMinor: 0 })).toMatchObject({ outcome: 'CANCELLED', refundMinor: 0 })
  expect(await refundsOf(sale.bookingId)).toEqual([])
})

/** As if a code had taken something off: the sums as a checkout with it would have written them. */
async function soldWithDiscount(
  seatIds: string[],
  prices: Record<string, number>,
  discountMinor: number,
): Promise<Sale> {
  const sale = await bookSeats(ctx, { showtime: await makeShowtime(ctx, { prices }), seatIds })
  await given(
    `UPDATE bookings SET discount_minor = $2, total_minor = total_minor - $2 WHERE id = $1`,
    sale.bookingId,
    discountMinor,
  )
  const promo = await ctx.db.promoCode.create({
    data: {
      id: newId(),
      code: newId(),
      kind: 'FLAT',
      amountMinor: discountMinor,
      startsAt: new Date(0),
      endsAt: new Date('2099-01-01'),
    },
  })
  await ctx.db.promoRedemption.create({
    data: { bookingId: sale.bookingId, promoId: promo.id, userId: sale.user.id, discountMinor, state: 'REDEEMED' },
  })
  await chargedWhatIsLeft(sale)
  return sale
}
/** The payment of a booking whose sums were changed. */
async function chargedWhatIsLeft({ bookingId }: Sale) {
  const toPay = 'b.total_minor - b.voucher_minor - b.credit_minor'
  await given(
    `UPDATE payments p SET amount_minor = ${toPay} FROM bookings b WHERE p.booking_id = b.id AND b.id = $1`,
    bookingId,
  )
  await given(
    `UPDATE payment_captures c SET amount_minor = p.amount_minor FROM payments p WHERE p.id = c.payment_id AND p.booking_id = $1`,
    bookingId,
  )
}

test('a discount is shared over the seats to the paisa, and seat by seat never gives more than all at once', async () => {
  const seatIds = ['A1', 'A2', 'A3', 'D1', 'D2']
  const prices = { regular: 10_001, premium: 33_337 }
  const atOnce = await soldWithDiscount(seatIds, prices, 7_777)
  const bySeat = await soldWithDiscount(seatIds, prices, 7_777)
  const whole = await cancel(atOnce)
  let sum = 0
  for (const seat of [24, 1, 0, 25, 2]) {
    const one = await cancel(bySeat, { seats: [seat] })
    sum += 'refundMinor' in one ? one.refundMinor : Number.NaN
  }
  const all = 'refundMinor' in whole ? whole.refundMinor : Number.NaN
  expect(all).toBe(Math.floor(((3 * 10_001 + 2 * 33_337 - 7_777) * 75) / 100))
  expect(sum).toBeLessThanOrEqual(all)
  expect(sum).toBeGreaterThan(all - seatIds.length)
  const bases = await ctx.db.cancellation.findMany({ where: { bookingId: bySeat.bookingId } })
  expect(bases.reduce((total, row) => total + row.baseMinor, 0)).toBe(3 * 10_001 + 2 * 33_337 - 7_777)
})

test('the cinema gives back everything, in one act or in as many as there are seats', async () => {
  const seatIds = ['A1', 'A2', 'D1']
  const prices = { regular: 9_999, premium: 12_345 }
  const act = { by: 'CINEMA', userId: null, actorId: null } as const
  const sale = await soldWithDiscount(seatIds, prices, 1_000)
  const { totalMinor } = await ctx.db.booking.findUniqueOrThrow({ where: { id: sale.bookingId } })
  for (const seat of [0, 24, 1]) await cancel(sale, { ...act, seats: [seat] })
  const refunds = await refundsOf(sale.bookingId)
  expect(refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)).toBe(totalMinor)
})

test('whatever the prices and the discount, the seats together are worth what the booking cost', async () => {
  const { bookingId } = await bookSeats(ctx, { seatIds: ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'] })
  const client = await ctx.pool.connect()
  await client.query('BEGIN')
  await client.query(`SELECT setseed(0.42)`)
  for (let round = 0; round < 300; round++) {
    // Free seats and carts that cost nothing are among them.
    await client.query(
      `UPDATE booking_seats SET price_minor = CASE WHEN $2 % 10 = 0 OR random() < 0.1 THEN 0 ELSE (random() * 99999)::int END WHERE booking_id = $1`,
      [bookingId, round],
    )
    await client.query(
      `WITH base AS (SELECT sum(price_minor)::int AS minor, (random() * sum(price_minor))::int AS off, (random() * 9999)::int AS fee, (random() * 999)::int AS tax
                       FROM booking_seats WHERE booking_id = $1)
       UPDATE bookings SET base_minor = minor, discount_minor = off, convenience_fee_minor = fee, tax_minor = tax, total_minor = minor - off + fee + tax
         FROM base WHERE id = $1`,
      [bookingId],
    )
    const { rows } = await client.query(
      `SELECT sum(w.net_minor) = b.base_minor - b.discount_minor AND sum(w.fee_minor) = b.convenience_fee_minor + b.tax_minor
          AND min(w.net_minor) >= 0 AND min(w.fee_minor) >= 0 AND bool_and(w.net_minor <= s.price_minor + 1) AND count(*) = 7 AS exact
         FROM bookings b JOIN seat_worth(b.id) w ON true JOIN booking_seats s ON s.booking_id = b.id AND s.seat = w.seat WHERE b.id = $1 GROUP BY b.id`,
      [bookingId],
    )
    expect(rows).toEqual([{ exact: true }])
  }
  await client.query('ROLLBACK')
  client.release()
})

test('the demo’s money never was at a gateway: nobody is asked for it', async () => {
  const sale = await bookSeats(ctx)
  await given(`UPDATE payment_captures SET learnt_from = 'demo' WHERE payment_id = $1`, sale.paymentId)
  expect(await cancel(sale)).toMatchObject({ outcome: 'CANCELLED', refundMinor: 37_500 })
  const [refund] = await refundsOf(sale.bookingId)
  expect(refund).toMatchObject({ amountMinor: 37_500, state: 'PROCESSED' })
  expect(refund?.processedAt).not.toBeNull()
  expect(await ctx.db.outboxEvent.count({ where: { key: `payment.refund:${refund?.id}` } })).toBe(0)
})

/** As if a gift voucher had paid a part. */
async function soldWithVoucher(voucherMinor: number) {
  const sale = await bookSeats(ctx)
  const voucher = await ctx.db.giftVoucher.create({
    data: {
      id: newId(),
      codeHash: newId(),
      hint: 'WXYZ',
      amountMinor: 60_000,
      balanceMinor: 60_000 - voucherMinor,
      expiresAt: new Date(Date.now() - 60_000),
    },
  })
  await ctx.db.voucherRedemption.create({
    data: { bookingId: sale.bookingId, voucherId: voucher.id, amountMinor: voucherMinor, state: 'REDEEMED' },
  })
  await given(`UPDATE bookings SET voucher_minor = $2 WHERE id = $1`, sale.bookingId, voucherMinor)
  await chargedWhatIsLeft(sale)
  return { ...sale, voucherId: voucher.id }
}

test('what a voucher paid goes back to the voucher, in proportion, and the rest by the way it came', async () => {
  const sale = await soldWithVoucher(20_000)
  const first = await cancel(sale, { seats: [0] })
  const share = Math.floor((18_750 * 20_000) / 53_540)
  expect(first).toMatchObject({ refundMinor: 18_750, toVoucherMinor: share })
  expect(await refundsOf(sale.bookingId)).toMatchObject([{ amountMinor: 18_750 - share }])
  const voucher = await ctx.db.giftVoucher.findUniqueOrThrow({ where: { id: sale.voucherId } })
  expect(voucher.balanceMinor).toBe(40_000 + share)
  expect(voucher.expiresAt.getTime()).toBeGreaterThan(Date.now() + 80 * 86_400_000)

  await cancel(sale, { by: 'CINEMA', userId: null, actorId: null })
  const { returnedMinor } = await ctx.db.voucherRedemption.findUniqueOrThrow({ where: { bookingId: sale.bookingId } })
  const card = (await refundsOf(sale.bookingId)).reduce((sum, refund) => sum + refund.amountMinor, 0)
  // One seat by the tier, the other in full with its half of fee and tax.
  expect(returnedMinor + card).toBe(18_750 + 25_000 + 1_770)
})

test('a booking that took the place of another gives back the money of both, newest first', async () => {
  const older = await bookSeats(ctx, { seatIds: ['A1'] })
  const newer = await bookSeats(ctx, { user: older.user, seatIds: ['A1'] })
  await cancel(older, { by: 'MOVE', refundMinor: 6_770 })
  // 26 770 each: as if 6 770 of the older had come back, and 20 000 of the newer had been credit.
  await given(
    `UPDATE bookings SET moved_from_id = $2, credit_minor = 20000 WHERE id = $1`,
    newer.bookingId,
    older.bookingId,
  )
  await chargedWhatIsLeft(newer)
  expect(await cancel(newer)).toMatchObject({ outcome: 'CANCELLED', refundMinor: 18_750 })
  expect(await refundsOf(newer.bookingId)).toMatchObject([{ amountMinor: 6_770, reason: 'CANCELLED_GUEST' }])
  expect(await refundsOf(older.bookingId)).toMatchObject([
    { amountMinor: 6_770, reason: 'CANCELLED_MOVE' },
    { amountMinor: 11_980, reason: 'CANCELLED_GUEST' },
  ])
})
