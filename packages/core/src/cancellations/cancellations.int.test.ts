// Cancelling as guests, cinemas and the worker do it, one after another and all at once.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { getBooking } from '../bookings/get-booking.ts'
import type { Actor } from '../context.ts'
import { newId, newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import type { Queues } from '../jobs/queues.ts'
import { mailRefund } from '../notifications/mail-refund.ts'
import { sweepRefundMails } from '../notifications/sweep-refund-mails.ts'
import { issueRefund } from '../payments/issue-refund.ts'
import { resumeCheckout } from '../payments/resume-checkout.ts'
import { settlePayment } from '../payments/settle-payment.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { freeSeats } from '../seats/free-seats.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { markSeatsSold } from '../seats/mark-seats-sold.ts'
import { snapshotFromRedis } from '../seats/seat-holds.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { cancelBooking } from './cancel-booking.ts'
import { cancelShowtime } from './cancel-showtime.ts'
import { cancelShowtimeBookings } from './cancel-showtime-bookings.ts'
import { cancellationImpact } from './cancellation-impact.ts'
import { getRefundStatus } from './get-refund-status.ts'
import { mailCancellation } from './mail-cancellation.ts'
import { quoteCancellation } from './quote-cancellation.ts'
import { setCancellationPolicy } from './set-cancellation-policy.ts'
import { sweepCancellations } from './sweep-cancellations.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { DATABASE_POOL: '20' } })
})
afterEach(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
})
afterAll(() => ctx.close())

type Sale = Awaited<ReturnType<typeof bookSeats>>
const cancel = (sale: Sale, given: Partial<Parameters<typeof cancelBooking>[2]> = {}, actor: Actor = sale.actor) =>
  cancelBooking(ctx, actor, {
    bookingId: sale.bookingId,
    idempotencyKey: newSecret(),
    expectedRefundMinor: 0,
    reason: '',
    ...given,
  })
const superadmin = async (): Promise<Actor> => ({
  kind: 'user',
  userId: (await makeUser(ctx, { role: 'superadmin' })).id,
  role: 'superadmin',
  jti: '',
})
/** Everything at once. What was refused is told by its code. */
const allOf = <T>(tries: Promise<T>[]) =>
  Promise.all(
    tries.map((one) =>
      one.then(
        () => 'done',
        (error: { code?: string; message: string }) => error.code ?? error.message,
      ),
    ),
  )
const owed = async (bookingId: string) => {
  const { _sum } = await ctx.db.refund.aggregate({
    where: { capture: { payment: { bookingId } } },
    _sum: { amountMinor: true },
  })
  return _sum.amountMinor ?? 0
}

