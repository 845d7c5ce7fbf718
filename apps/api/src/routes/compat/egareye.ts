import { Text } from '@marquee/contracts/common'
import { listCityTitles } from '@marquee/core/catalog/list-city-titles'
import { z } from 'zod'
import type { Routes } from '../routes.ts'

const InCity = z.object({ city: Text(60).min(1) })
const Titles = z.array(z.string())

/** egareye's lists of titles by city, from our own catalogue. */
export const egareyeRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/allmovies/:city',
    {
      config: { access: 'public' },
      schema: { hide: true, params: InCity, response: { 200: z.object({ all_movies: Titles }) } },
    },
    async ({ params }) => ({ all_movies: await listCityTitles(ctx, { ...params, status: 'all' }) }),
  )
  app.get(
    '/running/:city',
    {
      config: { access: 'public' },
      schema: { hide: true, params: InCity, response: { 200: z.object({ running_movies: Titles }) } },
    },
    async ({ params }) => ({ running_movies: await listCityTitles(ctx, { ...params, status: 'running' }) }),
  )
  app.get(
    '/upcoming/:city',
    {
      config: { access: 'public' },
      schema: { hide: true, params: InCity, response: { 200: z.object({ upcoming_movies: Titles }) } },
    },
    async ({ params }) => ({ upcoming_movies: await listCityTitles(ctx, { ...params, status: 'upcoming' }) }),
  )
}
