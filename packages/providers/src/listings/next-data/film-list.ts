import type { FetchedPage, FilmList, ListedFilm, ListName, SourceCity } from '../listing-source.ts'
import { isCity } from '../reading/city-names.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { headEntries } from '../reading/head-list.ts'
import { arrayOf, at, idOf, isObject, type JsonObject, objectsIn, textOf } from '../reading/json-value.ts'
import { releaseDateOf } from '../reading/release-date.ts'
import { openHtml } from '../reading/visible-text.ts'
import { filmIdIn } from './identity.ts'
import type { PageState } from './page-state.ts'

/** Names of lists that hold films of the page's own list, and not those that are advertised beside it. */
const LISTS: Record<ListName, RegExp> = {
  running: /groupedMovies|currentlyRunningMovies|runningMovies|nowShowing|movies_home|movieList|(?:^|\.)movies$/i,
  upcoming: /upcomingMovie|comingSoon|groupedMovies|movieList|(?:^|\.)movies$/i,
}

const slugIn = (url: URL): string | null =>
  /\/movies\/(.+?)-movie-(?:tickets|detail)(?:-|$)/.exec(url.pathname)?.[1] ?? null

function filmOf(entry: JsonObject, list: ListName, zone: string, now: Date): ListedFilm | null {
  const siteMovieId = idOf(entry.contentId) ?? idOf(entry.content_id) ?? idOf(entry.movie_id)
  const title = textOf(entry.label) ?? textOf(entry.name) ?? textOf(entry.movie_name) ?? textOf(entry.movieName)
  if (siteMovieId === null || title === null) return null
  const groups = arrayOf(entry.languageFormatGroups)
  const formatId = groups.map((group) => textOf(at(group, 'fmtGrpId'))).find((id) => id !== null)
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

/** The film that an address of the site is of, and its name there; null for another town's. */
function addressed(href: string, page: FetchedPage, city: SourceCity) {
  if (!URL.canParse(href, page.finalUrl)) return null
  const url = new URL(href, page.finalUrl)
  const siteMovieId = filmIdIn(url)
  const inCity = /-movie-tickets-in-(.+)-MV\d+\/?$/i.exec(url.pathname)?.[1]
  if (siteMovieId === null || (inCity !== undefined && !isCity(inCity, city))) return null
  return { siteMovieId, slug: slugIn(url), url: url.href }
}

/** Films as the head of the page lists them for search engines. */
const headFilms = (page: FetchedPage, city: SourceCity, list: ListName): ListedFilm[] =>
  headEntries(page.body).flatMap(({ name, url }) => {
    const film = addressed(url, page, city)
    const title = name ?? film?.slug
    return film && title ? [{ ...film, title, list, language: null, releaseDate: null, hints: {} }] : []
  })

/** Films as the page links to them: an address of this city with the id at its end. */
function linkedFilms(page: FetchedPage, city: SourceCity, list: ListName): ListedFilm[] {
  if (/^\s*[{[]/.test(page.body)) return []
  const dom = openHtml(page.body)
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

/** The films of a city, by id. A page without a list that is known is unreadable, never an empty list. */
export function filmsOn(page: FetchedPage, state: PageState, city: SourceCity, list: ListName, now: Date): FilmList {
  const films = new Map<string, ListedFilm>()
  const objects = objectsIn(state.props)
  if (objects === null) return { ok: false, reason: 'parse', evidence: [] }
  let listSeen = false
  for (const { value, path } of objects) {
    // Newer lists are rails of cards, each with the record of its film.
    const card = isObject(value.MovieData) ? filmOf(value.MovieData, list, city.zone, now) : null
    if (card && !films.has(card.siteMovieId)) films.set(card.siteMovieId, card)
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
  for (const film of linkedFilms(page, city, list)) {
    const known = films.get(film.siteMovieId)
    if (known) Object.assign(known, { slug: known.slug ?? film.slug, url: known.url ?? film.url })
    else films.set(film.siteMovieId, film)
  }
  if (films.size === 0 && !listSeen)
    return { ok: false, reason: 'parse', evidence: [evidenceOf('list.missing', 'veto', state.where, page.finalUrl)] }
  return { ok: true, films: [...films.values()] }
}
