import type { City } from '@marquee/contracts/cities'
import { notFound } from '../errors.ts'
import { type CitiesCtx, listCities, loadCities } from './list-cities.ts'

/**
 * The city somebody means: by slug, name or alias ("Bangalore", "bombay"), in any case. None asked for: the first.
 * @throws AppError NOT_FOUND
 */
export async function findCity(ctx: CitiesCtx, asked?: string): Promise<City> {
  const known = pick(await listCities(ctx), asked)
  if (known) return known
  // It may have been added since the list was cached.
  const added = pick(await loadCities(ctx), asked)
  if (!added) throw notFound('City')
  return added
}

function pick(cities: City[], asked: string | undefined): City | undefined {
  if (asked === undefined) return cities[0]
  const name = fold(asked)
  return (
    cities.find((city) => fold(city.slug) === name || fold(city.name) === name) ??
    cities.find((city) => city.aliases.some((alias) => fold(alias) === name))
  )
}

/** "New Delhi", "new-delhi" and "NEW  DELHI" are one name. */
const fold = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ')
    .trim()
