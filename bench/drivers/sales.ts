// Sells through the verbs of core, in a process of its own, as one API process would.
import { randomUUID } from 'node:crypto'
import { openDraft } from '@marquee/core/bookings/open-draft'
import { readConfig } from '@marquee/core/config'
import { type Ctx, createContext } from '@marquee/core/context'
import { AppError } from '@marquee/core/errors'
import { hashSecret, newSecret } from '@marquee/core/ids'
import { settlePayment } from '@marquee/core/payments/settle-payment'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { quoteSelection } from '@marquee/core/seats/hold-view'
import { snapshotFromRedis } from '@marquee/core/seats/seat-holds'
import { showtimeSeating } from '@marquee/core/seats/showtime-seating'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'
import { answer } from '../answer.ts'
import { DRAFT_MINOR, gatewayPaymentIdOf, paymentIdOf } from '../drafts.ts'

export type SaleOptions = { showtimeIds: string[]; userIds: string[]; count: number; inFlight: number }

const config = readConfig(process.env)
const ctx: Ctx = createContext(config, () => ({
  // What the gateway takes to answer is the gateway's.
  gateway: { ...openGateway(config), createOrder: async ({ receipt }) => ({ orderId: `order_${receipt}` }) },
  mail: openMail(config, async () => ({ id: '' })),
  sms: openSms(config, async () => ({ id: '' })),
  voice: openVoice(config),
}))
if (!ctx.redis.available) await new Promise<void>((resolve) => ctx.redis.onBack(resolve))

answer({
  settle: ({ from, count, inFlight }: { from: number; count: number; inFlight: number }) =>
    inParallel(count, inFlight, async (i) => {
      const n = from + i
      const capture = { gatewayPaymentId: gatewayPaymentIdOf(n), amountMinor: DRAFT_MINOR, currency: 'INR' }
      const outcome = await settlePayment(ctx, { paymentId: paymentIdOf(n), capture, learntFrom: 'return' })
      if (outcome !== 'BOOKED') throw new Error(`payment ${n}: ${outcome}`)
    }),
  /** Claim and draft, the gateway's order noted, settled: what a sale writes. @returns sales a second */
  async sell(options: SaleOptions) {
    await warm(options)
    return inParallel(options.count, options.inFlight, async (i) => {
      const { bookingId } = await draftOf(options, i)
      const { rows } = await ctx.pool.query<Payment>({
        name: 'bench_order',
        text: 'UPDATE payments SET gateway_order_id = $2 WHERE booking_id = $1 RETURNING id, amount_minor',
        values: [bookingId, `order_${bookingId}`],
      })
      await settled(rows[0]!)
    })
  },
  /** The same through the verb behind POST /api/bookings, with the hold and the answer for the browser. */
  async checkout(options: SaleOptions) {
    await warm(options)
    return inParallel(options.count, options.inFlight, async (i) => {
      const { seating, seats, quote } = await chosen(options, i)
      const userId = options.userIds[i % options.userIds.length]!
      const { orderId, gateway } = await startCheckout(
        ctx,
        { kind: 'user', userId, role: 'customer', jti: randomUUID() },
        {
          showtimeId: seating.showtimeId,
          seatIds: seats.map((seat) => seating.seats[seat]!.seatId),
          expectedTotalMinor: quote.totalMinor,
          holdToken: newSecret(),
          idempotencyKey: randomUUID(),
        },
      )
      const { rows } = await ctx.pool.query<Payment>({
        name: 'bench_payment',
        text: 'SELECT id, amount_minor FROM payments WHERE gateway_order_id = $1 AND gateway = $2',
        values: [orderId, gateway],
      })
      await settled(rows[0]!)
    })
  },
  /** Everybody drafts the first seat of one hall at once. */
  async race({ showtimeId, userIds }: { showtimeId: string; userIds: string[] }) {
    const seating = await showtimeSeating(ctx, showtimeId)
    const began = performance.now()
    const won = await Promise.all(
      userIds.map((userId) =>
        draft(seating, userId, [0]).then(
          () => 1,
          (error: unknown) => {
            if (error instanceof AppError && error.code === 'SEATS_TAKEN') return 0
            throw error
          },
        ),
      ),
    )
    return { winners: won.reduce<number>((sum, one) => sum + one, 0), ms: performance.now() - began }
  },
})

/** Calls `work` for 0 … count - 1. @returns calls a second */
async function inParallel(count: number, inFlight: number, work: (i: number) => Promise<void>): Promise<number> {
  let next = 0
  const began = performance.now()
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return count / ((performance.now() - began) / 1_000)
}

/** Halls known to this process and open in Redis, as after their first guest. */
async function warm({ showtimeIds }: SaleOptions) {
  for (const showtimeId of showtimeIds) {
    await showtimeSeating(ctx, showtimeId)
    await snapshotFromRedis(ctx, showtimeId)
  }
}

/** The i-th sale: the next two seats, hall after hall. */
async function chosen({ showtimeIds }: SaleOptions, i: number) {
  const seating = await showtimeSeating(ctx, showtimeIds[i % showtimeIds.length]!)
  const pair = Math.floor(i / showtimeIds.length)
  const seats = [2 * pair, 2 * pair + 1]
  return { seating, seats, quote: quoteSelection(ctx, seating, seats) }
}

async function draftOf(options: SaleOptions, i: number) {
  const { seating, seats } = await chosen(options, i)
  return draft(seating, options.userIds[i % options.userIds.length]!, seats)
}

function draft(seating: Awaited<ReturnType<typeof showtimeSeating>>, userId: string, seats: number[]) {
  return openDraft(ctx, {
    userId,
    email: 'bench@bench.example',
    idempotencyKey: randomUUID(),
    seating,
    holder: hashSecret(randomUUID()),
    seats,
    quote: quoteSelection(ctx, seating, seats),
    payBy: new Date(Date.now() + 480_000),
  })
}

type Payment = { id: string; amount_minor: number }

async function settled(payment: Payment) {
  const capture = { gatewayPaymentId: `pay_${payment.id}`, amountMinor: payment.amount_minor, currency: 'INR' }
  const outcome = await settlePayment(ctx, { paymentId: payment.id, capture, learntFrom: 'return' })
  if (outcome !== 'BOOKED') throw new Error(`sale of payment ${payment.id}: ${outcome}`)
}
