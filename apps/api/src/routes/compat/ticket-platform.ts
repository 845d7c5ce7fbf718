import { listProgrammes } from '@marquee/core/catalog/list-programmes'
import { listShows } from '@marquee/core/catalog/list-shows'
import { listTheatreCapacities } from '@marquee/core/catalog/list-theatre-capacities'
import { z } from 'zod'
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

/** The ticket platform's three lists. A "show" there is a film here. */
export const ticketPlatformRoutes: Routes = async (app, { ctx }) => {
  app.get('/shows', { schema: { hide: true, response: { 200: z.object({ shows: z.array(Show) }) } } }, async () => ({
    shows: (await listShows(ctx)).map((movie) => ({
      id: movie.id,
      name: movie.title,
      rating: movie.ratingAverage,
      tag: movie.genres.join(', '),
      duration: movie.runtimeMinutes,
      price: movie.defaultPriceMinor / 100,
    })),
  }))

  app.get(
    '/theaters',
    { schema: { hide: true, response: { 200: z.object({ theaters: z.array(Theater) }) } } },
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
  app.get('/relation', { schema: { hide: true, response: { 200: Relations } } }, async () => {
    const relations = (await listProgrammes(ctx)).map((row) => ({ show_id: row.movieId, theater_id: row.theatreId }))
    return { relations, realtions: relations }
  })
}
