import type { Evidence, ListingTarget } from '../listing-source.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { at, type FoundObject, idOf, numberOf, textOf } from '../reading/json-value.ts'
import { epochOf, instantOf } from '../reading/zoned-time.ts'
import { sameFilm } from './identity.ts'
import type { PageState } from './page-state.ts'
import type { Block } from './sessions.ts'

/** A page that was drawn so long before the look says nothing about now. */
const STALE_AFTER = 12 * 3_600_000

const momentOf = (value: unknown) => instantOf(value, 'UTC') ?? epochOf(value)

/** The time at which the site's server drew the page, where it is far behind the look. */
export function staleSince(state: PageState, blocks: Block[], now: Date): Evidence | null {
  const times: [string, unknown][] = blocks.map(({ value, path }) => [
    `${path}.serverTime`,
    at(value, 'serverTime') ?? at(value, 'pageData', 'serverTime') ?? at(value, 'meta', 'serverTime'),
  ])
  times.push(['data.serverTime', at(state.props, 'data', 'serverTime')], ['serverTime', at(state.props, 'serverTime')])
  for (const [where, value] of times) {
    const moment = momentOf(value)
    if (moment && now.getTime() - moment.getTime() > STALE_AFTER)
      return evidenceOf('page.stale', 'veto', where, String(value))
  }
  return null
}

/** The page says that it could not get its data; what it shows then is no list. */
export function failedLoading({ props }: PageState): Evidence | null {
  const movies = at(props, 'initialState', 'movies')
  const flags: [string, unknown][] = [
    ['initialState.movies.movieSessionsError', at(movies, 'movieSessionsError')],
    ['initialState.movies.movieContentsError', at(movies, 'movieContentsError')],
    ['initialState.mdpV2.error.movie', at(props, 'initialState', 'mdpV2', 'error', 'movie')],
    ['initialState.mdpV2.error.sessions', at(props, 'initialState', 'mdpV2', 'error', 'sessions')],
    ['data.error', at(props, 'data', 'error')],
    ['data.serverState.error', at(props, 'data', 'serverState', 'error')],
    ['error', at(props, 'error')],
  ]
  const status = numberOf(at(props, 'statusCode'))
  if (status !== null && status >= 500) return evidenceOf('page.failed-loading', 'veto', 'statusCode', String(status))
  const isSet = (flag: unknown) => Boolean(flag) && JSON.stringify(flag) !== '{}'
  const found = flags.find(([, flag]) => isSet(flag))
  return found ? evidenceOf('page.failed-loading', 'veto', found[0], found[1]) : null
}

/** Objects that describe the asked film, wherever they stand. */
const filmObjects = (objects: FoundObject[], target: ListingTarget) =>
  objects.filter(({ value }) => sameFilm(idOf(value.contentId) ?? idOf(value.content_id), target.siteMovieId))

/** Words by which the site says that the film is not on sale yet: a text for upcoming films, a show of the future. */
export function comingSoon(objects: FoundObject[], blocks: Block[], target: ListingTarget): Evidence[] {
  const found: Evidence[] = []
  for (const { value, path } of filmObjects(objects, target)) {
    const text = textOf(value.upcoming_movie_text)
    if (text) found.push(evidenceOf('film.upcoming', 'weak', `${path}.upcoming_movie_text`, text))
  }
  for (const { value, path } of blocks) {
    const future = at(value, 'isFutureShow') ?? at(value, 'meta', 'isFutureShow')
    const message = textOf(at(value, 'futureShowMessage')) ?? textOf(at(value, 'meta', 'futureShowMessage'))
    if (future === true) found.push(evidenceOf('film.future-show', 'weak', path, message ?? 'isFutureShow'))
  }
  return found.slice(0, 4)
}

const SALE_STARTS =
  /^(?:(?:advance)?_?bookings?_?(?:open(?:s|ing)?|start(?:s|ing)?)|sales?_?(?:open(?:s|ing)?|start(?:s)?)|tickets?_?(?:open(?:s)?|available))_?(?:at|on|from|time|date|timestamp)?$/i

/** A moment named by the site as the beginning of sales, with its evidence. */
export function saleStart(
  objects: FoundObject[],
  blocks: Block[],
  target: ListingTarget,
): { at: Date; evidence: Evidence } | null {
  const places = [...filmObjects(objects, target), ...blocks, ...blocks.map(({ value, path }) => metaOf(value, path))]
  for (const { value, path } of places)
    for (const [key, raw] of Object.entries(value)) {
      if (!SALE_STARTS.test(key)) continue
      const moment = momentOf(raw)
      if (moment)
        return {
          at: moment,
          evidence: evidenceOf('film.sale-start', 'strong', `${path}.${key}`, `${key}: ${String(raw)}`),
        }
    }
  return null
}

const metaOf = (value: FoundObject['value'], path: string): FoundObject => {
  const meta = at(value, 'meta')
  return {
    value: typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as FoundObject['value']) : {},
    path: `${path}.meta`,
  }
}
