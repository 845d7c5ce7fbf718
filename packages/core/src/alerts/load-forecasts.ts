import type { OpeningForecast } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { expectedDays } from '../listings/forecast-openings.ts'
import { forecastsOf } from '../listings/get-forecast.ts'
import { foldName, readFilters } from './matches-filters.ts'

type Subscription = {
  id: string
  cityId: string
  state: string
  filters: unknown
  city: { timeZone: string }
  movie: { releaseDate: Date } | null
  watches: { watch: { sourceId: string } }[]
}

/** As many as help to decide when to look; the theatres with the most openings first. */
const SHOWN = 3

/**
 * When booking usually opens, for whoever still waits, on the sites that list their film: of the theatres they chose, else of
 * those that are known best. One query for each city.
 */
export async function loadForecasts(
  ctx: Pick<Ctx, 'db'>,
  subscriptions: Subscription[],
): Promise<Map<string, OpeningForecast[]>> {
  const waiting = subscriptions.filter(({ state }) => state === 'ACTIVE')
  const cities = new Map(waiting.map(({ cityId, city }) => [cityId, city.timeZone]))
  const known = new Map(
    await Promise.all(
      [...cities].map(async ([cityId, timeZone]) => [cityId, await forecastsOf(ctx, { cityId, timeZone })] as const),
    ),
  )
  return new Map(
    waiting.map(({ id, cityId, filters, movie, watches }) => {
      const { theatreNames } = readFilters(filters)
      const releaseDate = movie?.releaseDate.toISOString().slice(0, 10)
      const sites = new Set(watches.map(({ watch }) => watch.sourceId))
      const forecasts = (known.get(cityId) ?? [])
        .flatMap(({ sourceId, forecast }) => (sites.has(sourceId) ? forecast : []))
        .filter(({ theatre }) => theatreNames.length === 0 || theatreNames.includes(foldName(theatre)))
        .slice(0, SHOWN)
      return [id, forecasts.map((one) => ({ ...one, expected: releaseDate ? expectedDays(one, releaseDate) : null }))]
    }),
  )
}
