// Everything that moves money and seats at once, by the same few people, over the same few seats: buying with codes, paying
// late, twice or only half, giving back, moving, expiring, reconciling, and a cinema that cancels. Whatever happens in
// whichever order, the gateway keeps to the paisa what our books say, and nothing but a plain refusal is ever answered.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { abandonCheckout } from '../bookings/abandon-checkout.ts'
import { expireBookings } from '../bookings/expire-bookings.ts'
import { cancelBooking } from '../cancellations/cancel-booking.ts'
import { cancelShowtimeBookings } from '../cancellations/cancel-showtime-bookings.ts'
import { quoteCancellation } from '../cancellations/quote-cancellation.ts'
import { AppError } from '../errors.ts'
import { newId, newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { issueCreditNote } from '../invoices/issue-credit-note.ts'
import { moveBooking } from '../moves/move-booking.ts'
import { quoteMove } from '../moves/quote-move.ts'
import { quoteWithOffers } from '../offers/quote-with-offers.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { makePromo, makeVoucher } from '../testing/offers.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { issueRefund } from './issue-refund.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { settleFromGateway } from './settle-from-gateway.ts'
import { startCheckout } from './start-checkout.ts'

const ROUNDS = 4
const GUESTS = 5
const ACTS = 12

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { DATABASE_POOL: '20', RATE_LIMIT_SCALE: '1000' } })
})
afterAll(() => ctx.close())

type Guest = Awaited<ReturnType<typeof guest>>
type Evening = Awaited<ReturnType<typeof evening>>

const pick = <T>(from: T[]): T => from[Math.floor(Math.random() * from.length)] as T
const sometimes = (share: number) => Math.random() < share
const network = '203.0.113.11'

async function guest() {
  return { kind: 'user', userId: (await makeUser(ctx)).id, role: 'customer', jti: newId() } as const
}

/** One film three times, a code that is soon used up, and two vouchers that everybody knows. */
async function evening() {
  const [movie, theatre] = [await makeMovie(ctx), await makeTheatre(ctx)]
  const showtimes = []
  for (const [i, startsIn] of [180, 1_440, 2_900].entries()) {
    const screen = await makeScreen(ctx, { theatreId: theatre.id })
    showtimes.push(
      await makeShowtime(ctx, { movieId: movie.id, screen, startsIn, prices: { regular: 25_000 + i * 3_333 } }),
    )
  }
  const { code: promo } = await makePromo(ctx, { maxUses: 6, maxUsesPerUser: 2 })
  const vouchers = [(await makeVoucher(ctx, 90_050)).code, (await makeVoucher(ctx, 53_440)).code]
  return { showtimes, promo, vouchers }
}

async function settle(bookingId: string) {
  const payment = await ctx.db.payment.findFirst({ where: { bookingId, gatewayOrderId: { not: null } } })
  const { id: paymentId, gatewayOrderId } = payment ?? {}
  if (paymentId && gatewayOrderId) await settleFromGateway(ctx, { paymentId, gatewayOrderId, learntFrom: 'return' })
}

/** By webhook twice and by the browser, perhaps after the hold has ended or was given up, perhaps twice over. */
async function pay(actor: Guest, { orderId, bookingId }: { orderId: string; bookingId: string }) {
  const { webhook } = ctx.gateway.pay(orderId, sometimes(0.2) ? { status: 'authorized' } : {})
  const message = { gateway: 'fake', rawBody: webhook.body, signature: webhook.signature }
  if (sometimes(0.15)) ctx.gateway.pay(orderId)
  if (sometimes(0.2))
    await ctx.pool.query(`UPDATE bookings SET pay_by = now() - interval '1 second' WHERE id = $1`, [bookingId])
  if (sometimes(0.2)) await abandonCheckout(ctx, actor, { bookingId })
  const hear = () => receiveWebhook(ctx, { ...message, eventId: newId() })
  await Promise.all([hear(), settle(bookingId), hear()])
}

async function buy(actor: Guest, { showtimes, promo, vouchers }: Evening) {
  const { id: showtimeId, seatIds: all } = pick(showtimes)
  const from = Math.floor(Math.random() * 12)
  const seatIds = all.slice(from, from + 1 + Math.floor(Math.random() * 3))
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds })
  const codes = { ...(sometimes(0.4) && { promoCode: promo }), ...(sometimes(0.5) && { voucherCode: pick(vouchers) }) }
  const { quote } = await quoteWithOffers(ctx, actor, { showtimeId, seatIds, ...codes, network, holdToken })
  const order = { showtimeId, seatIds, ...codes, holdToken, expectedTotalMinor: quote.toPayMinor }
  const checkout = await startCheckout(ctx, actor, { ...order, idempotencyKey: newSecret() })
  if (checkout.orderId && sometimes(0.85)) await pay(actor, checkout)
}

