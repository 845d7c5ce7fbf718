import type { FetchedPage } from '../listing-source.ts'
import { pageOf } from './pages.ts'

/** A cinema's page of a film with schema.org data. Everything on it is invented. */
export const HOUSE = 'https://house.example'
export const FILM_URL = `${HOUSE}/programme/112731/the-lantern-makers/`
const SCHEMA = 'https://schema.org'

export type LinkedShow = {
  id: string
  startDate: string
  /** Null: no offers at all. */
  availability: string | null
  offer?: Record<string, unknown>
  event?: Record<string, unknown>
}
export type LinkedPage = {
  title: string
  url: string
  town: string
  shows: LinkedShow[]
  movie: Record<string, unknown>
  /** Class and inside of each show's link; null: no link. */
  link: { className: string; inside: string; tag?: string } | null
  body: string
  head: string
}

export const theatreOf = (town: string) => ({
  '@type': 'MovieTheater',
  '@id': `${HOUSE}/#theatre`,
  name: 'Lantern House',
  address: { '@type': 'PostalAddress', addressLocality: town },
})
export const movieOf = (page: LinkedPage) => ({
  '@type': 'Movie',
  '@id': `${page.url}#movie`,
  name: page.title,
  ...page.movie,
})
export const bookUrl = (id: string) => `${HOUSE}/bookings/${id}/`

export const eventOf = (page: LinkedPage, show: LinkedShow) => ({
  '@type': 'ScreeningEvent',
  '@id': bookUrl(show.id),
  name: page.title,
  startDate: show.startDate,
  eventStatus: `${SCHEMA}/EventScheduled`,
  workPresented: { '@id': `${page.url}#movie` },
  location: { '@id': `${HOUSE}/#theatre` },
  ...(show.availability === null && !show.offer
    ? {}
    : {
        offers: {
          '@type': 'Offer',
          price: '12.00',
          url: bookUrl(show.id),
          ...(show.availability === null ? {} : { availability: `${SCHEMA}/${show.availability}` }),
          ...show.offer,
        },
      }),
  ...show.event,
})

export const graphJson = (page: LinkedPage): unknown => ({
  '@context': SCHEMA,
  '@graph': [theatreOf(page.town), movieOf(page), ...page.shows.map((show) => eventOf(page, show))],
})

const script = (value: unknown) =>
  `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`

export function linkedHtml(page: LinkedPage, blocks: unknown[] = [graphJson(page)]): string {
  const links = page.shows.map(({ id, startDate }) =>
    page.link === null
      ? ''
      : `<li class="${page.link.className}"><${page.link.tag ?? 'a'} class="performance__x1Yz2 ${page.link.className}" href="/bookings/${id}/">${startDate.slice(11, 16)} ${page.link.inside}</${page.link.tag ?? 'a'}></li>`,
  )
  return `<!doctype html><html><head><title>${page.title}</title><link rel="canonical" href="${page.url}">${page.head}
${blocks.map(script).join('\n')}</head><body><h1>${page.title}</h1><a href="${page.url}">${page.title}</a><ul>${links.join('\n')}</ul>${page.body}</body></html>
`
}

export const linked = (page: LinkedPage, blocks?: unknown[]): FetchedPage[] => [
  pageOf(page.url, linkedHtml(page, blocks)),
]
