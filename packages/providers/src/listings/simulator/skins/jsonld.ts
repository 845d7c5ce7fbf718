import { escapeHtml, htmlPage, scriptJson } from '../html.ts'
import type { FilmView, Screening, SiteCity, SiteView, Skin } from '../site-types.ts'
import { clockText, offsetText } from '../wall-clock.ts'

const SCHEMA = 'https://schema.org'
const filmPath = (film: FilmView) => `/${film.city.slug}/film/${film.slug}-${film.id}`
const bookPath = (s: Screening) => `/book/${s.siteId}`

const theatre = (view: SiteView, cinemaId: string) => `${view.baseUrl}/cinemas/${cinemaId}#theatre`

function event(view: SiteView, film: FilmView, s: Screening, bare: boolean) {
  const offset = offsetText(s.startsAt, film.city.zone)
  return {
    '@type': 'ScreeningEvent',
    '@id': `${view.baseUrl}/screening/${s.siteId}`,
    identifier: s.siteId,
    name: film.title,
    url: `${view.baseUrl}${bookPath(s)}`,
    startDate: bare ? `${s.localDate}T${s.localTime}:00` : `${s.localDate}T${s.localTime}:00${offset}`,
    // Sold out or not: a screening that takes place is scheduled.
    eventStatus: `${SCHEMA}/EventScheduled`,
    inLanguage: film.language,
    videoFormat: film.format,
    workPresented: { '@id': `${view.baseUrl}${filmPath(film)}#movie` },
    location: { '@id': theatre(view, s.cinema.siteId) },
    ...(bare || s.phantom
      ? {}
      : {
          offers: {
            '@type': 'Offer',
            url: `${view.baseUrl}${bookPath(s)}`,
            price: '240',
            priceCurrency: 'INR',
            availability: `${SCHEMA}/${s.seatsLeft === 0 ? 'SoldOut' : s.seatsLeft < s.seats * 0.15 ? 'LimitedAvailability' : 'InStock'}`,
          },
        }),
  }
}

function graph(view: SiteView, film: FilmView, bare: boolean) {
  const announced = !bare && film.sale === 'announced' && film.opensAt
  return {
    '@context': SCHEMA,
    '@graph': [
      ...film.city.cinemas.map((cinema) => ({
        '@type': 'MovieTheater',
        '@id': theatre(view, cinema.siteId),
        identifier: cinema.siteId,
        name: cinema.name,
        address: { '@type': 'PostalAddress', addressLocality: film.city.name },
        geo: { '@type': 'GeoCoordinates', latitude: cinema.latitude, longitude: cinema.longitude },
      })),
      {
        '@type': 'Movie',
        '@id': `${view.baseUrl}${filmPath(film)}#movie`,
        identifier: film.id,
        name: film.title,
        url: `${view.baseUrl}${filmPath(film)}`,
        inLanguage: film.language,
        ...(film.releaseDate ? { datePublished: film.releaseDate } : {}),
        ...(announced
          ? {
              offers: {
                '@type': 'Offer',
                availability: `${SCHEMA}/PreOrder`,
                validFrom: announced.toISOString(),
                url: `${view.baseUrl}${filmPath(film)}`,
              },
            }
          : {}),
      },
      ...film.screenings
        // The offer's start is in the future while only words are out.
        .map((s) => event(view, film, s, bare)),
    ],
  }
}

/** What a screen reader says of a sold-out screening stands in every button and is shown by none that can be booked. */
const button = (view: SiteView, s: Screening) =>
  s.bookable
    ? `<a class="performance-button ${view.hashed('perf')}" href="${view.root}${bookPath(s)}"><time datetime="${s.localDate}T${s.localTime}">${clockText(s.localTime)}</time><span class="sold-out-message" style="display:none">Sold out</span><span class="visually-hidden" hidden>This performance is sold out</span></a>`
    : s.seatsLeft === 0
      ? `<span class="performance-button is-sold-out"><time datetime="${s.localDate}T${s.localTime}">${clockText(s.localTime)}</time> <span class="sold-out-message">Sold out</span></span>`
      : `<span class="performance-button off-sale"><time datetime="${s.localDate}T${s.localTime}">${clockText(s.localTime)}</time></span>`

