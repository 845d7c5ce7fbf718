import type { ListingTarget, SourceCity } from '../listing-source.ts'
import { isCity } from '../reading/city-names.ts'
import { arrayOf, at, type FoundObject, idOf, isObject, objectOf, textOf } from '../reading/json-value.ts'
import type { PageState } from './page-state.ts'
import { groupsOf } from './session-groups.ts'

/** The site writes one id as `176735` and, in addresses, as `MV176735`. Whole ids, never a part of one. */
export const sameFilm = (a: string | null, b: string) => a !== null && bareId(a) === bareId(b)
export const bareId = (id: string) => id.trim().replace(/^MV(?=\d+$)/i, '')

/** The film's id at the end of an address of the site. */
export function filmIdIn(url: URL): string | null {
  const match = /-MV(\d+)\/?$/i.exec(url.pathname) ?? /-movie-detail-(\d+)\/?$/i.exec(url.pathname)
  return match?.[1] ?? null
}

/** The page's own address, as its state or its head names it: the first that ends in an id of a film or a cinema. */
function slugOf({ root, props, canonical }: PageState): string | null {
  const query = Object.values(objectOf(at(root, 'query'))).flat()
  const named = [
    ...query,
    at(props, 'data', 'slug'),
    at(props, 'slug'),
    at(root, 'asPath'),
    at(props, 'asPath'),
    canonical,
  ]
  const paths = named.map(textOf).filter((path) => path !== null)
  return (
    paths.map((path) => path.split(/[?#]/)[0]!).find((path) => /-(?:MV|CD|movie-detail-)\d+\/?$/i.test(path)) ?? null
  )
}

const CONTENT = ['contentId', 'content_id']
const idIn = (value: unknown) => CONTENT.map((key) => idOf(at(value, key))).find((id) => id !== null) ?? null

export type PageKind = 'film' | 'cinema'

export function pageKind(state: PageState): PageKind {
  const type = textOf(at(state.props, 'type')) ?? ''
  if (/^mdp/i.test(type)) return 'film'
  if (/^cdp/i.test(type) || /-CD\d+\/?$/i.test(slugOf(state) ?? '')) return 'cinema'
  const data = at(state.props, 'data')
  return idOf(at(data, 'cinemaId')) !== null && idIn(data) === null ? 'cinema' : 'film'
}

/** Ids that say which film the whole page is about. More than one different id: it cannot be told. */
function pageFilmIds(state: PageState): string[] {
  const { props } = state
  const slug = slugOf(state)
  const ids = [
    slug === null ? null : (/-(?:MV|movie-detail-)(\d+)\/?$/i.exec(slug)?.[1] ?? null),
    idIn(at(props, 'data')),
    idIn(at(props, 'data', 'movieData', 'meta', 'movie')),
    idIn(at(props, 'movieData', 'meta', 'movie')),
    idIn(at(props, 'data', 'movieDetails')),
    idIn(at(props, 'data', 'movie')),
    idIn(at(props, 'meta', 'movie')),
  ]
  return [...new Set(ids.filter((id) => id !== null).map(bareId))]
}

/** Films that the page has content of, by the keys of its maps and what stands in them. */
function mappedFilmIds({ props }: PageState, blocks: FoundObject[]): string[] {
  const maps = [
    ...blocks.map(({ value }) => at(value, 'meta', 'movieContents')),
    at(props, 'data', 'serverState', 'mdpV2MovieData'),
    at(props, 'serverState', 'mdpV2MovieData'),
    at(props, 'mdpV2MovieData'),
    at(props, 'initialState', 'mdpV2', 'movieData'),
    at(props, 'data', 'serverState', 'movieContents'),
    at(props, 'initialState', 'movies', 'movieContents'),
  ]
  const ids = maps.flatMap((map) =>
    Object.entries(objectOf(map)).map(([key, value]) => (isObject(value) ? (idIn(value) ?? key) : key)),
  )
  return [...new Set(ids.map(bareId).filter((id) => /^\d+$/.test(id)))]
}

/**
 * The film that the page is about: the asked id where that is what the data says, another id where it says another, null where
 * it says none, as a cinema's page does. Titles and slugs without an id are never asked.
 */
export function servedFilm(state: PageState, blocks: FoundObject[], target: ListingTarget): string | null {
  // A cinema has a content id as well.
  if (pageKind(state) === 'cinema') return null
  const own = pageFilmIds(state)
  const asked = bareId(target.siteMovieId)
  if (own.length > 0) {
    const other = own.find((id) => id !== asked)
    return other === undefined ? target.siteMovieId : other
  }
  const mapped = mappedFilmIds(state, blocks)
  if (mapped.includes(asked)) return target.siteMovieId
  return mapped[0] ?? null
}

/** Whether the data is of the asked city; null where the page names none. */
export function cityFits(
  state: PageState,
  blocks: FoundObject[],
  target: ListingTarget,
  address: string,
): boolean | null {
  const { props } = state
  const { city } = target
  const user = at(props, 'initialState', 'user')
  // A title may have "-in-" too: the last one is before the town.
  const inSlug = /.*-in-([a-z0-9-]+)-(?:MV|CD)\d+\/?$/i.exec(slugOf(state) ?? '')?.[1] ?? null
  const named = (...values: unknown[]) => values.map(textOf).filter((name) => name !== null)
  const keys = named(
    at(props, 'data', 'cityName'),
    at(props, 'data', 'cityKey'),
    at(props, 'data', 'citySlug'),
    at(props, 'data', 'city'),
  )
  const labels = named(at(props, 'data', 'cityLabel'))
  if (inSlug !== null && !isCity(inSlug, city)) return false
  if (keys.length > 0) return keys.some((key) => isCity(key, city)) || labels.some((label) => isCity(label, city))
  if (inSlug !== null) return true
  if (labels.length > 0) return labels.some((label) => isCity(label, city))
  const picked = named(
    at(user, 'overrideCityByUrl'),
    at(user, 'selectedCity', 'cityName'),
    at(user, 'selectedCity', 'cityLabel'),
    at(user, 'selectedCity', 'pCityKey'),
    at(props, 'data', 'serverState', 'selectedCity', 'cityName'),
  )
  if (picked.length > 0) return picked.some((name) => isCity(name, city))
  return cinemasFit(blocks, city) ?? addressFits(state, address, city)
}

/** The answer behind a page is of the city that it was asked for by its address. */
function addressFits({ where }: PageState, address: string, city: SourceCity): boolean | null {
  if (where !== '$' || !URL.canParse(address)) return null
  const query = new URL(address).searchParams
  const asked = ['city_key', 'cityKey', 'citykey', 'city']
    .map((key) => textOf(query.get(key)))
    .find((key) => key !== null)
  return asked ? isCity(asked, city) : null
}

/** A bare answer names its city only with its cinemas. */
function cinemasFit(blocks: FoundObject[], city: SourceCity): boolean | null {
  const cities = blocks.flatMap(({ value }) => {
    const groups = (groupsOf(value) ?? []).flatMap(({ group }) => [at(group, 'data'), at(group, 'cinemaInfo')])
    const cinemas = at(value, 'meta', 'cinemas')
    const listed = Array.isArray(cinemas) ? arrayOf(cinemas) : Object.values(objectOf(cinemas))
    return [...groups, ...listed, at(value, 'meta', 'cinema'), at(value, 'meta')].flatMap((entry) =>
      ['city', 'cityName', 'cityKey', 'cityLabel'].map((key) => textOf(at(entry, key))),
    )
  })
  const named = cities.filter((name) => name !== null)
  return named.length === 0 ? null : named.some((name) => isCity(name, city))
}
