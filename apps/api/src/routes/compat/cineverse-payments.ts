import { createHash } from 'node:crypto'
import { IDEMPOTENCY_KEY_HEADER, IdempotencyKey } from '@marquee/contracts/bookings'
import { Id, Minor } from '@marquee/contracts/common'
import { SeatIds } from '@marquee/contracts/seats'
import { AppError } from '@marquee/core/errors'
import { newId } from '@marquee/core/ids'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { getHold } from '@marquee/core/seats/get-hold'
import { quoteSeatIds } from '@marquee/core/seats/quote-seat-ids'
import { getTicketPdf } from '@marquee/core/tickets/get-ticket-pdf'
import { z } from 'zod'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'
import { signedMessages } from '../signed-messages.ts'
import { Owner } from './owner.ts'

const hide = true
/** An amount in the body is taken and not followed: the price is the server's. */
const OrderBody = z.object({ showtime_id: Id, seat_ids: SeatIds, owner: Owner, amount: z.number().optional() })
const Order = z.object({
  key_id: z.string(),
  order_id: z.string(),
  /** Paise. */
  amount: Minor,
  currency: z.string(),
  booking_id: Id,
  notes: z.object({ showtime_id: Id, seat_ids: z.string() }),
  breakdown: z.object({ baseAmount: Minor, convenienceFee: Minor, tax: Minor }),
  payment_url: z.string().nullable(),
})

/** CineVerse's payments, mounted at /api/payments. `health` and `verify` are the canonical ones. */
export const cineversePaymentRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/gateway-status',
    {
      config: { access: 'public' },
      schema: { hide, response: { 200: z.object({ gateway: z.string(), key_id: z.string(), live: z.boolean() }) } },
    },
    async () => ({
      gateway: ctx.gateway.name,
      key_id: ctx.gateway.keyId,
      live: ctx.gateway.keyId.startsWith('rzp_live_'),
    }),
  )

  app.post(
    '/validate-locks',
    {
      config: { ...limit('seats'), access: 'public' },
      schema: {
        hide,
        body: OrderBody.omit({ amount: true }),
        response: { 200: z.object({ valid: z.boolean(), missing: z.array(z.string()), ttl_ms: z.int() }) },
      },
    },
    async ({ body }) => {
      try {
        const hold = await getHold(ctx, { showtimeId: body.showtime_id, holdToken: body.owner })
        const missing = body.seat_ids.filter((seat) => !hold.seatIds.includes(seat))
        return { valid: missing.length === 0, missing, ttl_ms: Date.parse(hold.expiresAt) - Date.parse(hold.now) }
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'HOLD_GONE') throw error
        return { valid: false, missing: body.seat_ids, ttl_ms: 0 }
      }
    },
  )

  app.post(
    '/create-order',
    {
      config: { access: 'user' },
      schema: {
        hide,
        body: OrderBody,
        headers: z.object({ [IDEMPOTENCY_KEY_HEADER]: IdempotencyKey.optional() }),
        response: { 200: Order },
      },
    },
    async ({ actor, body, headers }) => {
      const { showtime_id: showtimeId, seat_ids: seatIds, owner: holdToken } = body
      const quote = await quoteSeatIds(ctx, { showtimeId, seatIds })
      const order = { showtimeId, seatIds, holdToken, expectedTotalMinor: quote.totalMinor }
      const given = headers[IDEMPOTENCY_KEY_HEADER]
      // Its clients send no key: the same seats of the same hold at the same price are the same order.
      const idempotencyKey = given ?? keyOf(holdToken, seatIds, quote.totalMinor)
      const checkout = await startCheckout(ctx, actor, { ...order, idempotencyKey }).catch((error: unknown) => {
        // That order is over, and its client cannot ask under another key. Of two at once, both get the hold's one draft.
        if (given || !(error instanceof AppError) || error.code !== 'HOLD_GONE') throw error
        return startCheckout(ctx, actor, { ...order, idempotencyKey: newId() })
      })
      const { baseMinor, convenienceFeeMinor, taxMinor } = checkout.breakdown
      return {
        key_id: checkout.keyId,
        order_id: checkout.orderId,
        amount: checkout.amountMinor,
        currency: checkout.currency,
        booking_id: checkout.bookingId,
        notes: { showtime_id: showtimeId, seat_ids: seatIds.join(',') },
        breakdown: { baseAmount: baseMinor, convenienceFee: convenienceFeeMinor, tax: taxMinor },
        payment_url: checkout.paymentUrl,
      }
    },
  )

  app.get(
    '/bookings/:id/ticket.pdf',
    { config: { access: 'user' }, schema: { hide, params: z.object({ id: Id }) } },
    async (request, reply) => {
      const { filename, bytes } = await getTicketPdf(ctx, request.actor, { bookingId: request.params.id })
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${filename}"`)
        .send(Buffer.from(bytes))
    },
  )

  await app.register(signedMessages, { ctx, url: '/webhook', docs: { hide } })
}

const keyOf = (holdToken: string, seatIds: string[], totalMinor: number) =>
  createHash('sha256')
    .update([holdToken, totalMinor, ...seatIds.toSorted()].join(' '))
    .digest('base64url')