describe('a guest', () => {
  test('is shown what comes back, gets it, and sees the seats free at once', async () => {
    const sale = await bookSeats(ctx, { seatIds: ['A1', 'A2', 'A3'] })
    await markSeatsSold(ctx, sale)
    const quote = await quoteCancellation(ctx, sale.actor, { bookingId: sale.bookingId, seatIds: ['A2'] })
    expect(quote).toMatchObject({ cancellable: true, refusal: null, seatIds: ['A2'], baseMinor: 25_000, percent: 75 })
    expect(quote).toMatchObject({ refundMinor: 18_750, toVoucherMinor: 0 })
    expect(Date.parse(quote.changesAt ?? '')).toBe(sale.showtime.filmStartsAt.getTime() - 120 * 60_000)

    const booking = await cancel(sale, { seatIds: ['A2'], expectedRefundMinor: quote.refundMinor })
    expect(booking).toMatchObject({ status: 'CONFIRMED', money: 'PAID', refundReason: null })
    expect(booking.seats.map((seat) => seat.cancelled)).toEqual([false, true, false])
    expect(booking.cancellations).toMatchObject([{ by: 'GUEST', seatIds: ['A2'], refundMinor: 18_750, percent: 75 }])
    expect((await snapshotFromRedis(ctx, sale.showtime.id)).map.slice(0, 4)).toBe('2020')
    const left = await quoteCancellation(ctx, sale.actor, { bookingId: sale.bookingId })
    expect(left).toMatchObject({ seatIds: ['A1', 'A3'], refundMinor: 37_500 })
  })

  test('is refused in words: less than was shown, another key’s seats, seats gone, nobody else’s booking', async () => {
    const sale = await bookSeats(ctx, { seatIds: ['A1', 'A2'] })
    const code = (given: Parameters<typeof cancel>[1], actor?: Actor) =>
      cancel(sale, given, actor).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
    expect(await code({ expectedRefundMinor: 37_501 })).toBe('PRICE_CHANGED')
    expect(await code({ seatIds: ['C7'] })).toBe('VALIDATION')
    const stranger = await makeUser(ctx)
    const other: Actor = { ...sale.actor, userId: stranger.id }
    expect(await code({}, other)).toBe('NOT_FOUND')
    expect(await code({}, { kind: 'anonymous' })).toBe('UNAUTHENTICATED')
    await expect(quoteCancellation(ctx, other, { bookingId: sale.bookingId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const idempotencyKey = newSecret()
    expect(await code({ idempotencyKey, seatIds: ['A1'] })).toBe('done')
    expect(await code({ idempotencyKey, seatIds: ['A1'] })).toBe('done')
    expect(await code({ idempotencyKey, seatIds: ['A2'] })).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(await code({ seatIds: ['A1', 'A2'] })).toBe('NOT_CANCELLABLE')
    expect(await code({})).toBe('done')
    expect(await code({})).toBe('NOT_CANCELLABLE')
    const over = await quoteCancellation(ctx, sale.actor, { bookingId: sale.bookingId })
    expect(over).toMatchObject({ cancellable: false, refundMinor: 0, changesAt: null })
    expect(over.refusal).toContain('nothing left')
  })

  test('with Redis away: cancelled all the same, and free on the screens when it is back', async () => {
    const sale = await bookSeats(ctx, { seatIds: ['A1'] })
    await markSeatsSold(ctx, sale)
    const away = await testContext({ database: ctx.database, gateway: ctx.gateway })
    await away.redis.close()
    const booking = await cancelBooking(away, sale.actor, {
      bookingId: sale.bookingId,
      idempotencyKey: newSecret(),
      expectedRefundMinor: 0,
      reason: '',
    })
    expect(booking.status).toBe('CANCELLED')
    await away.close().catch(() => {})
    expect((await snapshotFromRedis(ctx, sale.showtime.id)).map[0]).toBe('2')
    const row = await ctx.db.outboxEvent.findFirstOrThrow({
      where: { key: `seats.freed:${booking.cancellations[0]?.id}` },
    })
    await freeSeats(ctx, row.payload as { cancellationId: string })
    expect((await snapshotFromRedis(ctx, sale.showtime.id)).map[0]).toBe('0')
  })

  test('without an address there is nobody to mail to, and no sweep asks again', async () => {
    const sale = await bookSeats(ctx)
    const { cancellations } = await cancel(sale)
    const [refund] = await ctx.db.refund.findMany({ where: { cancellationId: cancellations[0]?.id ?? '' } })
    await issueRefund(ctx, { refundId: refund?.id ?? '' })
    await ctx.pool.query(`UPDATE bookings SET email = '' WHERE id = $1`, [sale.bookingId])
    await ctx.pool.query(`UPDATE outbox_events SET created_at = now() - interval '1 hour'`)
    await ctx.pool.query(`UPDATE cancellations SET created_at = now() - interval '1 hour' WHERE booking_id = $1`, [
      sale.bookingId,
    ])
    const before = ctx.mail.sent.length
    await mailCancellation(ctx, { cancellationId: cancellations[0]?.id ?? '' })
    await mailRefund(ctx, { refundId: refund?.id ?? '' })
    expect(ctx.mail.sent).toHaveLength(before)
    const asked: unknown[] = []
    const queues = {
      ready: true,
      byName: {
        critical: { addBulk: (jobs: unknown[]) => asked.push(...jobs) },
        notify: { addBulk: (jobs: unknown[]) => asked.push(...jobs) },
      },
    }
    await sweepCancellations({ ...ctx, queues: queues as unknown as Queues })
    await sweepRefundMails({ ...ctx, queues: queues as unknown as Queues })
    expect(JSON.stringify(asked)).not.toContain(cancellations[0]?.id)
    expect(JSON.stringify(asked)).not.toContain(refund?.id)
  })

  test('sees where the money is, step by step, on a page that says nothing of them', async () => {
    const sale = await bookSeats(ctx)
    const { cancellations } = await cancel(sale)
    const [refund] = cancellations[0]?.refunds ?? []
    const reference = refund?.reference ?? ''
    const begun = await getRefundStatus(ctx, { reference })
    expect(begun).toMatchObject({ state: 'DUE', amountMinor: 37_500, processedAt: null })
    expect(begun.steps.map((step) => step.done)).toEqual([true, true, false, false])
    const days = (Date.parse(begun.promisedBy ?? '') - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(7)
    expect(days).toBeLessThan(12)
    expect(begun.steps[3]?.what).toMatch(/by .*day, \d+ .* at the latest/)

    const row = await ctx.db.refund.findUniqueOrThrow({ where: { reference } })
    const third = async (data: { state: 'DUE' | 'FAILED'; attempt: number }) => {
      await ctx.db.refund.update({ where: { id: row.id }, data })
      return (await getRefundStatus(ctx, { reference })).steps[2]?.what
    }
    expect(await third({ state: 'FAILED', attempt: 1 })).toContain('trying again')
    expect(await third({ state: 'FAILED', attempt: 5 })).toContain('by hand')
    expect(await third({ state: 'DUE', attempt: 1 })).toContain('being asked')
    await issueRefund(ctx, { refundId: row.id })
    const through = await getRefundStatus(ctx, { reference })
    expect(through.state).toBe('PROCESSED')
    expect(through.processedAt).not.toBeNull()
    expect(through.steps.every((step) => step.done)).toBe(true)
    const text = JSON.stringify(through)
    for (const secret of [sale.user.email, sale.user.id, sale.bookingId]) expect(text).not.toContain(secret)
    expect(await getBooking(ctx, sale.actor, sale)).toMatchObject({ status: 'CANCELLED', money: 'REFUNDED' })
    expect(await ctx.db.paymentCapture.findFirst({ where: { paymentId: sale.paymentId } })).toMatchObject({
      outcome: 'BOOKED',
    })
    await expect(getRefundStatus(ctx, { reference: '0'.repeat(32) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('at the same time', () => {
  test('two tabs give back the same seats: once', async () => {
    const sale = await bookSeats(ctx, { seatIds: ['A1', 'A2'] })
    const outcomes = await allOf([1, 2, 3, 4].map(() => cancel(sale, { seatIds: ['A1'] })))
    expect(outcomes.sort()).toEqual(['NOT_CANCELLABLE', 'NOT_CANCELLABLE', 'NOT_CANCELLABLE', 'done'])
    expect(await owed(sale.bookingId)).toBe(18_750)
  })

  test('one request, sent ten times: one cancellation and the same answer', async () => {
    const sale = await bookSeats(ctx)
    const idempotencyKey = newSecret()
    const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(sale, { idempotencyKey })))
    expect(new Set(answers.map((booking) => JSON.stringify(booking.cancellations))).size).toBe(1)
    expect(await owed(sale.bookingId)).toBe(37_500)
  })

  test('twenty tabs with overlapping seats: every seat goes once, and never more comes back than for all at once', async () => {
    const showtime = await makeShowtime(ctx, { prices: { regular: 10_007, premium: 20_011 } })
    const seatIds = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'D1', 'D2', 'D3', 'D4']
    const sale = await bookSeats(ctx, { showtime, seatIds })
    const outcomes = await allOf(
      Array.from({ length: 20 }, (_, i) =>
        cancel(sale, {
          seatIds: [seatIds[i % 10]!, ...(i >= 10 ? [seatIds[(i * 3) % 10]!] : [])].filter(
            (seat, at, all) => all.indexOf(seat) === at,
          ),
        }),
      ),
    )
    expect(new Set(outcomes)).toEqual(new Set(['done', 'NOT_CANCELLABLE']))
    const given = (await ctx.db.cancellation.findMany({ where: { bookingId: sale.bookingId } })).flatMap(
      (row) => row.seats,
    )
    expect(given).toHaveLength(10)
    expect(new Set(given).size).toBe(10)
    const whole = Math.floor(((6 * 10_007 + 4 * 20_011) * 75) / 100)
    expect(await owed(sale.bookingId)).toBeLessThanOrEqual(whole)
    expect(await owed(sale.bookingId)).toBeGreaterThan(whole - 10)
  })

  test('a guest and the cinema: each seat is paid back by one of them', async () => {
    for (let round = 0; round < 5; round++) {
      const sale = await bookSeats(ctx)
      const { totalMinor } = await ctx.db.booking.findUniqueOrThrow({ where: { id: sale.bookingId } })
      const actor = await superadmin()
      const [guest] = await allOf<unknown>([
        cancel(sale, { seatIds: ['A1'] }),
        cancelShowtime(ctx, { actor, showtimeId: sale.showtime.id, reason: 'The projector is broken' }).then(() =>
          Promise.all([1, 2].map(() => cancelShowtimeBookings(ctx, { showtimeId: sale.showtime.id }))),
        ),
      ])
      const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: sale.bookingId } })
      expect(booking.status).toBe('CANCELLED')
      const half = totalMinor / 2
      expect(await owed(sale.bookingId)).toBe(guest === 'done' ? 18_750 + half : totalMinor)
      expect(['done', 'NOT_CANCELLABLE']).toContain(guest)
    }
  })

  test('a second payment that arrives while the booking is cancelled goes back in full, whoever is first', async () => {
    for (let round = 0; round < 5; round++) {
      const sale = await bookSeats(ctx)
      const { gatewayOrderId, amountMinor } = await ctx.db.payment.findUniqueOrThrow({ where: { id: sale.paymentId } })
      const { paymentId: gatewayPaymentId } = ctx.gateway.pay(gatewayOrderId ?? '')
      const capture = { gatewayPaymentId, amountMinor, currency: 'INR' }
      await Promise.all([
        cancel(sale),
        settlePayment(ctx, { paymentId: sale.paymentId, capture, learntFrom: 'return' }),
      ])
      expect(await owed(sale.bookingId)).toBe(37_500 + amountMinor)
    }
  })

  test('the money of a booking that is already cancelled, told again, changes nothing', async () => {
    const sale = await bookSeats(ctx)
    await cancel(sale)
    const { amountMinor } = await ctx.db.payment.findUniqueOrThrow({ where: { id: sale.paymentId } })
    const capture = { gatewayPaymentId: sale.gatewayPaymentId, amountMinor, currency: 'INR' }
    await settlePayment(ctx, { paymentId: sale.paymentId, capture, learntFrom: 'reconciler' })
    expect(await ctx.db.booking.findUniqueOrThrow({ where: { id: sale.bookingId } })).toMatchObject({
      status: 'CANCELLED',
    })
    expect(await owed(sale.bookingId)).toBe(37_500)
  })
})

describe('the cinema', () => {
  test('cancels a showtime: all or nothing is no choice, everybody gets everything, twice is once', async () => {
    const showtime = await makeShowtime(ctx)
    const sales = [
      await bookSeats(ctx, { showtime, seatIds: ['A1', 'A2'] }),
      await bookSeats(ctx, { showtime, seatIds: ['D1'] }),
    ]
    await ctx.pool.query(`UPDATE tickets SET status = 'USED', used_at = now() WHERE booking_id = $1`, [
      sales[1]?.bookingId,
    ])
    const actor = await superadmin()
    const act = { actor, showtimeId: showtime.id, reason: 'The projector is broken' }
    expect(await cancelShowtime(ctx, { ...act, origin: { network: '::1', requestId: 'r1' } })).toEqual({
      showtimeId: showtime.id,
      bookings: 2,
      seats: 3,
    })
    await cancelShowtime(ctx, act)
    expect(await ctx.db.auditEntry.findMany({ where: { subjectId: showtime.id } })).toMatchObject([
      { action: 'showtime.cancel', network: '::1', after: { status: 'CANCELLED', reason: act.reason } },
    ])
    expect(
      await ctx.db.outboxEvent.count({ where: { topic: 'showtime.cancelled', key: { contains: showtime.id } } }),
    ).toBe(1)
    await expect(cancel(sales[0]!)).rejects.toMatchObject({ code: 'NOT_CANCELLABLE' })

    expect(await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })).toEqual({ bookings: 2, drafts: 0 })
    expect(await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })).toEqual({ bookings: 0, drafts: 0 })
    for (const sale of sales) {
      const booking = await getBooking(ctx, sale.actor, sale)
      expect(booking).toMatchObject({ status: 'CANCELLED', money: 'REFUND_STARTED' })
      expect(booking.refundReason).toContain('The cinema cancelled')
      expect(booking.cancellations).toMatchObject([{ by: 'CINEMA', reason: act.reason, percent: 100 }])
      expect(await owed(sale.bookingId)).toBe(booking.quote.totalMinor)
    }
  })

  test('only its own: an admin of another theatre, a customer and nobody are refused; what is over stays', async () => {
    const showtime = await makeShowtime(ctx)
    const { theatreId } = await ctx.db.screen.findUniqueOrThrow({ where: { id: showtime.screenId } })
    const admin = await makeUser(ctx, { role: 'admin' })
    const as = (role: 'admin' | 'customer'): Actor => ({ kind: 'user', userId: admin.id, role, jti: '' })
    const act = { showtimeId: showtime.id, reason: 'A power cut' }
    const tiers = [{ minutesBefore: 60, percent: 40 }]
    for (const actor of [as('admin'), as('customer')]) {
      await expect(cancelShowtime(ctx, { ...act, actor })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(setCancellationPolicy(ctx, { actor, theatreId, tiers })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    await expect(cancelShowtime(ctx, { ...act, actor: { kind: 'anonymous' } })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    await ctx.db.theatreAdmin.create({ data: { theatreId, userId: admin.id } })
    await ctx.pool.query(
      `UPDATE showtimes SET starts_at = now() - interval '3 hours', film_starts_at = now() - interval '2 hours', ends_at = now() - interval '1 minute' WHERE id = $1`,
      [showtime.id],
    )
    await expect(cancelShowtime(ctx, { ...act, actor: as('admin') })).rejects.toMatchObject({ code: 'NOT_CANCELLABLE' })
    await expect(cancelShowtime(ctx, { ...act, showtimeId: newId(), actor: await superadmin() })).rejects.toMatchObject(
      { code: 'NOT_FOUND' },
    )

    expect(await setCancellationPolicy(ctx, { actor: as('admin'), theatreId, tiers })).toEqual({ tiers })
    expect(await setCancellationPolicy(ctx, { actor: as('admin'), theatreId, tiers: [] })).toEqual({ tiers: [] })
    expect(await ctx.db.auditEntry.count({ where: { action: 'theatre.policy', subjectId: theatreId } })).toBe(2)
  })

  test('sees what a cancellation will do before it, and that is what it does', async () => {
    const showtime = await makeShowtime(ctx)
    const whole = await bookSeats(ctx, { showtime, seatIds: ['A1', 'A2'] })
    const part = await bookSeats(ctx, { showtime, seatIds: ['D1', 'D2'] })
    await cancel(await bookSeats(ctx, { showtime, seatIds: ['B1'] }))
    await cancel(part, { seatIds: ['D2'] })
    await draft(showtime, 'C1')
    const actor = await superadmin()
    const sale = await bookSeats(ctx) // of another show
    const impact = await cancellationImpact(ctx, { actor, showtimeId: showtime.id })
    expect(impact).toMatchObject({ showtimeId: showtime.id, bookings: 2, seats: 3, toVoucherMinor: 0, drafts: 1 })
    const before = (await owed(whole.bookingId)) + (await owed(part.bookingId))
    await cancelShowtime(ctx, { actor, showtimeId: showtime.id, reason: 'A power cut' })
    expect(await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })).toEqual({ bookings: 2, drafts: 1 })
    expect((await owed(whole.bookingId)) + (await owed(part.bookingId)) - before).toBe(impact.refundMinor)
    const left = await cancellationImpact(ctx, { actor, showtimeId: showtime.id })
    expect(left).toMatchObject({ bookings: 0, seats: 0, refundMinor: 0, drafts: 0 })

    await expect(cancellationImpact(ctx, { actor, showtimeId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const stranger: Actor = { ...sale.actor, userId: (await makeUser(ctx, { role: 'admin' })).id, role: 'admin' }
    await expect(cancellationImpact(ctx, { actor: stranger, showtimeId: sale.showtime.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('a policy counts for what is sold from then on', async () => {
    const showtime = await makeShowtime(ctx)
    const before = await bookSeats(ctx, { showtime, seatIds: ['A1'] })
    const { theatreId } = await ctx.db.screen.findUniqueOrThrow({ where: { id: showtime.screenId } })
    await setCancellationPolicy(ctx, { actor: await superadmin(), theatreId, tiers: [] })
    const after = await bookSeats(ctx, { showtime, seatIds: ['A2'] })
    // What is shown is what counts: nothing.
    expect(await getBooking(ctx, after.actor, { bookingId: after.bookingId })).toMatchObject({ cancellationTiers: [] })
    const quote = await quoteCancellation(ctx, after.actor, { bookingId: after.bookingId })
    expect(quote).toMatchObject({ percent: 0, refundMinor: 0, tiers: [], changesAt: null })
    expect((await cancel(before)).cancellations).toMatchObject([{ percent: 75, refundMinor: 18_750 }])
    expect(await cancel(after)).toMatchObject({
      money: 'PAID',
      cancellations: [{ percent: 0, refundMinor: 0, refunds: [] }],
    })
  })

  test('a run that dies after any booking is finished by the next, and drafts end with it', async () => {
    const showtime = await makeShowtime(ctx)
    for (const seatId of ['A1', 'A2', 'A3']) await bookSeats(ctx, { showtime, seatIds: [seatId] })
    await cancelShowtime(ctx, { actor: await superadmin(), showtimeId: showtime.id, reason: 'A power cut' })
    for (let left = 2; left >= 0; left--) {
      const dying: TestContext = {
        ...ctx,
        crashPoint() {
          throw new Error('killed')
        },
      }
      await expect(cancelShowtimeBookings(dying, { showtimeId: showtime.id })).rejects.toThrow('killed')
      expect(await ctx.db.booking.count({ where: { showtimeId: showtime.id, status: 'CONFIRMED' } })).toBe(left)
    }
    expect(await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })).toEqual({ bookings: 0, drafts: 0 })
  })

  /** Seats chosen, nothing paid yet. */
  async function draft(showtime: Awaited<ReturnType<typeof makeShowtime>>, seatId = 'B1') {
    const user = await makeUser(ctx)
    const { holdToken, quote } = await holdSeats(ctx, { showtimeId: showtime.id, seatIds: [seatId] })
    const actor: Actor = { kind: 'user', userId: user.id, role: 'customer', jti: '' }
    const { bookingId, orderId, amountMinor } = await startCheckout(ctx, actor, {
      showtimeId: showtime.id,
      seatIds: [seatId],
      holdToken,
      expectedTotalMinor: quote?.totalMinor ?? 0,
      idempotencyKey: newSecret(),
    })
    const { id: paymentId } = await ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
    const pay = () => {
      const capture = { gatewayPaymentId: ctx.gateway.pay(orderId).paymentId, amountMinor, currency: 'INR' }
      return settlePayment(ctx, { paymentId, capture, learntFrom: 'return' })
    }
    return { actor, bookingId, amountMinor, pay }
  }

  test('an unpaid booking ends with its showtime, and money that comes for it goes back in full', async () => {
    const showtime = await makeShowtime(ctx)
    const open = await draft(showtime)
    await cancelShowtime(ctx, { actor: await superadmin(), showtimeId: showtime.id, reason: 'A power cut' })
    // Before any job has run, and while this process still believes that it is on sale, nobody is led to pay for it.
    const gone = { code: 'HOLD_GONE', message: expect.stringContaining('cancelled') }
    await expect(resumeCheckout(ctx, open.actor, { bookingId: open.bookingId })).rejects.toMatchObject(gone)
    expect(await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })).toEqual({ bookings: 0, drafts: 1 })
    await expect(draft(showtime, 'B2')).rejects.toMatchObject(gone)
    expect(await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })).toEqual({ bookings: 0, drafts: 1 })
    expect(await ctx.db.booking.findUniqueOrThrow({ where: { id: open.bookingId } })).toMatchObject({
      status: 'EXPIRED',
    })
    expect(await open.pay()).toBe('REFUND_DUE')
    expect(await owed(open.bookingId)).toBe(open.amountMinor)
  })

  test('money that is being settled just then: booked or not, all of it goes back', async () => {
    const actor = await superadmin()
    for (let round = 0; round < 8; round++) {
      const showtime = await makeShowtime(ctx)
      const open = await draft(showtime)
      await Promise.all([
        open.pay(),
        cancelShowtime(ctx, { actor, showtimeId: showtime.id, reason: 'A power cut' }).then(() =>
          cancelShowtimeBookings(ctx, { showtimeId: showtime.id }),
        ),
      ])
      // The sweep's turn, for what was confirmed behind the job's back.
      await cancelShowtimeBookings(ctx, { showtimeId: showtime.id })
      const { status } = await ctx.db.booking.findUniqueOrThrow({ where: { id: open.bookingId } })
      expect(['CANCELLED', 'EXPIRED']).toContain(status)
      expect(await owed(open.bookingId)).toBe(open.amountMinor)
    }
  })

  test('nothing happens to a showtime that runs', async () => {
    const sale = await bookSeats(ctx)
    expect(await cancelShowtimeBookings(ctx, { showtimeId: sale.showtime.id })).toEqual({ bookings: 0, drafts: 0 })
    expect(await getBooking(ctx, sale.actor, sale)).toMatchObject({ status: 'CONFIRMED' })
  })
})
