import { Booking, IDEMPOTENCY_KEY_HEADER, IdempotencyKey } from '@marquee/contracts/bookings'
import {
  CancelBookingBody,
  CancellationQuery,
  CancellationQuote,
  RefundReference,
  RefundStatus,
} from '@marquee/contracts/cancellations'
import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import { cancelBooking } from '@marquee/core/cancellations/cancel-booking'
import { getRefundStatus } from '@marquee/core/cancellations/get-refund-status'
import { quoteCancellation } from '@marquee/core/cancellations/quote-cancellation'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['cancellations']

/** Mounted at /api. */
export const cancellationRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/bookings/:id/cancellation',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'What cancelling a booking, or some seats of it, would give back now',
        params,
        querystring: CancellationQuery,
        response: { 200: CancellationQuote },
      },
    },
    async ({ actor, params, query }) => quoteCancellation(ctx, actor, { bookingId: params.id, seatIds: query.seats }),
  )

  app.post(
    '/bookings/:id/cancel',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'Cancel a booking, or some seats of it; repeat it with the same Idempotency-Key',
        params,
        headers: z.object({ [IDEMPOTENCY_KEY_HEADER]: IdempotencyKey }),
        body: CancelBookingBody,
        response: { 200: Booking, 409: ErrorBody },
      },
    },
    async ({ actor, params, body, headers }) =>
      cancelBooking(ctx, actor, { ...body, bookingId: params.id, idempotencyKey: headers[IDEMPOTENCY_KEY_HEADER] }),
  )

  app.get(
    '/refunds/:reference',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'How far a refund is, for whoever has its reference. Says nothing about the guest.',
        params: z.object({ reference: RefundReference }),
        response: { 200: RefundStatus },
      },
    },
    async ({ params }, reply) => {
      void reply.header('cache-control', 'no-store')
      return getRefundStatus(ctx, params)
    },
  )
}
