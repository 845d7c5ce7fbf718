import type { OpeningForecast } from '@marquee/contracts/alerts'
import type { ForecastList } from '@marquee/contracts/listings'
import { authorise } from '../auth/access.ts'
import { findCity } from '../catalog/find-city.ts'
import type { CitiesCtx } from '../catalog/list-cities.ts'
import type { Actor, Ctx } from '../context.ts'
import { forecastOpenings } from './forecast-openings.ts'

/** `sourceId`: whose theatre it is. */
export type TheatreForecast = { sourceId: string; forecast: OpeningForecast }
type Row = {
  key: string
  sourceId: string
  theatre: string
  openedAt: Date
  firstShowAt: Date | null
  releaseDate: string | null
}

/** Of one theatre: older openings say less. */
const RECORDS = 40
const THEATRES = 60

/** When booking usually opens at each theatre of a city. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND */
export async function getForecast(
  ctx: CitiesCtx,
  { actor, city }: { actor: Actor; city: string },
): Promise<ForecastList> {
  authorise(actor, 'forecast.read')
  const { id, timeZone } = await findCity(ctx, city)
  const known = await forecastsOf(ctx, { cityId: id, timeZone })
  return { items: known.map(({ forecast }) => forecast) }
}

/** For whoever waits there; which days that means for a film is theirs to say. The theatres with most openings first. */
export async function forecastsOf(
  ctx: Pick<Ctx, 'db'>,
  { cityId, timeZone }: { cityId: string; timeZone: string },
): Promise<TheatreForecast[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT source_id || ' ' || cinema_key AS key, source_id AS "sourceId", cinema_name AS theatre, opened_at AS "openedAt", first_show_at AS "firstShowAt",
             release_date::text AS "releaseDate",
             row_number() OVER (PARTITION BY source_id, cinema_key ORDER BY opened_at DESC) AS place
        FROM opening_records
       WHERE city_id = ${cityId}::uuid) recent
     WHERE place <= ${RECORDS}`
  return [...Map.groupBy(rows, (row) => row.key).values()]
    .flatMap((records): TheatreForecast[] => {
      const facts = forecastOpenings(records, timeZone)
      if (!facts) return []
      const { theatre, sourceId } = records[0]!
      return [{ sourceId, forecast: { theatre, ...facts, expected: null } }]
    })
    .sort(({ forecast: a }, { forecast: b }) => b.openings - a.openings || a.theatre.localeCompare(b.theatre, 'en'))
    .slice(0, THEATRES)
}
