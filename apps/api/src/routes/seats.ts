import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import {
  BestSeats,
  BestSeatsQuery,
  HOLD_TOKEN_HEADER,
  HoldSeatsBody,
  HoldToken,
  OrphanCheck,
  ReleasedSeats,
  ReleaseSeatsBody,
  SeatHold,
  SeatListing,
  SeatMap,
} from '@marquee/contracts/seats'
import { beginHold } from '@marquee/core/seats/begin-hold'
import { bestSeats } from '@marquee/core/seats/best-seats'
import { checkOrphans } from '@marquee/core/seats/check-orphans'
import { extendHold, getHold } from '@marquee/core/seats/get-hold'
import { listSeats } from '@marquee/core/seats/list-seats'
import { releaseSeats } from '@marquee/core/seats/release-seats'
import { z } from 'zod'
import { placeOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const WithToken = z.object({ [HOLD_TOKEN_HEADER]: HoldToken })
const MayHaveToken = z.object({ [HOLD_TOKEN_HEADER]: HoldToken.optional() })
const tags = ['seats']
const config = { ...limit('seats'), access: 'public' } as const

/** Mounted at /api/showtimes. The hold token in a header, not the URL: URLs end up in logs. */
export const seatRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/:id/seat-map',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The hall, one character a seat; 304 while nothing changed',
        params,
        response: { 200: SeatMap, 304: z.null() },
      },
    },
    async (request, reply) => {
      const { room } = await app.seatFeed.open(request.params.id)
      const { etag, text } = room.body
      reply.header('etag', etag).header('cache-control', 'no-cache')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send(null)
      // Ready-made JSON, built once per change: parsing it back to be serialised again would halve the speed.
      return reply.type('application/json; charset=utf-8').send(text as unknown as SeatMap)
    },
  )

  app.get(
    '/:id/seats',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The hall by section, row and seat, with prices',
        params,
        response: { 200: SeatListing },
      },
    },
    async (request) => listSeats(ctx, { showtimeId: request.params.id }),
  )

  app.get(
    '/:id/best-seats',
    {
      config,
      schema: {
        tags,
        summary: 'The best seats together, and why',
        params,
        querystring: BestSeatsQuery,
        headers: MayHaveToken,
        response: { 200: BestSeats, 409: ErrorBody },
      },
    },
    async (request) =>
      bestSeats(ctx, {
        showtimeId: request.params.id,
        ...request.query,
        holdToken: request.headers[HOLD_TOKEN_HEADER],
      }),
  )

  app.post(
    '/:id/seats/check',
    {
      config,
      schema: {
        tags,
        summary: 'Would this selection strand a single seat?',
        params,
        body: HoldSeatsBody,
        headers: MayHaveToken,
        response: { 200: OrphanCheck },
      },
    },
    async (request) =>
      checkOrphans(ctx, {
        showtimeId: request.params.id,
        seatIds: request.body.seatIds,
        holdToken: request.headers[HOLD_TOKEN_HEADER],
      }),
  )

  // A plain one is answered before it comes here: plugins/quick-holds.ts.
  app.post(
    '/:id/holds',
    {
      config,
      schema: {
        tags,
        summary: 'Hold seats, all or none; no account needed',
        params,
        body: HoldSeatsBody,
        headers: MayHaveToken,
        response: { 200: SeatHold, 409: ErrorBody },
      },
    },
    async (request, reply) => {
      const hold = await beginHold(ctx, {
        place: placeOf(request),
        showtimeId: request.params.id,
        seatIds: request.body.seatIds,
        holdToken: request.headers[HOLD_TOKEN_HEADER],
      })
      // Written out here: checking our own answer against its schema is a good part of what a hold costs.
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(hold) as unknown as SeatHold)
    },
  )

  app.get(
    '/:id/holds',
    {
      config,
      schema: {
        tags,
        summary: 'What this token holds',
        params,
        headers: WithToken,
        response: { 200: SeatHold, 409: ErrorBody },
      },
    },
    async (request) => getHold(ctx, { showtimeId: request.params.id, holdToken: request.headers[HOLD_TOKEN_HEADER] }),
  )

  app.post(
    '/:id/holds/extend',
    {
      config,
      schema: {
        tags,
        summary: 'More time, up to the cap',
        params,
        headers: WithToken,
        response: { 200: SeatHold, 409: ErrorBody },
      },
    },
    async (request) =>
      extendHold(ctx, { showtimeId: request.params.id, holdToken: request.headers[HOLD_TOKEN_HEADER] }),
  )

  app.delete(
    '/:id/holds',
    {
      config,
      schema: {
        tags,
        summary: 'Let go of some seats, or of all',
        params,
        body: ReleaseSeatsBody.nullish(),
        headers: WithToken,
        response: { 200: ReleasedSeats },
      },
    },
    async (request) =>
      releaseSeats(ctx, {
        showtimeId: request.params.id,
        holdToken: request.headers[HOLD_TOKEN_HEADER],
        seatIds: request.body?.seatIds,
      }),
  )
}
