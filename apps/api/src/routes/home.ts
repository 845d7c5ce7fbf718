import { CityQuery } from '@marquee/contracts/cities'
import { Home } from '@marquee/contracts/showtimes'
import { getHome } from '@marquee/core/catalog/get-home'
import type { Routes } from './routes.ts'

export const homeRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '',
    {
      config: { access: 'public' },
      schema: {
        tags: ['home'],
        summary: 'The first screen of a city in one answer',
        querystring: CityQuery,
        response: { 200: Home },
      },
    },
    async ({ query }) => getHome(ctx, query),
  )
}
