import { IDEMPOTENCY_KEY_HEADER } from '@marquee/contracts/bookings'
import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import {
  IdempotencyKey,
  MoveBookingBody,
  MoveOptions,
  MoveQuote,
  MoveQuoteBody,
  MoveResult,
} from '@marquee/contracts/moves'
import { HOLD_TOKEN_HEADER, HoldToken } from '@marquee/contracts/seats'
import { moveBooking } from '@marquee/core/moves/move-booking'
import { moveOptions } from '@marquee/core/moves/move-options'
import { quoteMove } from '@marquee/core/moves/quote-move'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['bookings']
const config = { access: 'user' } as const

/** Mounted at /api/bookings: a booking goes to another showtime of its film. */
export const moveRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/:id/move-options',
    { config, schema: { tags, summary: 'Where this booking can be moved to', params, response: { 200: MoveOptions } } },
    async (request) => moveOptions(ctx, request.actor, { bookingId: request.params.id }),
  )

  app.post(
    '/:id/move/quote',
    {
      config,
      schema: {
        tags,
        summary: 'What moving to these seats costs or gives back; changes nothing',
        params,
        body: MoveQuoteBody,
        response: { 200: MoveQuote, 409: ErrorBody },
      },
    },
    async (request) => quoteMove(ctx, request.actor, { ...request.body, bookingId: request.params.id }),
  )

  app.post(
    '/:id/move',
    {
      config,
      schema: {
        tags,
        summary: 'Move to held seats: done at once, or a checkout for the difference; repeat it with the same key',
        headers: z.object({ [IDEMPOTENCY_KEY_HEADER]: IdempotencyKey, [HOLD_TOKEN_HEADER]: HoldToken }),
        params,
        body: MoveBookingBody,
        response: { 200: MoveResult, 409: ErrorBody },
      },
    },
    async (request) =>
      moveBooking(ctx, request.actor, {
        ...request.body,
        bookingId: request.params.id,
        idempotencyKey: request.headers[IDEMPOTENCY_KEY_HEADER],
        holdToken: request.headers[HOLD_TOKEN_HEADER],
      }),
  )
}
