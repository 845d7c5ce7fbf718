import { Id } from '@marquee/contracts/common'
import { SeatLayout } from '@marquee/contracts/seats'
import { Showtime } from '@marquee/contracts/showtimes'
import { getSeatLayout } from '@marquee/core/catalog/get-seat-layout'
import { getShowtime } from '@marquee/core/catalog/get-showtime'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const ById = z.object({ id: Id })

/** Mounted at /api: showtimes, and the seat layouts they name. */
export const showtimeRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/showtimes/:id',
    {
      config: { access: 'public' },
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
      config: { access: 'public' },
      schema: {
        tags: ['showtimes'],
        summary: 'A version of a hall, which never changes',
        params: ById,
        response: { 200: SeatLayout },
      },
      preHandler: notModified,
    },
    async ({ params }, reply) => {
      const layout = await getSeatLayout(ctx, params)
      reply.headers(forEver(params.id))
      return layout
    },
  )
}

const forEver = (id: string) => ({ etag: `"${id}"`, 'cache-control': 'public, max-age=31536000, immutable' })

/** The id names the version, so whoever has any copy has the right one: not even the database is asked. */
async function notModified(request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as z.infer<typeof ById>
  if (request.headers['if-none-match']?.includes(`"${id}"`)) return reply.code(304).headers(forEver(id)).send()
}
