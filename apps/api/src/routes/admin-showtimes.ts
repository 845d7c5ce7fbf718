import {
  CancellationImpact,
  CancellationPolicyBody,
  CancelShowtimeBody,
  ShowtimeCancelled,
} from '@marquee/contracts/cancellations'
import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import {
  CancelledShowtimes,
  CancelledShowtimesQuery,
  CreateShowtimeBody,
  ScreenList,
  ShowtimeCreated,
} from '@marquee/contracts/showtimes'
import { cancelShowtime } from '@marquee/core/cancellations/cancel-showtime'
import { cancellationImpact } from '@marquee/core/cancellations/cancellation-impact'
import { listCancelledShowtimes } from '@marquee/core/cancellations/list-cancelled-showtimes'
import { setCancellationPolicy } from '@marquee/core/cancellations/set-cancellation-policy'
import { createShowtime } from '@marquee/core/catalog/create-showtime'
import { listScreens } from '@marquee/core/catalog/list-screens'
import { z } from 'zod'
import { originOf } from '../plugins/network.ts'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['admin']

/** Mounted at /api/admin. What a cinema decides about its own showtimes and terms. */
export const adminShowtimeRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/showtimes',
    {
      config: { access: 'showtime.write' },
      schema: {
        tags,
        summary: 'Publish a showtime: its seats are on sale at once, and whoever waited for it is told',
        body: CreateShowtimeBody,
        response: { 201: ShowtimeCreated, 409: ErrorBody },
      },
    },
    async (request, reply) => {
      const { actor, body } = request
      return reply.code(201).send(await createShowtime(ctx, { actor, showtime: body, origin: originOf(request) }))
    },
  )

  app.get(
    '/theatres/:id/screens',
    {
      config: { access: 'showtime.write' },
      schema: {
        tags,
        summary: 'The halls of a theatre and their sections, for publishing showtimes',
        params,
        response: { 200: ScreenList },
      },
    },
    async ({ actor, params }) => listScreens(ctx, { actor, theatreId: params.id }),
  )

  app.get(
    '/theatres/:id/cancelled-showtimes',
    {
      config: { access: 'showtime.cancel' },
      schema: {
        tags,
        summary: 'The cancelled showtimes of one day of a theatre, with the reason given',
        params,
        querystring: CancelledShowtimesQuery,
        response: { 200: CancelledShowtimes },
      },
    },
    async ({ actor, params, query }) => listCancelledShowtimes(ctx, { actor, theatreId: params.id, date: query.date }),
  )

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
