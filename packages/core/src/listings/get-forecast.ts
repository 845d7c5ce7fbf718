import type { OpeningForecast } from '@marquee/contracts/alerts'
import type { ForecastList } from '@marquee/contracts/listings'
import { authorise } from '../auth/access.ts'
import { findCity } from '../catalog/find-city.ts'
import type { CitiesCtx } from '../catalog/list-cities.ts'
import type { Actor, Ctx } from '../context.ts'
import { expectedDays, forecastOpenings } from './forecast-openings.ts'

type Row = { key: string; theatre: string; openedAt: Date; firstShowAt: Date | null; releaseDate: string | null }

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
  return { items: await forecastsOf(ctx, { cityId: id, timeZone, releaseDate: null }) }
}

/**
 * The same for whoever waits for one film: with its release, the days on which to expect it; with theatres, only those
 * (by the source's id of a cinema, which for our own catalogue is the theatre's). The theatres with most openings first.
 */
export async function forecastsOf(
  ctx: Pick<Ctx, 'db'>,
  film: { cityId: string; timeZone: string; releaseDate: string | null; cinemaKeys?: string[] },
): Promise<OpeningForecast[]> {
  const { cityId, timeZone, releaseDate, cinemaKeys = [] } = film
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT source_id || ' ' || cinema_key AS key, cinema_name AS theatre, opened_at AS "openedAt", first_show_at AS "firstShowAt",
             release_date::text AS "releaseDate",
             row_number() OVER (PARTITION BY source_id, cinema_key ORDER BY opened_at DESC) AS place
        FROM opening_records
       WHERE city_id = ${cityId}::uuid AND (cardinality(${cinemaKeys}::text[]) = 0 OR cinema_key = ANY (${cinemaKeys}::text[]))) recent
     WHERE place <= ${RECORDS}`
  return [...Map.groupBy(rows, (row) => row.key).values()]
    .flatMap((records): OpeningForecast[] => {
      const facts = forecastOpenings(records, timeZone)
      if (!facts) return []
      const expected = releaseDate ? expectedDays(facts, releaseDate) : null
      return [{ theatre: records[0]!.theatre, ...facts, expected }]
    })
    .sort((a, b) => b.openings - a.openings || a.theatre.localeCompare(b.theatre, 'en'))
    .slice(0, THEATRES)
}
