import type { City } from '@marquee/contracts/cities'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { forgetCity, useCityChoice } from '../../lib/city.ts'
import { getPublic } from '../../lib/public-api.ts'
import { PUBLIC } from '../../lib/query-client.ts'

const citiesQuery = queryOptions({
  queryKey: [PUBLIC, 'cities'],
  queryFn: async ({ signal }) => (await getPublic<{ items: City[] }>('/api/cities', {}, signal)).items,
  staleTime: 10 * 60_000,
})

export function useCities() {
  return useQuery(citiesQuery)
}

/** The chosen city, or the first one. Undefined only until the list is here. */
export function useCity(): City | undefined {
  const slug = useCityChoice((state) => state.slug)
  const { data: cities } = useCities()
  if (!cities) return undefined
  const chosen = cities.find((city) => city.slug === slug)
  if (slug && !chosen && cities.length > 0) queueMicrotask(forgetCity)
  return chosen ?? cities[0]
}
