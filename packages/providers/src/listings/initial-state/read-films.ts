import type { ListedFilm, ListName } from '../listing-source.ts'
import { headEntries } from '../reading/head-list.ts'
import { arrayOf, type FoundObject, objectOf, objectsIn, textOf } from '../reading/json-value.ts'
import type { PageDom } from '../reading/visible-text.ts'
import { EVENT_CODE } from './read-show.ts'

type Link = { code: string; slug: string | null; url: string }

/** `/hyderabad/movies/<slug>/ET…` and `/movies/hyderabad/<slug>/ET…`, also with `buytickets` in it. */
function filmLink(href: unknown, baseUrl: string): Link | null {
  const text = textOf(href)
  if (!text || !URL.canParse(text, baseUrl)) return null
  const url = new URL(text, baseUrl)
  const code = EVENT_CODE.exec(url.pathname)?.[0]
  if (!code || url.origin !== new URL(baseUrl).origin) return null
  const steps = url.pathname.split('/').filter((step) => step !== '' && step !== 'buytickets')
  if (!steps.includes('movies')) return null
  const slug = steps[steps.indexOf(code) - 1] ?? null
  return { code, slug: slug === 'movies' ? null : slug, url: url.origin + url.pathname }
}

const componentText = (row: unknown): string | null =>
  arrayOf(objectOf(row).components)
    .map((component) => textOf(objectOf(component).text))
    .find((text) => text !== null) ?? null

/** A card of the explore answer: address, lines of text, picture. */
function cardFilm(card: FoundObject, baseUrl: string, list: ListName): ListedFilm | null {
  const { value } = card
  const link = filmLink(value.ctaUrl ?? value.url ?? objectOf(value.cta).url, baseUrl)
  if (!link) return null
  const lines = arrayOf(value.text).map(componentText)
  const analytics = objectOf(value.analytics)
  const title =
    lines[0] ?? textOf(value.title) ?? textOf(analytics.title) ?? textOf(objectOf(value.image).altText) ?? null
  if (!title) return null
  return {
    siteMovieId: link.code,
    title,
    slug: link.slug,
    list,
    language: lines[2] ?? textOf(analytics.language),
    releaseDate: null,
    url: link.url,
    hints: {},
  }
}

/** Cards of the other list stand on the page too. */
const isUpcomingCard = (path: string, around: string) => /coming[-_]?soon|upcoming/i.test(`${path} ${around}`)

/** Films in the stored answers of the page, or in the answer itself. */
export function filmsInState(root: unknown, baseUrl: string, list: ListName): ListedFilm[] {
  const upcomingSections = new Set<string>()
  const objects = objectsIn(root) ?? []
  for (const { value, path } of objects) {
    if (Array.isArray(value.cards) && isUpcomingCard('', textOf(value.id) ?? '')) upcomingSections.add(`${path}.`)
  }
  const films: ListedFilm[] = []
  for (const object of objects) {
    const film = cardFilm(object, baseUrl, list)
    const inUpcoming = [...upcomingSections].some((section) => object.path.startsWith(section))
    if (film && (list === 'upcoming' || !inUpcoming)) films.push(film)
  }
  return films
}

/** Films as the head of the page lists them for search engines. */
export const filmsInHead = (body: string, baseUrl: string, list: ListName): ListedFilm[] =>
  headEntries(body).flatMap(({ name, url }) => {
    const link = filmLink(url, baseUrl)
    const title = name ?? link?.slug
    if (!link || !title) return []
    const { code: siteMovieId, slug } = link
    return [{ siteMovieId, title, slug, list, language: null, releaseDate: null, url: link.url, hints: {} }]
  })

/** Films that the page links to, where no stored answer names them. */
export function filmsInLinks({ $, isHidden, textIn }: PageDom, baseUrl: string, list: ListName): ListedFilm[] {
  const films: ListedFilm[] = []
  for (const node of $('a[href*="ET"]').toArray().slice(0, 5_000)) {
    const link = filmLink(node.attribs.href, baseUrl)
    if (!link || isHidden(node)) continue
    const lines = $(node)
      .find('*')
      .toArray()
      .filter((inner) => $(inner).children().length === 0)
      .map((inner) => textOf(textIn(inner)))
      .filter((text) => text !== null)
    const title = lines[0] ?? textOf($(node).find('img[alt]').attr('alt')) ?? textOf(textIn(node))
    if (!title) continue
    films.push({
      siteMovieId: link.code,
      title,
      slug: link.slug,
      list,
      language: null,
      releaseDate: null,
      url: link.url,
      hints: {},
    })
  }
  return films
}
