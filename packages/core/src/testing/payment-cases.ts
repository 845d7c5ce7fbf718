import { randomInt } from 'node:crypto'
import type { GatewayPayment } from '@marquee/providers/payments/gateway'
import { abandonCheckout } from '../bookings/abandon-checkout.ts'
import { expireBookings } from '../bookings/expire-bookings.ts'
import { cancelSeats } from '../cancellations/cancel-seats.ts'
import { newId } from '../ids.ts'
import { checkPayment } from '../payments/check-payment.ts'
import { issueRefund } from '../payments/issue-refund.ts'
import { receiveWebhook } from '../payments/receive-webhook.ts'
import { reconcilePayments } from '../payments/reconcile-payments.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { verifyReturn } from '../payments/verify-return.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { makeScreen, makeShowtime, makeUser, plainLayout } from './factories.ts'
import type { TestContext } from './services.ts'

// Many bookings side by side in one database, each led through its own sequence of events by the real verbs.

export const EVENTS = [
  'return',
  'authorized',
  'captured',
  'failed',
  'order.paid',
  'expiry',
  'cancel',
  'reconciler',
] as const
export type PaymentEvent = (typeof EVENTS)[number]

/**
 * What is true at the gateway, whatever we are told in which order. `as told`: a message makes true what it says, so the
 * money moves along with the messages. `paid first`: it was taken before anything reached us. `paid twice`: so was that
 * of a second attempt, of which the browser and order.paid speak.
 */
export type World = {
  truth: 'as told' | 'paid first' | 'paid twice'
  /** What becomes of seats that are let go: nothing, or somebody else holds them in the same moment. */
  seats: 'stay free' | 'go to another'
}
export const WORLDS: World[] = (['as told', 'paid first', 'paid twice'] as const).flatMap((truth) =>
  (['stay free', 'go to another'] as const).map((seats) => ({ truth, seats })),
)

export type PaymentCase = Awaited<ReturnType<ReturnType<typeof paymentCases>['open']>>[number]
export type Step = { on: PaymentCase; event: PaymentEvent }

const RANK = { created: 0, failed: 1, authorized: 2, captured: 3, refunded: 4 } as const
const AT_ONCE = 8
/** Away from every clock: the reconciler, which goes by ages, looks only at what is put before it. */
const NOT_YET = `now() + interval '1 day'`

