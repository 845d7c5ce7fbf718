import { CityList } from '@marquee/contracts/cities'
import { listCities } from '@marquee/core/catalog/list-cities'
import type { Routes } from './routes.ts'

export const cityRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '',
    {
      config: { access: 'public' },
      schema: { tags: ['cities'], summary: 'Cities with their time zones', response: { 200: CityList } },
    },
    async () => ({
      items: await listCities(ctx),
    }),
  )
}