async function ownBooking(actor: Guest) {
  const live = { where: { status: { not: 'CANCELLED' } } } as const
  const where = { userId: actor.userId, status: 'CONFIRMED' } as const
  const bookings = await ctx.db.booking.findMany({ where, include: { tickets: live } })
  // Asked for one after the other: its seats may be gone by the second question.
  return pick(bookings.filter(({ tickets }) => tickets.length > 0)) ?? null
}

async function giveBack(actor: Guest) {
  const booking = await ownBooking(actor)
  if (!booking) return
  const seatIds = sometimes(0.5) ? [pick(booking.tickets).label] : undefined
  const asked = { bookingId: booking.id, seatIds }
  const { refundMinor: expectedRefundMinor } = await quoteCancellation(ctx, actor, asked)
  const act = { ...asked, expectedRefundMinor, reason: '', idempotencyKey: newSecret() }
  await Promise.all([cancelBooking(ctx, actor, act), cancelBooking(ctx, actor, act)])
}

async function move(actor: Guest, { showtimes }: Evening) {
  const booking = await ownBooking(actor)
  if (!booking) return
  const { id: showtimeId, seatIds: all } = pick(showtimes.filter(({ id }) => id !== booking.showtimeId))
  const from = Math.floor(Math.random() * 12)
  const asked = { bookingId: booking.id, showtimeId, seatIds: all.slice(from, from + booking.tickets.length) }
  const { differenceMinor: expectedDifferenceMinor } = await quoteMove(ctx, actor, asked)
  const { holdToken } = await holdSeats(ctx, asked)
  const result = await moveBooking(ctx, actor, {
    ...asked,
    holdToken,
    expectedDifferenceMinor,
    idempotencyKey: newSecret(),
  })
  if (result.kind === 'pay' && sometimes(0.85)) await pay(actor, result.checkout)
}

/** Refusals are part of it; anything else is a fault. */
async function actOften(actor: Guest, at: Evening, faults: unknown[]) {
  const acts = [buy, buy, giveBack, move, move, () => expireBookings(ctx), () => reconcilePayments(ctx)]
  for (let n = 0; n < ACTS; n++)
    await pick(acts)(actor, at).catch((error: unknown) => {
      if (!(error instanceof AppError)) faults.push(error)
    })
}

async function cancelByCinema(showtimeId: string) {
  await ctx.pool.query(`UPDATE showtimes SET status = 'CANCELLED', cancelled_at = now() WHERE id = $1`, [showtimeId])
  await cancelShowtimeBookings(ctx, { showtimeId })
}

/** What the worker, the reconciler and the sweeps would have done by and by. */
async function comeToRest(cancelled: string) {
  await cancelShowtimeBookings(ctx, { showtimeId: cancelled })
  for (const { bookingId } of await ctx.db.payment.findMany({ select: { bookingId: true } })) await settle(bookingId)
  const due = await ctx.db.refund.findMany({ where: { state: { in: ['DUE', 'PENDING'] } } })
  for (const { id: refundId } of due) await issueRefund(ctx, { refundId })
  for (const { id } of await ctx.db.cancellation.findMany()) await issueCreditNote(ctx, { cancellationId: id })
}

async function books() {
  const { rows } = await ctx.pool.query<{ kept: number }>(
    `SELECT (SELECT coalesce(sum(total_minor - voucher_minor - credit_minor), 0) FROM bookings WHERE confirmed_at IS NOT NULL)::int
          - (SELECT coalesce(sum(refund_minor - to_voucher_minor), 0) FROM cancellations)::int AS kept`,
  )
  const sum = (amounts: { amountMinor: number }[]) => amounts.reduce((all, { amountMinor }) => all + amountMinor, 0)
  const taken = ctx.gateway.payments.filter(({ status }) => status === 'captured' || status === 'refunded')
  const sent = ctx.gateway.refunds.filter(({ status }) => status === 'processed')
  return { ours: rows[0]?.kept, theirs: sum(taken) - sum(sent) }
}

test('the gateway keeps what our books say, whatever happens at once', { timeout: 120_000 }, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const at = await evening()
    const guests = await Promise.all(Array.from({ length: GUESTS }, guest))
    const faults: unknown[] = []
    const everybody = () => guests.map((actor) => actOften(actor, at, faults))
    // Each with two windows open; then the cinema cancels a showtime while they go on.
    await Promise.all([...everybody(), ...everybody()])
    const cancelled = at.showtimes[1]?.id ?? ''
    await Promise.all([cancelByCinema(cancelled), ...everybody()])
    await comeToRest(cancelled)
    const { ours, theirs } = await books()
    expect(theirs).toBe(ours)
    expect(faults).toEqual([])
    expect((await checkInvariants(ctx)).violations).toEqual([])
  }
  // It did come to all of that.
  const kinds = await ctx.db.cancellation.groupBy({ by: ['by'] })
  expect(new Set(kinds.map(({ by }) => by))).toEqual(new Set(['CINEMA', 'GUEST', 'MOVE']))
})
