import { Id } from '@marquee/contracts/common'
import { SeatLayout } from '@marquee/contracts/seats'
import { Showtime } from '@marquee/contracts/showtimes'
import { getSeatLayout } from '@marquee/core/catalog/get-seat-layout'
import { getShowtime } from '@marquee/core/catalog/get-showtime'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const ById = z.object({ id: Id })

/** Mounted at /api: showtimes, and the seat layouts they name. */
export const showtimeRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/showtimes/:id',
    {
      schema: {
        tags: ['showtimes'],
        summary: 'One showtime with its prices by section',
        params: ById,
        response: { 200: Showtime },
      },
    },
    async ({ params }) => getShowtime(ctx, params),
  )

  app.get(
    '/seat-layouts/:id',
    {
      schema: {
        tags: ['showtimes'],
        summary: 'A version of a hall, which never changes',
        params: ById,
        response: { 200: SeatLayout, 304: z.null() },
      },
    },
    async ({ params, headers }, reply) => {
      // The id names the version, so whoever has any copy has the right one: not even the database is asked.
      const etag = `"${params.id}"`
      const known = headers['if-none-match']?.includes(etag)
      const layout = known ? null : await getSeatLayout(ctx, params)
      reply.header('cache-control', 'public, max-age=31536000, immutable').header('etag', etag)
      return layout ?? reply.code(304).send(null)
    },
  )
}
