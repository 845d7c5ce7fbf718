import {
  CancellationImpact,
  CancellationPolicyBody,
  CancelShowtimeBody,
  ShowtimeCancelled,
} from '@marquee/contracts/cancellations'
import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import { cancelShowtime } from '@marquee/core/cancellations/cancel-showtime'
import { cancellationImpact } from '@marquee/core/cancellations/cancellation-impact'
import { setCancellationPolicy } from '@marquee/core/cancellations/set-cancellation-policy'
import { z } from 'zod'
import { originOf } from '../plugins/network.ts'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['admin']

/** Mounted at /api/admin. What a cinema decides about its own showtimes and terms. */
export const adminShowtimeRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/showtimes/:id/cancellation-impact',
    {
      config: { access: 'showtime.cancel' },
      schema: {
        tags,
        summary: 'What cancelling a showtime would do now: bookings, seats, and the money that would go back',
        params,
        response: { 200: CancellationImpact },
      },
    },
    async ({ actor, params }) => cancellationImpact(ctx, { actor, showtimeId: params.id }),
  )

  app.post(
    '/showtimes/:id/cancel',
    {
      config: { access: 'showtime.cancel' },
      schema: {
        tags,
        summary: 'Cancel a showtime: everybody gets everything back and is told',
        params,
        body: CancelShowtimeBody,
        response: { 200: ShowtimeCancelled, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return cancelShowtime(ctx, { actor, showtimeId: params.id, ...body, origin: originOf(request) })
    },
  )

  app.put(
    '/theatres/:id/cancellation-policy',
    {
      config: { access: 'theatre.policy' },
      schema: {
        tags,
        summary: 'What a theatre gives back of bookings made from now on',
        params,
        body: CancellationPolicyBody,
        response: { 200: CancellationPolicyBody },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return setCancellationPolicy(ctx, { actor, theatreId: params.id, ...body, origin: originOf(request) })
    },
  )
}
