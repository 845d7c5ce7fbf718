import { CityQuery } from '@marquee/contracts/cities'
import { Id, IdOrSlug, PageQuery, Text } from '@marquee/contracts/common'
import { MovieList } from '@marquee/contracts/movies'
import { SeatIds, SeatListing } from '@marquee/contracts/seats'
import { MovieShowtimes, MovieShowtimesQuery, Showtime } from '@marquee/contracts/showtimes'
import { Theatre, TheatreList, TheatreListQuery } from '@marquee/contracts/theatres'
import { getMovieShowtimes } from '@marquee/core/catalog/get-movie-showtimes'
import { getShowtime } from '@marquee/core/catalog/get-showtime'
import { getTheatre } from '@marquee/core/catalog/get-theatre'
import { listFeaturedMovies } from '@marquee/core/catalog/list-featured-movies'
import { listTheatreMovies } from '@marquee/core/catalog/list-theatre-movies'
import { listTheatres } from '@marquee/core/catalog/list-theatres'
import { AppError } from '@marquee/core/errors'
import { beginHold } from '@marquee/core/seats/begin-hold'
import { extendHold } from '@marquee/core/seats/get-hold'
import { inspectSeats } from '@marquee/core/seats/inspect-seats'
import { listSeats } from '@marquee/core/seats/list-seats'
import { releaseSeats } from '@marquee/core/seats/release-seats'
import { z } from 'zod'
import { placeOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'
import { Owner } from './owner.ts'
import { pageForBrowsers } from './prefers-page.ts'

/** Length of a lock is the server's to say: `ttl_ms` is taken and not followed. */
const LockBody = z.object({ seat_ids: SeatIds, owner: Owner.optional(), ttl_ms: z.number().optional() })
const UnlockBody = z.object({ seat_ids: SeatIds.optional(), owner: Owner })
const ExtendBody = z.object({ seat_ids: SeatIds.optional(), owner: Owner, ttl_ms: z.number().optional() })
const InspectQuery = z.object({
  seat_ids: Text(500)
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(SeatIds),
})

const Seats = z.array(z.string())
const Locked = z.object({
  success: z.boolean(),
  locked: Seats,
  conflicts: Seats,
  ttl_ms: z.int(),
  expires_at: z.string().nullable(),
  /** What to send as `owner` from now on. Only in the answer to whoever holds the seats. */
  owner: z.string().nullable(),
})
const Extended = z.object({
  success: z.boolean(),
  extended: Seats,
  not_owned: Seats,
  ttl_ms: z.int(),
  expires_at: z.string().nullable(),
})
const Inspected = z.object({
  success: z.literal(true),
  locks: z.record(z.string(), z.object({ locked: z.boolean(), ttl_ms: z.int() })),
})

const params = z.object({ id: Id })
const byIdOrSlug = z.object({ idOrSlug: IdOrSlug })
const hide = true
const config = { ...limit('seats'), access: 'public' } as const

/** CineVerse's seat locks, and its reads without the /api before them. Some of those are pages here. */
export const cineverseRoutes: Routes = async (app, { ctx }) => {
  const preValidation = pageForBrowsers
  app.get(
    '/theatres',
    {
      config: { access: 'public' },
      schema: { hide, querystring: TheatreListQuery, response: { 200: TheatreList } },
      preValidation,
    },
    async ({ query }) => listTheatres(ctx, query),
  )
  app.get(
    '/theatres/:idOrSlug',
    { config: { access: 'public' }, schema: { hide, params: byIdOrSlug, response: { 200: Theatre } }, preValidation },
    async ({ params }) => getTheatre(ctx, params),
  )
  app.get(
    '/theatres/:idOrSlug/movies',
    {
      config: { access: 'public' },
      schema: { hide, params: byIdOrSlug, querystring: PageQuery, response: { 200: MovieList } },
      preValidation,
    },
    async ({ params, query }) => listTheatreMovies(ctx, { ...params, ...query }),
  )
  app.get(
    '/movies/featured',
    {
      config: { access: 'public' },
      schema: { hide, querystring: PageQuery.extend(CityQuery.shape), response: { 200: MovieList } },
    },
    async ({ query }) => listFeaturedMovies(ctx, query),
  )
  app.get(
    '/movies/:idOrSlug/showtimes',
    {
      config: { access: 'public' },
      schema: { hide, params: byIdOrSlug, querystring: MovieShowtimesQuery, response: { 200: MovieShowtimes } },
    },
    async ({ params, query }) => getMovieShowtimes(ctx, { ...params, ...query }),
  )
  app.get(
    '/showtimes/:id',
    { config: { access: 'public' }, schema: { hide, params, response: { 200: Showtime } }, preValidation },
    async ({ params: { id } }) => getShowtime(ctx, { id }),
  )
  app.get(
    '/showtimes/:id/seats',
    { schema: { hide, params, response: { 200: SeatListing } }, preValidation, config },
    async ({ params: { id } }) => listSeats(ctx, { showtimeId: id }),
  )

  app.post(
    '/api/showtimes/:id/redis-lock-seats',
    { schema: { hide, params, body: LockBody, response: { 200: Locked, 409: Locked } }, config },
    async (request, reply) => {
      const { params, body } = request
      try {
        const hold = await beginHold(ctx, {
          place: placeOf(request),
          showtimeId: params.id,
          seatIds: body.seat_ids,
          holdToken: body.owner,
        })
        const { expiresAt, now, holdToken } = hold
        const ends = { ttl_ms: between(now, expiresAt), expires_at: expiresAt }
        return { success: true, locked: body.seat_ids, conflicts: [], ...ends, owner: holdToken }
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'SEATS_TAKEN') throw error
        const conflicts = error.details?.seatIds ?? body.seat_ids
        return reply.code(409).send({ success: false, locked: [], conflicts, ttl_ms: 0, expires_at: null, owner: null })
      }
    },
  )

  app.post(
    '/api/showtimes/:id/redis-unlock-seats',
    {
      schema: {
        hide,
        params,
        body: UnlockBody,
        response: { 200: z.object({ success: z.literal(true), unlocked: Seats }) },
      },
      config,
    },
    async ({ params: { id }, body }) => {
      const { released } = await releaseSeats(ctx, { showtimeId: id, holdToken: body.owner, seatIds: body.seat_ids })
      return { success: true as const, unlocked: released }
    },
  )

  app.post(
    '/api/showtimes/:id/redis-extend-locks',
    { schema: { hide, params, body: ExtendBody, response: { 200: Extended } }, config },
    async ({ params: { id }, body }) => {
      try {
        // Everything a guest holds in a showtime ends at once, so all of it is extended.
        const hold = await extendHold(ctx, { showtimeId: id, holdToken: body.owner })
        const asked = body.seat_ids ?? hold.seatIds
        return {
          success: true,
          extended: asked.filter((seat) => hold.seatIds.includes(seat)),
          not_owned: asked.filter((seat) => !hold.seatIds.includes(seat)),
          ttl_ms: between(hold.now, hold.expiresAt),
          expires_at: hold.expiresAt,
        }
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'HOLD_GONE') throw error
        return { success: false, extended: [], not_owned: body.seat_ids ?? [], ttl_ms: 0, expires_at: null }
      }
    },
  )

  app.get(
    '/api/showtimes/:id/redis-inspect-locks',
    { schema: { hide, params, querystring: InspectQuery, response: { 200: Inspected } }, config },
    async ({ params: { id }, query }) => {
      const seats = await inspectSeats(ctx, { showtimeId: id, seatIds: query.seat_ids })
      const locks = seats.map(({ seatId, locked, ttlMs }) => [seatId, { locked, ttl_ms: Math.round(ttlMs) }] as const)
      return { success: true as const, locks: Object.fromEntries(locks) }
    },
  )
}

const between = (now: string, then: string) => Math.max(0, Date.parse(then) - Date.parse(now))
