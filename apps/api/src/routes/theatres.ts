import { IdOrSlug, LocalDate, PageQuery } from '@marquee/contracts/common'
import { MovieList } from '@marquee/contracts/movies'
import { TheatreDay } from '@marquee/contracts/showtimes'
import { Theatre, TheatreList, TheatreListQuery } from '@marquee/contracts/theatres'
import { getTheatre } from '@marquee/core/catalog/get-theatre'
import { getTheatreShowtimes } from '@marquee/core/catalog/get-theatre-showtimes'
import { listTheatreMovies } from '@marquee/core/catalog/list-theatre-movies'
import { listTheatres } from '@marquee/core/catalog/list-theatres'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const ByIdOrSlug = z.object({ idOrSlug: IdOrSlug })
const DayQuery = z.object({ date: LocalDate.optional() })
const tags = ['theatres']

export const theatreRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Theatres of a city, or all of them',
        querystring: TheatreListQuery,
        response: { 200: TheatreList },
      },
    },
    async ({ query }) => listTheatres(ctx, query),
  )

  app.get(
    '/:idOrSlug',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'One theatre with its screens', params: ByIdOrSlug, response: { 200: Theatre } },
    },
    async ({ params }) => getTheatre(ctx, params),
  )

  app.get(
    '/:idOrSlug/showtimes',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'One local day of a theatre, by film',
        params: ByIdOrSlug,
        querystring: DayQuery,
        response: { 200: TheatreDay },
      },
    },
    async ({ params, query }) => getTheatreShowtimes(ctx, { ...params, ...query }),
  )

  app.get(
    '/:idOrSlug/movies',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Films that a theatre shows or has programmed',
        params: ByIdOrSlug,
        querystring: PageQuery,
        response: { 200: MovieList },
      },
    },
    async ({ params, query }) => listTheatreMovies(ctx, { ...params, ...query }),
  )
}
