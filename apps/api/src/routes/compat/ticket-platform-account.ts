import { getMe } from '@marquee/core/auth/get-me'
import { listBookings } from '@marquee/core/bookings/list-bookings'
import { notFound } from '@marquee/core/errors'
import { z } from 'zod'
import type { Routes } from '../routes.ts'
import { pageForBrowsers } from './prefers-page.ts'

const OldBooking = z.object({
  booking_id: z.string(),
  show: z.string(),
  /** "Prasads, Hyderabad" */
  theater: z.string(),
  /** There. */
  date: z.string(),
  time: z.string(),
  seats: z.int(),
  seat_ids: z.array(z.string()),
  /** Rupees. */
  price: z.number(),
  status: z.string(),
})
const OldAccount = z.object({
  name: z.string(),
  email: z.string().nullable(),
  bookings: z.array(OldBooking),
})
const NEWEST = { when: 'all', limit: 100, offset: 0 } as const

/** The ticket platform's account page, as data. It showed anybody's; this shows one's own. */
export const ticketPlatformAccountRoute: Routes = async (app, { ctx }) => {
  app.get(
    '/account',
    {
      config: { access: 'user' },
      schema: { hide: true, querystring: z.object({ user_id: z.uuid().optional() }), response: { 200: OldAccount } },
      // Also a page of ours.
      preValidation: pageForBrowsers,
    },
    async ({ actor, query }) => {
      const { id, name, email } = await getMe(ctx, { actor })
      if (query.user_id !== undefined && query.user_id !== id) throw notFound('account')
      const { items } = await listBookings(ctx, actor, NEWEST)
      const bookings = items.map((booking) => ({
        booking_id: booking.id,
        show: booking.movie.title,
        theater: `${booking.theatre.name}, ${booking.city.name}`,
        ...localMoment(booking.showtime.startsAt, booking.city.timeZone),
        seats: booking.seats.length,
        seat_ids: booking.seats.map((seat) => seat.seatId),
        price: booking.quote.totalMinor / 100,
        status: booking.status,
      }))
      return { name, email, bookings }
    },
  )
}

function localMoment(instant: string, timeZone: string) {
  const text = new Date(instant).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const [date = '', time = ''] = text.split(' ')
  return { date, time }
}
