import type { FetchedPage, FilmList, ListedFilm, ListName, SourceCity } from '../listing-source.ts'
import { isCity } from '../reading/city-names.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { headEntries } from '../reading/head-list.ts'
import {
  arrayOf,
  at,
  type FoundObject,
  idOf,
  isObject,
  type JsonObject,
  objectsIn,
  textOf,
} from '../reading/json-value.ts'
import { releaseDateOf } from '../reading/release-date.ts'
import { openHtml, type PageDom } from '../reading/visible-text.ts'
import { localDateAt } from '../reading/zoned-time.ts'
import { filmIdIn } from './identity.ts'
import type { PageState } from './page-state.ts'

/** Names of lists that hold films of the page's own list, and not those that are advertised beside it. */
const LISTS: Record<ListName, RegExp> = {
  running: /groupedMovies|currentlyRunningMovies|runningMovies|nowShowing|movies_home|movieList|(?:^|\.)movies$/i,
  upcoming: /upcomingMovie|comingSoon|groupedMovies|movieList|(?:^|\.)movies$/i,
}

const UPCOMING = /coming[-_ ]?soon|upcoming/i

const slugIn = (url: URL): string | null =>
  /\/movies\/(.+?)-movie-(?:tickets|detail)(?:-|$)/.exec(url.pathname)?.[1] ?? null

function filmOf(entry: JsonObject, list: ListName, zone: string, now: Date): ListedFilm | null {
  const siteMovieId = idOf(entry.contentId) ?? idOf(entry.content_id) ?? idOf(entry.movie_id)
  const title = textOf(entry.label) ?? textOf(entry.name) ?? textOf(entry.movie_name) ?? textOf(entry.movieName)
  if (siteMovieId === null || title === null) return null
  const groups = arrayOf(entry.languageFormatGroups)
  const formatId =
    groups.map((group) => textOf(at(group, 'fmtGrpId'))).find((id) => id !== null) ?? textOf(entry.format_id)
  return {
    siteMovieId,
    title,
    slug: null,
    list,
    language:
      textOf(entry.lang) ??
      textOf(at(groups[0], 'lang')) ??
      textOf(entry.language) ??
      textOf(at(arrayOf(entry.movie_variants)[0], 'language')),
    releaseDate: releaseDateOf(entry.releaseDate ?? entry.release_date, now, zone),
    url: null,
    hints: formatId ? { frmtid: formatId } : {},
  }
}

/** The film that an address of the site is of, its name there and the town in it. */
function filmAt(href: string, page: FetchedPage) {
  if (!URL.canParse(href, page.finalUrl)) return null
  const url = new URL(href, page.finalUrl)
  const siteMovieId = filmIdIn(url)
  const town = /-movie-tickets-in-(.+)-MV\d+\/?$/i.exec(url.pathname)?.[1] ?? null
  return siteMovieId === null ? null : { film: { siteMovieId, slug: slugIn(url), url: url.href }, town }
}

/** The same; null for another town's. */
function addressed(href: string, page: FetchedPage, city: SourceCity) {
  const found = filmAt(href, page)
  return found && (found.town === null || isCity(found.town, city)) ? found.film : null
}

/** Films as the head of the page lists them for search engines. */
const headFilms = (page: FetchedPage, city: SourceCity, list: ListName): ListedFilm[] =>
  headEntries(page.body).flatMap(({ name, url }) => {
    const film = addressed(url, page, city)
    const title = name ?? film?.slug
    return film && title ? [{ ...film, title, list, language: null, releaseDate: null, hints: {} }] : []
  })

/** Films as the page links to them: an address of this city with the id at its end. */
function linkedFilms(page: FetchedPage, dom: PageDom | null, city: SourceCity, list: ListName): ListedFilm[] {
  if (dom === null) return []
  const films: ListedFilm[] = []
  for (const anchor of dom.$('a[href*="-MV"]').toArray()) {
    const film = addressed(anchor.attribs.href ?? '', page, city)
    if (film === null || dom.isHidden(anchor)) continue
    const title =
      textOf(dom.$(anchor).find('img[alt]').attr('alt')) ?? textOf(dom.textIn(anchor)) ?? film.slug ?? film.siteMovieId
    films.push({ ...film, title, list, language: null, releaseDate: null, hints: {} })
  }
  return [...films, ...headFilms(page, city, list)]
}