function page(view: SiteView, film: FilmView, bare: boolean): string {
  const drawn = film.screenings.filter((s) => !s.phantom)
  const days = [...new Set(drawn.map((s) => s.localDate))]
  return htmlPage({
    title: `${film.title} – ${film.city.name} – ${view.siteName}`,
    head: `<link rel="canonical" href="${view.baseUrl}${filmPath(film)}">
<script type="application/ld+json">${scriptJson(graph(view, film, bare))}</script>`,
    body: `<header><a href="${view.root}/">${escapeHtml(view.siteName)}</a> <a href="${view.root}/${film.city.slug}/films">${escapeHtml(film.city.name)}</a></header>
<main data-film-id="${film.id}"><h1>${escapeHtml(film.title)}</h1>
<p>${escapeHtml(film.language)} · ${escapeHtml(film.format)}${film.releaseDate ? ` · from ${film.releaseDate}` : ''}</p>
${
  drawn.length > 0
    ? days
        .map(
          (day) =>
            `<section class="${view.hashed('day')}"><h2>${day}</h2>${film.city.cinemas
              .map((cinema) => ({ cinema, times: drawn.filter((s) => s.cinema === cinema && s.localDate === day) }))
              .filter(({ times }) => times.length > 0)
              .map(
                ({ cinema, times }) =>
                  `<div class="performances"><h3>${escapeHtml(cinema.name)}</h3>${times.map((s) => button(view, s)).join(' ')}</div>`,
              )
              .join('\n')}</section>`,
        )
        .join('\n')
    : `<p class="${view.hashed('soon')}">${film.sale === 'announced' && film.opensAt ? `Booking opens <time datetime="${film.opensAt.toISOString()}">${film.opensAt.toUTCString()}</time>.` : 'Coming soon. Booking is not open yet.'}</p>`
}</main>`,
  })
}

const list = (view: SiteView, city: SiteCity, running: FilmView[], upcoming: FilmView[]) =>
  htmlPage({
    title: `Films in ${city.name} – ${view.siteName}`,
    head: `<script type="application/ld+json">${scriptJson({
      '@context': SCHEMA,
      '@graph': [
        ...city.cinemas.map((cinema) => ({
          '@type': 'MovieTheater',
          '@id': theatre(view, cinema.siteId),
          identifier: cinema.siteId,
          name: cinema.name,
          address: { '@type': 'PostalAddress', addressLocality: city.name },
        })),
        ...[...running, ...upcoming].map((film) => ({
          '@type': 'Movie',
          '@id': `${view.baseUrl}${filmPath(film)}#movie`,
          identifier: film.id,
          name: film.title,
          url: `${view.baseUrl}${filmPath(film)}`,
          inLanguage: film.language,
          datePublished: film.releaseDate ?? '2090-01-01',
        })),
      ],
    })}</script>`,
    body: `<header><a href="${view.root}/">${escapeHtml(view.siteName)}</a></header><main><h1>${escapeHtml(city.name)}</h1>
${(
  [
    ['Now booking', running],
    ['Coming soon', upcoming],
  ] as const
)
  .map(
    ([heading, films]) =>
      `<section><h2>${heading}</h2><ul>${films.map((film) => `<li><a href="${view.root}${filmPath(film)}">${escapeHtml(film.title)}</a></li>`).join('')}</ul></section>`,
  )
  .join('\n')}</main>`,
  })

const skin = (bare: boolean): Skin => ({
  home: (view) =>
    htmlPage({
      title: view.siteName,
      head: `<script type="application/ld+json">${scriptJson({ '@context': SCHEMA, '@type': 'WebSite', name: view.siteName, url: view.baseUrl })}</script>`,
      body: `<h1>${escapeHtml(view.siteName)}</h1><ul>${view.cities.map((c) => `<li><a href="${view.root}/${c.slug}/films">${escapeHtml(c.name)}</a></li>`).join('')}</ul>`,
    }),
  route(view, { path }) {
    const named = /^\/([a-z-]+)\/film\/([a-z0-9-]*?)-?(\d+)$/.exec(path)
    if (named) {
      const [, town, slug, id] = named
      const city = view.city(town)
      if (!city) return { kind: 'missing' }
      const film = view.film(id!, city)
      if (film && film.sale !== 'removed')
        return { kind: 'page', type: 'html', model: [view.build, film], render: () => page(view, film, bare) }
      const now = view.movedTo(id!)
      return now && now !== id ? { kind: 'redirect', to: `/${town}/film/${slug}-${now}` } : { kind: 'missing' }
    }
    const city = view.city(/^\/([a-z-]+)\/films$/.exec(path)?.[1])
    if (!city) return { kind: 'missing' }
    const [running, upcoming] = [view.films(city, 'running'), view.films(city, 'upcoming')]
    return {
      kind: 'page',
      type: 'html',
      model: [view.build, running, upcoming],
      render: () => list(view, city, running, upcoming),
    }
  },
})

/** A cinema's own pages with schema.org data: offers that say what can be had. */
export const jsonld = skin(false)
/** The same without offers and without offsets: only data and buttons together prove anything. */
export const jsonldBare = skin(true)