export function paymentCases(ctx: TestContext, world: World) {
  const halls: { id: string; free: number[]; labels: string[] }[] = []

  async function open(count: number) {
    while (halls.reduce((sum, hall) => sum + hall.free.length, 0) < count) {
      const screen = await makeScreen(ctx, { layout: plainLayout(40, 50) })
      // Every seat costs the same, so one case is worth another.
      const hall = await makeShowtime(ctx, { screen, prices: { regular: 35_000 } })
      halls.push({ id: hall.id, free: hall.seatIds.map((_, seat) => seat), labels: hall.seatIds })
    }
    const places = Array.from({ length: count }, () => {
      const hall = halls.find((candidate) => candidate.free.length > 0)
      if (!hall) throw new Error('no seat is left')
      const seat = hall.free.pop() ?? 0
      return { showtimeId: hall.id, seat, label: hall.labels[seat] ?? '' }
    })
    const opened = await together(places, async ({ showtimeId, seat, label }) => {
      const user = await makeUser(ctx)
      const actor = { kind: 'user', userId: user.id, role: 'customer', jti: '' } as const
      const hold = await holdSeats(ctx, { showtimeId, seatIds: [label] })
      const { bookingId, orderId, amountMinor } = await startCheckout(ctx, actor, {
        showtimeId,
        seatIds: [label],
        holdToken: hold.holdToken,
        expectedTotalMinor: hold.quote?.totalMinor ?? 0,
        idempotencyKey: newId(),
      })
      const status = world.truth === 'as told' ? 'created' : 'captured'
      const attempts = (world.truth === 'paid twice' ? [1, 2] : [1]).map(() => ctx.gateway.pay(orderId, { status }))
      const payments = attempts.map(({ paymentId }) => {
        const payment = ctx.gateway.payments.findLast((known) => known.paymentId === paymentId)
        if (!payment) throw new Error('the gateway does not know what was paid')
        return payment
      })
      const heard = new Set<PaymentEvent>()
      return { bookingId, orderId, amountMinor, showtimeId, seat, actor, attempts, payments, heard, paymentId: '' }
    })
    const { rows } = await ctx.pool.query<{ id: string; booking_id: string }>(
      `UPDATE payments SET created_at = ${NOT_YET} WHERE booking_id = ANY ($1) RETURNING id, booking_id`,
      [opened.map((each) => each.bookingId)],
    )
    const paymentOf = new Map(rows.map((row) => [row.booking_id, row.id]))
    for (const each of opened) each.paymentId = paymentOf.get(each.bookingId) ?? ''
    return opened
  }

  /** One event for each of these bookings, at the same time. */
  async function happen(steps: Step[]) {
    const of = (event: PaymentEvent) => steps.filter((step) => step.event === event).map((step) => step.on)
    await together(
      steps.filter(({ event }) => event !== 'expiry' && event !== 'reconciler'),
      ({ on, event }) => (event === 'return' ? comeBack(on) : event === 'cancel' ? cancel(on) : deliver(on, event)),
    )
    await expire(of('expiry'))
    await reconcile(of('reconciler'))
    for (const { on, event } of steps) on.heard.add(event)
  }

  const spokenOf = (on: PaymentCase, event: PaymentEvent) =>
    event === 'return' || event === 'order.paid' ? on.payments.length - 1 : 0

  /** Money only moves forward at the gateway; a message that says less than is true is an old one. */
  function comesTrue(payment: GatewayPayment, status: keyof typeof RANK) {
    if (RANK[status] > RANK[payment.status]) payment.status = status
  }

  async function comeBack(on: PaymentCase) {
    const n = spokenOf(on, 'return')
    const [payment, attempt] = [on.payments[n], on.attempts[n]]
    if (!payment || !attempt) throw new Error('no such attempt')
    // Nobody comes back with a signature from a payment that the bank refused.
    comesTrue(payment, 'authorized')
    await verifyReturn(ctx, on.actor, {
      razorpay_order_id: on.orderId,
      razorpay_payment_id: attempt.paymentId,
      razorpay_signature: attempt.signature,
    })
  }

  /** The first time under its event id; again under the same one, as a redelivery, and under a new one, as a replay. */
  async function deliver(on: PaymentCase, event: PaymentEvent) {
    const payment = on.payments[spokenOf(on, event)]
    if (!payment) throw new Error('no such attempt')
    const status = event === 'authorized' || event === 'failed' ? event : 'captured'
    comesTrue(payment, status)
    const type = event === 'order.paid' ? event : `payment.${event}`
    const { body: rawBody, signature } = ctx.gateway.sign({ kind: 'payment', type, payment: { ...payment, status } })
    const ids = [`${on.bookingId}:${event}`, ...(on.heard.has(event) ? [newId()] : [])]
    for (const eventId of ids) await receiveWebhook(ctx, { gateway: 'fake', rawBody, signature, eventId })
  }

  async function cancel(on: PaymentCase) {
    await abandonCheckout(ctx, on.actor, { bookingId: on.bookingId })
    await cancelSeats(ctx.pool, {
      bookingId: on.bookingId,
      userId: on.actor.userId,
      key: 'cancel',
      by: 'GUEST',
      actorId: on.actor.userId,
      seats: null,
    })
    await letGo([on])
  }

  async function expire(cases: PaymentCase[]) {
    if (cases.length === 0) return
    const ids = cases.map((each) => each.bookingId)
    await ctx.pool.query(`UPDATE bookings SET pay_by = now() - interval '1 minute' WHERE id = ANY ($1)`, [ids])
    await ctx.pool.query(
      `UPDATE seat_claims SET expires_at = now() - interval '1 minute' WHERE booking_id = ANY ($1) AND state <> 'SOLD'`,
      [ids],
    )
    for (let ended = 1; ended > 0; ) {
      const { bookings, claims } = await expireBookings(ctx)
      ended = bookings + claims
    }
    await letGo(cases)
  }

  async function letGo(cases: PaymentCase[]) {
    if (world.seats === 'stay free') return
    await together(cases, (on) =>
      ctx.pool.query(
        `SELECT claim_seats($1, ARRAY[$2::int], 'somebody else', NULL, now() + interval '1 hour', 'HELD')
          WHERE EXISTS (SELECT FROM bookings WHERE id = $3 AND status IN ('EXPIRED', 'CANCELLED'))`,
        [on.showtimeId, on.seat, on.bookingId],
      ),
    )
  }

  /** The gateway is asked about these bookings, until nothing of theirs is left to ask. */
  async function reconcile(cases: PaymentCase[]) {
    if (cases.length === 0) return
    const ids = cases.map((each) => each.paymentId)
    const refunds = `FROM payment_captures c WHERE c.id = r.capture_id`
    await ctx.pool.query(`UPDATE refunds SET updated_at = ${NOT_YET} WHERE state <> 'PROCESSED'`)
    await ctx.pool.query(
      `UPDATE payments SET created_at = now() - interval '11 minutes', checked_at = NULL WHERE id = ANY ($1)`,
      [ids],
    )
    const due = async () => {
      await ctx.pool.query(
        `UPDATE refunds r SET created_at = now() - interval '2 minutes', updated_at = now() - interval '2 minutes', checked_at = NULL
         ${refunds} AND c.payment_id = ANY ($1) AND r.state <> 'PROCESSED'`,
        [ids],
      )
      const { rows } = await ctx.pool.query<{ n: number }>(
        `SELECT (SELECT count(*) FROM payments WHERE id = ANY ($1) AND checked_at IS NULL)::int
              + (SELECT count(*) FROM refunds r WHERE r.state <> 'PROCESSED' AND EXISTS (SELECT ${refunds} AND c.payment_id = ANY ($1)))::int AS n`,
        [ids],
      )
      return rows[0]?.n ?? 0
    }
    for (let rounds = 0, left = await due(); left > 0; left = await due(), rounds++) {
      if (rounds > cases.length + 5) throw new Error(`the reconciler leaves ${left} alone`)
      await Promise.all(Array.from({ length: left > 100 ? 4 : 1 }, () => reconcilePayments(ctx)))
    }
    await ctx.pool.query(`UPDATE payments SET created_at = ${NOT_YET} WHERE id = ANY ($1)`, [ids])
  }

  /**
   * What happens sooner or later by itself: the jobs run, the time runs out, the reconciler comes round, and the gateway
   * gives back what it only set aside.
   */
  async function settleDown(cases: PaymentCase[]) {
    await runJobs(cases)
    await expire(cases)
    await reconcile(cases)
    await runJobs(cases)
    // Never taken, so nothing to give back by a refund: it simply lapses.
    for (const payment of cases.flatMap((each) => each.payments))
      if (payment.status === 'authorized') payment.status = 'failed'
  }

  async function runJobs(cases: PaymentCase[]) {
    const { rows } = await ctx.pool.query<{ topic: string; payload: { paymentId: string; refundId: string } }>(
      `SELECT o.topic, o.payload FROM outbox_events o
        WHERE (o.topic = 'payment.check' AND o.payload ->> 'paymentId' = ANY ($1::text[]))
           OR (o.topic = 'payment.refund' AND o.payload ->> 'refundId' IN (
                SELECT r.id::text FROM refunds r JOIN payment_captures c ON c.id = r.capture_id WHERE c.payment_id = ANY ($1::uuid[])))`,
      [cases.map((each) => each.paymentId)],
    )
    await together(rows, ({ topic, payload }) =>
      topic === 'payment.check' ? checkPayment(ctx, payload) : issueRefund(ctx, payload),
    )
  }

  return { open, happen, settleDown }
}

/** A few at a time, in no order that anybody could rely on. */
export async function together<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = items.map((item, i) => ({ item, i }))
  const worker = async () => {
    for (let next = take(waiting); next; next = take(waiting)) results[next.i] = await work(next.item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}

function take<T>(from: T[]): T | undefined {
  if (from.length === 0) return undefined
  const at = randomInt(from.length)
  const taken = from[at]
  const last = from.pop()
  if (at < from.length && last !== undefined) from[at] = last
  return taken
}
