import { escapeHtml, htmlPage } from '../html.ts'
import { letters } from '../seed.ts'
import type { FilmView, Screening, SiteCity, SiteView, Skin } from '../site-types.ts'
import { clockText } from '../wall-clock.ts'

const DETAIL = /^\/movies\/(?:[a-z-]+\/)?(.+)-movie-detail-(\d+)$/

const filmPath = (film: FilmView) => `/movies/${film.slug}-movie-detail-${film.id}?frmtid=${film.formatId}`

/** The town is in the address, or in the cookie that its page has set. */
function townOf(view: SiteView, query: URLSearchParams, cookie: string | undefined): SiteCity {
  const fromCookie = /(?:^|;\s*)city=([a-z-]+)/.exec(cookie ?? '')?.[1]
  return view.city(query.get('city')) ?? view.city(fromCookie) ?? view.cities[0]!
}

const frame = (view: SiteView, city: SiteCity, title: string, content: string, path?: string) =>
  htmlPage({
    title: `${title} | ${view.siteName}`,
    // Every page of a film names its own address, open or not.
    head: path ? `<link rel="canonical" href="${path}">` : '',
    body: `<header class="${view.hashed('Header_bar')}"><a href="/">${escapeHtml(view.siteName)}</a>
<nav><a href="/movies/${city.slug}">Movies in ${escapeHtml(city.name)}</a> <a href="/movies/upcoming-movies?city=${city.slug}">Upcoming movies</a></nav>
<span class="${view.hashed('Header_city')}">${escapeHtml(city.name)}</span></header>
<main>${content}</main>
<footer><p>Showtimes and tickets for the best cinemas near you.</p></footer>`,
  })

const list = (view: SiteView, city: SiteCity, films: FilmView[], heading: string) =>
  frame(
    view,
    city,
    `${heading} in ${city.name}`,
    `<h1>${heading} in ${escapeHtml(city.name)}</h1>
<div class="${view.hashed('MovieGrid_list')}">
${films
  .map(
    (film) => `<a class="${view.hashed('MovieGrid_card')}" href="${filmPath(film)}">
<h2>${escapeHtml(film.title)}</h2><p>${escapeHtml(film.language)} · ${film.releaseDate ?? '2090-01-01'}</p></a>`,
  )
  .join('\n')}
</div>`,
  )

const seat = (view: SiteView, film: FilmView, screening: Screening) =>
  screening.bookable
    ? `<a class="${view.hashed('Sessions_time')}" href="/movies/seat-layout/${film.formatId}?encsessionid=${screening.cinema.siteId}-${screening.siteId}-${letters(6, screening.siteId)}">${clockText(screening.localTime)}</a>`
    : `<span class="${view.hashed('Sessions_greyCol')}" aria-disabled="true">${clockText(screening.localTime)}</span>`

function detail(view: SiteView, film: FilmView, asked: string | null): string {
  const open = film.sale === 'open' || film.sale === 'sold-out'
  const day = asked && film.openDates.includes(asked) ? asked : film.openDates[0]
  const fallback = view.faults.has('date-fallback') ? film.openDates.at(-1) : undefined
  const shown = fallback ?? day
  const houses = film.city.cinemas
    .map((cinema) => ({
      cinema,
      times: film.screenings.filter((s) => s.cinema === cinema && (s.localDate === shown || s.phantom)),
    }))
    .filter(({ times }) => times.length > 0)
  const days = film.openDates
    .map(
      (date) =>
        `<a class="${view.hashed(date === shown ? 'DatesDesktop_selected' : 'DatesDesktop_date')}" href="${filmPath(film)}&amp;fromdate=${date}">${date}</a>`,
    )
    .join(' ')
  const showings = `<ul class="${view.hashed('Sessions_list')}" data-date="${shown ?? ''}">
${houses
  .map(
    ({ cinema, times }) =>
      `<li><div class="theater-name"><a href="/movies/${film.city.slug}/${cinema.name.toLowerCase().replaceAll(' ', '-')}-c/${cinema.siteId}">${escapeHtml(cinema.name)}</a></div>${times.map((s) => seat(view, film, s)).join(' ')}</li>`,
  )
  .join('\n')}
</ul>`
  return frame(
    view,
    film.city,
    `${film.title} Movie Tickets in ${film.city.name}`,
    `<section class="${view.hashed('Detail_hero')}"><h1>${escapeHtml(film.title)}</h1>
<p>${escapeHtml(film.language)} · ${escapeHtml(film.format)} · Releasing ${film.releaseDate ?? '2090-01-01'}</p></section>
${
  open && film.openDates.length > 0
    ? `<nav class="${view.hashed('Detail_tabs')}"><a href="${filmPath(film)}&amp;fromdate=${shown}#showlisting">Showlisting</a> <a href="#about">About</a></nav>
<div id="showlisting">${days}${showings}</div>`
    : `<nav class="${view.hashed('Detail_tabs')}"><a href="#about">About</a></nav>
<div class="${view.hashed('Detail_soon')}"><h2>Coming soon</h2><p>Bookings for this movie have not started in ${escapeHtml(film.city.name)} yet.</p>${houses.length > 0 ? showings : ''}</div>`
}
<section id="about"><h2>About</h2><p>${escapeHtml(film.title)} in ${escapeHtml(film.language)}.</p></section>`,
    filmPath(film),
  )
}

/** Town list, upcoming list and film pages whose "Showlisting" link is there once sales run. */
export const ticketnewClassic: Skin = {
  home: (view) =>
    htmlPage({
      title: view.siteName,
      body: `<h1>${escapeHtml(view.siteName)}</h1><ul>${view.cities.map((city) => `<li><a href="/movies/${city.slug}">${escapeHtml(city.name)}</a></li>`).join('')}</ul>`,
    }),
  route(view, { path, query, headers }) {
    const named = DETAIL.exec(path)
    if (named) {
      const city = townOf(view, query, headers.cookie)
      const film = view.film(named[2]!, city)
      if (film && film.sale !== 'removed')
        return {
          kind: 'page',
          type: 'html',
          model: [view.build, film, query.get('fromdate')],
          render: () => detail(view, film, query.get('fromdate')),
        }
      const now = view.movedTo(named[2]!)
      return now && now !== named[2]
        ? { kind: 'redirect', to: `/movies/${named[1]}-movie-detail-${now}` }
        : { kind: 'missing' }
    }
    if (path === '/movies/upcoming-movies') {
      const city = townOf(view, query, headers.cookie)
      const films = view.films(city, 'upcoming')
      return {
        kind: 'page',
        type: 'html',
        model: [view.build, films],
        render: () => list(view, city, films, 'Upcoming movies'),
      }
    }
    const city = view.city(/^\/movies\/([a-z-]+)$/.exec(path)?.[1])
    if (!city) return { kind: 'missing' }
    const films = view.films(city, 'running')
    return { kind: 'page', type: 'html', model: [view.build, films], render: () => list(view, city, films, 'Movies') }
  },
}
