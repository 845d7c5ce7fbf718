import type { FetchedPage, FilmList, ListedFilm, ListName } from '../listing-source.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { openHtml } from '../reading/visible-text.ts'
import { filmIdOf, filmSlugOf, hrefOf } from './addresses.ts'

/** `the-lantern-makers` as people write it. */
const titleOf = (slug: string) =>
  decodeURIComponent(slug)
    .replace(/[-_]+/g, ' ')
    .trim()
    .replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())

/** Films that a list links to, each once, by the id at the end of its address. */
export function filmsOn(page: FetchedPage, list: ListName): FilmList {
  const dom = openHtml(page.body)
  const films = new Map<string, ListedFilm>()
  for (const anchor of dom.$('a[href]').toArray()) {
    const url = hrefOf(anchor.attribs.href, page.finalUrl)
    const siteMovieId = url && filmIdOf(url)
    if (!url || !siteMovieId || url.host !== new URL(page.finalUrl).host || dom.isHidden(anchor)) continue
    const slug = filmSlugOf(url)
    const format = url.searchParams.get('frmtid')
    if (films.has(siteMovieId) || !slug) continue
    films.set(siteMovieId, {
      siteMovieId,
      title: titleOf(slug),
      slug,
      list,
      language: null,
      releaseDate: null,
      url: url.href,
      hints: format ? { frmtid: format } : {},
    })
  }
  if (films.size === 0)
    return { ok: false, reason: 'parse', evidence: [evidenceOf('list.no-links', 'veto', 'a', page.finalUrl)] }
  return { ok: true, films: [...films.values()] }
}