/**
 * A site that was asked for one town may draw the page for another: then most of its links name that one. The foot of every
 * page links to a few films in each of the large towns.
 */
function isOfAnotherTown(page: FetchedPage, dom: PageDom | null, city: SourceCity): boolean {
  const counts = new Map<string, number>()
  for (const anchor of dom?.$('a[href*="-MV"]').toArray() ?? []) {
    const town = filmAt(anchor.attribs.href ?? '', page)?.town
    if (town) counts.set(town, (counts.get(town) ?? 0) + 1)
  }
  const ours = [...counts].filter(([town]) => isCity(town, city)).map(([, count]) => count)
  return Math.max(0, ...ours) < Math.max(0, ...counts.values())
}

type Card = { film: ListedFilm; fits: boolean }

/** Newer lists are rails of cards, each with the record of its film; one page may have rails of both kinds. */
function railFilms(objects: FoundObject[], city: SourceCity, list: ListName, now: Date): Card[] {
  const upcoming = objects
    .filter(
      ({ value }) =>
        Array.isArray(value.items) &&
        [value.title, value.rail_identifier].some((name) => UPCOMING.test(textOf(name) ?? '')),
    )
    .map(({ path }) => `${path}.`)
  const today = localDateAt(now, city.zone) ?? ''
  return objects.flatMap(({ value, path }) => {
    const film = isObject(value.MovieData) ? filmOf(value.MovieData, list, city.zone, now) : null
    if (!film) return []
    const isUpcoming = upcoming.some((rail) => path.startsWith(rail))
    // A film that has been released is not to come, wherever it stands.
    const fits = list === 'running' ? !isUpcoming : isUpcoming || film.releaseDate === null || film.releaseDate > today
    return [{ film, fits }]
  })
}

/** The films of a city, by id. A page without a list that is known is unreadable, never an empty list. */
export function filmsOn(page: FetchedPage, state: PageState, city: SourceCity, list: ListName, now: Date): FilmList {
  const films = new Map<string, ListedFilm>()
  const objects = objectsIn(state.props)
  if (objects === null) return { ok: false, reason: 'parse', evidence: [] }
  const dom = /^\s*[{[]/.test(page.body) ? null : openHtml(page.body)
  if (isOfAnotherTown(page, dom, city))
    return {
      ok: false,
      reason: 'identity',
      evidence: [evidenceOf('list.other-town', 'veto', 'a[href]', page.finalUrl)],
    }
  const cards = railFilms(objects, city, list, now)
  for (const { film, fits } of cards) if (fits && !films.has(film.siteMovieId)) films.set(film.siteMovieId, film)
  const others = new Set(cards.map(({ film }) => film.siteMovieId).filter((id) => !films.has(id)))
  let listSeen = false
  for (const { value, path } of objects) {
    for (const [key, entries] of Object.entries(value)) {
      if (!Array.isArray(entries) || !LISTS[list].test(`${path}.${key}`)) continue
      // The state of a page of upcoming films may hold the running ones as well.
      if (list === 'upcoming' && /running/i.test(`${path}.${key}`)) continue
      listSeen = true
      for (const entry of arrayOf(entries)) {
        const film =
          typeof entry === 'object' && entry !== null ? filmOf(entry as JsonObject, list, city.zone, now) : null
        if (film && !films.has(film.siteMovieId)) films.set(film.siteMovieId, film)
      }
    }
  }
  for (const film of linkedFilms(page, dom, city, list)) {
    if (others.has(film.siteMovieId)) continue
    const known = films.get(film.siteMovieId)
    if (known) Object.assign(known, { slug: known.slug ?? film.slug, url: known.url ?? film.url })
    else films.set(film.siteMovieId, film)
  }
  if (films.size === 0 && !listSeen)
    return { ok: false, reason: 'parse', evidence: [evidenceOf('list.missing', 'veto', state.where, page.finalUrl)] }
  return { ok: true, films: [...films.values()] }
}
