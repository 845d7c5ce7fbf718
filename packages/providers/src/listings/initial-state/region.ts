import type { SourceCity } from '../listing-source.ts'
import { cityKey, isCity } from '../reading/city-names.ts'

/** Short codes of regions, as addresses and answers of the family write them. */
const REGIONS: Record<string, string> = {
  AHD: 'ahmedabad',
  BANG: 'bengaluru',
  CHD: 'chandigarh',
  CHEN: 'chennai',
  COIM: 'coimbatore',
  HYD: 'hyderabad',
  INDO: 'indore',
  JAIP: 'jaipur',
  KOCH: 'kochi',
  KOLK: 'kolkata',
  LUCK: 'lucknow',
  MUMBAI: 'mumbai',
  NCR: 'delhi-ncr',
  PUNE: 'pune',
  TRIV: 'trivandrum',
  VIZA: 'vizag',
}

/** A code of the mapping's own, not the name once more. */
const hasCode = ({ code, slug, name }: SourceCity) =>
  code !== null && cityKey(code) !== cityKey(slug) && cityKey(code) !== cityKey(name)

/**
 * Whether a page is of the city; null where it does not say. The region in the data is believed before an address, which only
 * repeats what was asked.
 */
export function regionFits(city: SourceCity, region: string | null, slug: string | null): boolean | null {
  if (region !== null) {
    if (isCity(region, city)) return true
    const known = REGIONS[region.toUpperCase()]
    if (known !== undefined) return isCity(known, city)
    // A short code that nobody knows says nothing where there is none to compare it with.
    if (hasCode(city)) return false
  }
  if (slug === null) return null
  return isCity(slug, city) || isCity(REGIONS[slug.toUpperCase()] ?? slug, city)
}

/** Whether the region that a page was drawn for is the city, by its code or by one of its names. Null where it tells none. */
export function isDrawnFor(names: string[], city: SourceCity): boolean | null {
  if (names.length === 0) return null
  return names.some((name) => isCity(name, city) || isCity(REGIONS[name.toUpperCase()] ?? name, city))
}

/**
 * The city in an address: `/movies/<city>/…`, `/<city>/movies/…`, and in older ones `/buytickets/<film>-<city>/movie-<code>-ET…`,
 * where nothing parts the film from the city but knowing the city.
 */
export function citySlugIn(path: string, city: SourceCity): string | null {
  const steps = path.split('/').filter((step) => step !== '')
  const movies = steps.indexOf('movies')
  if (movies === 0 && steps.length >= 4) return steps[1]!
  // `/api/movies/…` is no city: such an address has the film in it.
  if (movies === 1 && steps.some((step) => /^ET\d/i.test(step))) return steps[0]!
  // A cinema's page, today's and that of older years.
  if (steps[0] === 'cinemas' && steps.length >= 4) return steps[1]!
  const cinema = /^\/buytickets\/[^/]+\/cinema-([a-z]{2,12})-[A-Z0-9]{2,12}-MT\b/i.exec(path)
  if (cinema) return cinema[1]!
  const old = /^\/buytickets\/([^/]+)\/movie-([a-z]{2,12})-ET\d/i.exec(path)
  if (!old) return null
  return old[1]!.toLowerCase().endsWith(`-${city.slug.toLowerCase()}`) ? city.slug : old[2]!
}
