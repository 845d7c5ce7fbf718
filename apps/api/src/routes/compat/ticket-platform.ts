import { LocalDate, Text } from '@marquee/contracts/common'
import { MAX_SEATS } from '@marquee/contracts/seats'
import { requireUser } from '@marquee/core/auth/require-user'
import { findShowtime } from '@marquee/core/catalog/find-showtime'
import { listProgrammes } from '@marquee/core/catalog/list-programmes'
import { listShows } from '@marquee/core/catalog/list-shows'
import { listTheatreCapacities } from '@marquee/core/catalog/list-theatre-capacities'
import { newId } from '@marquee/core/ids'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { holdBestSeats } from '@marquee/core/seats/hold-best-seats'
import { releaseSeats } from '@marquee/core/seats/release-seats'
import { z } from 'zod'
import { placeOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'

const Show = z.object({
  id: z.string(),
  name: z.string(),
  rating: z.number(),
  tag: z.string(),
  duration: z.int(),
  /** Rupees. */
  price: z.number(),
})
const Theater = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  capacity: z.int(),
  capacity_booked: z.int(),
  rating: z.number(),
})
const Relation = z.object({ show_id: z.string(), theater_id: z.string() })

const Name = Text(200).min(1)
/** `total` is taken and not followed: seats and price are the server's. */
const QuickBooking = z.object({
  theater: Name,
  show: Name.optional(),
  date: LocalDate,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time there, for example 19:15'),
  num_seats: z.coerce.number().int().min(1).max(MAX_SEATS),
  total: z.coerce.number().optional(),
})
const QuickBooked = z.object({
  message: z.string(),
  booking_id: z.string(),
  seats: z.array(z.string()),
  why: z.string(),
  /** Rupees, all in: the amount that will be charged. */
  total: z.number(),
  order_id: z.string(),
  payment_url: z.string().nullable(),
  pay_by: z.string(),
})

/** The ticket platform's lists, and its booking by number of seats. A "show" there is a film here. */
export const ticketPlatformRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/shows',
    { config: { access: 'public' }, schema: { hide: true, response: { 200: z.object({ shows: z.array(Show) }) } } },
    async () => ({
      shows: (await listShows(ctx)).map((movie) => ({
        id: movie.id,
        name: movie.title,
        rating: movie.ratingAverage,
        tag: movie.genres.join(', '),
        duration: movie.runtimeMinutes,
        price: movie.defaultPriceMinor / 100,
      })),
    }),
  )

  app.get(
    '/theaters',
    {
      config: { access: 'public' },
      schema: { hide: true, response: { 200: z.object({ theaters: z.array(Theater) }) } },
    },
    async () => ({
      theaters: (await listTheatreCapacities(ctx)).map((theatre) => ({
        id: theatre.id,
        name: theatre.name,
        place: theatre.cityName,
        capacity: theatre.seatCount,
        capacity_booked: theatre.seatsSold,
        rating: theatre.ratingAverage,
      })),
    }),
  )

  // The original's key is misspelt; its clients read that one. Both are here.
  const Relations = z.object({ relations: z.array(Relation), realtions: z.array(Relation) })
  app.get(
    '/relation',
    { config: { access: 'public' }, schema: { hide: true, response: { 200: Relations } } },
    async () => {
      const relations = (await listProgrammes(ctx)).map((row) => ({ show_id: row.movieId, theater_id: row.theatreId }))
      return { relations, realtions: relations }
    },
  )

  app.post(
    '/bookings',
    {
      schema: { hide: true, body: QuickBooking, response: { 201: QuickBooked } },
      config: { ...limit('seats'), access: 'user' },
    },
    async (request, reply) => {
      const { actor, body } = request
      // Before anything is held for nobody.
      requireUser(actor)
      const { id: showtimeId } = await findShowtime(ctx, {
        theatre: body.theater,
        movie: body.show,
        date: body.date,
        time: body.time,
      })
      const wanted = { showtimeId, count: body.num_seats, place: placeOf(request) }
      const { hold, choice } = await holdBestSeats(ctx, wanted)
      const checkout = await startCheckout(ctx, actor, {
        showtimeId,
        seatIds: hold.seatIds,
        holdToken: hold.holdToken,
        expectedTotalMinor: hold.quote?.totalMinor ?? 0,
        idempotencyKey: newId(),
      }).catch(async (error) => {
        // The answer names no hold, so nobody else could let go of these seats.
        await releaseSeats(ctx, { showtimeId, holdToken: hold.holdToken }).catch((err) =>
          request.log.warn({ err }, 'seats of a refused booking stay held until their hold ends'),
        )
        throw error
      })
      return reply.code(201).send({
        message: 'Seats held: pay to book them',
        booking_id: checkout.bookingId,
        seats: hold.seatIds,
        why: choice.reason,
        total: checkout.amountMinor / 100,
        order_id: checkout.orderId,
        payment_url: checkout.paymentUrl,
        pay_by: checkout.payBy,
      })
    },
  )
}
