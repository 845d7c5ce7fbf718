import type { ListingTarget } from '../listing-source.ts'
import { arrayOf, at, type FoundObject, idOf, isObject } from '../reading/json-value.ts'
import { dateOf } from '../reading/zoned-time.ts'
import { bareId } from './identity.ts'
import type { PageState } from './page-state.ts'
import type { Block } from './sessions.ts'

export type OpenDates = {
  /** The site has a list of open days for this film, be it empty. */
  listed: boolean
  days: string[]
  where: string | null
}

/**
 * Days on which the site says the film can be booked: those of its session block and those of the film itself. Days of a
 * cinema's page are the cinema's, not the film's.
 */
export function openDatesOf(
  state: PageState,
  objects: FoundObject[],
  blocks: Block[],
  target: ListingTarget,
): OpenDates {
  const asked = bareId(target.siteMovieId)
  const lists: [string, unknown][] = []
  for (const { value, path } of blocks) {
    lists.push([`${path}.data.sessionDates`, at(value, 'data', 'sessionDates')])
    lists.push([`${path}.sessionDates`, at(value, 'sessionDates')])
    lists.push([`${path}.meta.showDates`, at(value, 'meta', 'showDates')])
    lists.push([`${path}.pageData.sessionDates`, at(value, 'pageData', 'sessionDates')])
  }
  for (const { value, path } of objects) {
    if (!Array.isArray(value.showDates)) continue
    const key = path.split('.').at(-1) ?? ''
    const film = idOf(value.contentId) ?? idOf(value.content_id) ?? idOf(at(value, 'movie', 'content_id')) ?? key
    if (bareId(film) === asked) lists.push([`${path}.showDates`, value.showDates])
  }
  for (const path of ['data.movieData', 'movieData']) {
    const film = at(state.props, ...path.split('.'))
    lists.push([`${path}.showDates`, at(film, 'showDates')], [`${path}.meta.showDates`, at(film, 'meta', 'showDates')])
  }
  const present = lists.filter(([, list]) => Array.isArray(list))
  const days = present.flatMap(([, list]) => arrayOf(list).map((day) => dateOf(isObject(day) ? day.date : day)))
  return {
    listed: present.length > 0,
    days: [...new Set(days.filter((day) => day !== null))].sort(),
    where: present[0]?.[0] ?? null,
  }
}
