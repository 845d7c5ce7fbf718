import {
  Booking,
  BookingList,
  BookingListQuery,
  Checkout,
  IDEMPOTENCY_KEY_HEADER,
  IdempotencyKey,
  StartCheckoutBody,
} from '@marquee/contracts/bookings'
import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import { HOLD_TOKEN_HEADER, HoldToken } from '@marquee/contracts/seats'
import { abandonCheckout } from '@marquee/core/bookings/abandon-checkout'
import { getBooking } from '@marquee/core/bookings/get-booking'
import { listBookings } from '@marquee/core/bookings/list-bookings'
import { resumeCheckout } from '@marquee/core/payments/resume-checkout'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { z } from 'zod'
import { networkOf } from '../plugins/network.ts'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['bookings']

/** Mounted at /api/bookings. Everybody sees their own; another person's is not found. */
export const bookingRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'From held seats to something to pay; repeat it with the same Idempotency-Key',
        headers: z.object({ [IDEMPOTENCY_KEY_HEADER]: IdempotencyKey, [HOLD_TOKEN_HEADER]: HoldToken }),
        body: StartCheckoutBody,
        response: { 200: Checkout, 409: ErrorBody },
      },
    },
    async (request) =>
      startCheckout(ctx, request.actor, {
        ...request.body,
        idempotencyKey: request.headers[IDEMPOTENCY_KEY_HEADER],
        holdToken: request.headers[HOLD_TOKEN_HEADER],
        network: networkOf(request),
      }),
  )

  app.get(
    '/',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'My bookings', querystring: BookingListQuery, response: { 200: BookingList } },
    },
    async (request) => listBookings(ctx, request.actor, request.query),
  )

  app.get(
    '/:id',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'One booking and where its money is', params, response: { 200: Booking } },
    },
    async (request) => getBooking(ctx, request.actor, { bookingId: request.params.id }),
  )

  app.get(
    '/:id/checkout',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: 'Back to the payment of an unpaid booking',
        params,
        response: { 200: Checkout, 409: ErrorBody },
      },
    },
    async (request) => resumeCheckout(ctx, request.actor, { bookingId: request.params.id }),
  )

  app.post(
    '/:id/abandon',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'Give up an unpaid booking and choose again', params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await abandonCheckout(ctx, request.actor, { bookingId: request.params.id })
      return reply.code(204).send(null)
    },
  )
}
