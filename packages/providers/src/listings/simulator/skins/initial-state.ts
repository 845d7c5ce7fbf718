import { escapeHtml, htmlPage, scriptJson } from '../html.ts'
import { chance } from '../seed.ts'
import type { FilmView, Screening, SiteCity, SiteView, Skin } from '../site-types.ts'
import { addDays, clockText, instantOf } from '../wall-clock.ts'

const SHOWTIMES = /^\/movies\/([a-z-]+)\/([a-z0-9-]+)\/buytickets\/(ET\d+)(?:\/(\d{8}))?$/
const OLD_SHOWTIMES = /^\/buytickets\/([a-z0-9-]+)\/movie-([a-z-]+)-(ET\d+)-MT(?:\/(\d{8}))?$/
const ABOUT = /^\/(?:movies\/([a-z-]+)|([a-z-]+)\/movies)\/([a-z0-9-]+)\/(ET\d+)$/
const STRIP_DAYS = 7

const compact = (date: string) => date.replaceAll('-', '')
const dashed = (code: string) => `${code.slice(0, 4)}-${code.slice(4, 6)}-${code.slice(6, 8)}`

function status(s: Screening): string {
  if (s.phantom || s.seatsLeft === 0) return '0'
  const share = s.seatsLeft / s.seats
  return share < 0.1 ? '1' : share < 0.4 ? '2' : '3'
}

const showtime = (film: FilmView, s: Screening) => ({
  title: clockText(s.localTime),
  screenAttr: film.format,
  styleId: s.bookable ? 'showtime-available' : 'showtime-disabled',
  additionalData: {
    sessionId: s.siteId,
    availStatus: status(s),
    showDateCode: compact(s.localDate),
    showTimeCode: s.localTime.replace(':', ''),
    showDateTime: `${compact(s.localDate)}${s.localTime.replace(':', '')}`,
    cutOffDateTimeEpoch: String(Math.floor(s.startsAt.getTime() / 1000) + 15 * 60),
    eventCode: film.id,
    categories: [
      { areaCatCode: '0001', priceDesc: 'CLASSIC', curPrice: '180.00', availStatus: status(s) },
      {
        areaCatCode: '0002',
        priceDesc: 'RECLINER',
        curPrice: '350.00',
        availStatus: chance(s.siteId, 'recliner') < 0.3 ? '0' : status(s),
      },
    ],
  },
  cta: { url: `/booktickets/${s.cinema.siteId}/${film.id}/${s.siteId}`, type: 'redirect' },
})

function strip(film: FilmView, today: string, shown: string | undefined) {
  const days = Array.from({ length: STRIP_DAYS }, (_, n) => addDays(today, n))
  return [...new Set([...days, ...film.openDates])].sort().map((date) => ({
    id: compact(date),
    styleId: date === shown ? 'date-selected' : film.openDates.includes(date) ? 'date-default' : 'date-disabled',
    data: [
      {
        text: new Date(`${date}T12:00:00Z`)
          .toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' })
          .toUpperCase(),
      },
      { text: date.slice(8) },
      {
        text: new Date(`${date}T12:00:00Z`).toLocaleDateString('en', { month: 'short', timeZone: 'UTC' }).toUpperCase(),
      },
    ],
  }))
}

function state(view: SiteView, film: FilmView, asked: string | null) {
  const today = view.today(film.city)
  // A day that is not on sale is answered with the nearest that is, and nothing says so.
  const shown = asked && film.openDates.includes(asked) ? asked : nearest(film.openDates, asked ?? today)
  const listed = film.screenings.filter((s) => s.localDate === shown || s.phantom)
  const code = compact(shown ?? asked ?? today)
  return {
    showtimesByEvent: {
      currentDateCode: code,
      currentEventCode: film.id,
      currentRegion: { regionCode: film.city.code, regionSlug: film.city.slug, regionName: film.city.name },
      showDates: {
        [code]: {
          dateCode: code,
          dynamic: {
            data: {
              header: { title: { text: film.title }, subtitle: { text: `${film.language} · ${film.format}` } },
              topStickyWidgets: [
                { type: 'horizontal-text-list', id: 'filters', data: [] },
                { type: 'horizontal-block-list', id: 'dates', data: strip(film, today, shown) },
              ],
              showtimeWidgets: [
                { type: 'banner', id: 'offers', data: [] },
                {
                  type: 'groupList',
                  id: 'List_1',
                  data: [{ type: 'venueGroup', id: 'Venue_GROUP_1', data: venues(film, listed) }],
                },
              ],
            },
          },
        },
      },
    },
    regions: { current: { code: film.city.code, slug: film.city.slug, name: film.city.name } },
  }
}

const venues = (film: FilmView, listed: Screening[]) =>
  film.city.cinemas
    .map((cinema) => ({ cinema, times: listed.filter((s) => s.cinema === cinema) }))
    .filter(({ times }) => times.length > 0)
    .map(({ cinema, times }) => ({
      type: 'venue-card',
      id: cinema.siteId,
      additionalData: { venueCode: cinema.siteId, venueName: `${cinema.name}: ${film.city.name}` },
      showtimes: times.map((s) => showtime(film, s)),
    }))

function nearest(days: string[], wanted: string): string | undefined {
  const distance = (day: string) => Math.abs(Date.parse(day) - Date.parse(wanted))
  return [...days].sort((a, b) => distance(a) - distance(b) || a.localeCompare(b))[0]
}

const frame = (view: SiteView, title: string, content: string, data: unknown, canonical: string) =>
  htmlPage({
    title: `${title} | ${view.siteName}`,
    head: `<link rel="canonical" href="${view.baseUrl}${canonical}">
<script type="application/ld+json">${scriptJson([
      { '@context': 'https://schema.org', '@type': 'WebSite', name: view.siteName, url: view.baseUrl },
      { '@context': 'https://schema.org', '@type': 'Organization', name: view.siteName, url: view.baseUrl },
    ])}</script>`,
    body: `<div id="super-container" class="${view.hashed('sc')}"><h1>${escapeHtml(title)}</h1>${content}</div>
<script>window.__INITIAL_STATE__ = ${scriptJson(data)};</script>
<script src="/assets/app.${view.hashed('bundle').slice(-5)}.js" defer></script>`,
  })

const filmPath = (film: FilmView) => `/movies/${film.city.slug}/${film.slug}/${film.id}`

function listPage(view: SiteView, city: SiteCity, films: FilmView[], heading: string): string {
  return frame(
    view,
    `${heading} in ${city.name}`,
    films
      .map(
        (film) => `<a class="${view.hashed('card')}" href="${filmPath(film)}"><h3>${escapeHtml(film.title)}</h3></a>`,
      )
      .join('\n'),
    {
      explore: {
        region: { code: city.code, slug: city.slug },
        movies: {
          listings: [
            {
              type: 'vertical',
              cards: films.map((film) => ({
                id: film.id,
                analytics: { event_code: film.id, title: film.title },
                text: [{ components: [{ text: film.title }] }, { components: [{ text: film.language }] }],
                ctaUrl: `${view.baseUrl}${filmPath(film)}`,
              })),
            },
          ],
        },
      },
    },
    `/explore/${heading === 'Movies' ? 'movies' : 'upcoming-movies'}-${city.slug}`,
  )
}

/** Page state in a script. Dates that cannot be had are tabs as well, and a renamed film keeps its old address. */
export const initialState: Skin = {
  home: (view) =>
    frame(
      view,
      view.siteName,
      view.cities.map((c) => `<a href="/explore/movies-${c.slug}">${escapeHtml(c.name)}</a>`).join(''),
      { regions: { all: view.cities.map((c) => ({ code: c.code, slug: c.slug, name: c.name })) } },
      '/',
    ),
  route(view, { path }) {
    const explore = /^\/explore\/(movies|upcoming-movies)-([a-z-]+)$/.exec(path)
    if (explore) {
      const city = view.city(explore[2])
      if (!city) return { kind: 'missing' }
      const running = explore[1] === 'movies'
      const films = view.films(city, running ? 'running' : 'upcoming')
      return {
        kind: 'page',
        type: 'html',
        model: [view.build, films],
        render: () => listPage(view, city, films, running ? 'Movies' : 'Upcoming movies'),
      }
    }
    const about = ABOUT.exec(path)
    const times = SHOWTIMES.exec(path) ?? rearranged(view, OLD_SHOWTIMES.exec(path))
    const [town, slug, id, date] = about ? [about[1] ?? about[2], about[3], about[4], null] : (times?.slice(1) ?? [])
    const city = view.city(town)
    if (!city || !id) return { kind: 'missing' }
    const film = view.film(id, city)
    if (!film || film.sale === 'removed') {
      const now = view.movedTo(id)
      return now && now !== id ? { kind: 'redirect', to: `/movies/${town}/${slug}/${now}` } : { kind: 'missing' }
    }
    const asked = date ? dashed(date) : null
    if (asked && Number.isNaN(instantOf(asked, '12:00', city.zone).getTime())) return { kind: 'missing' }
    return {
      kind: 'page',
      type: 'html',
      model: [view.build, film, asked],
      render: () => frame(view, film.title, '<div id="showtimes"></div>', state(view, film, asked), filmPath(film)),
    }
  },
}

/** The older address names the film and town in one word: `/buytickets/<slug>-<town>/movie-<code>-<id>-MT/<day>`. */
function rearranged(view: SiteView, old: RegExpExecArray | null): string[] | null {
  if (!old) return null
  const city = view.city(old[2]) ?? view.cities.find((c) => old[1]!.endsWith(`-${c.slug}`))
  return city ? [old[0], city.slug, old[1]!.replace(new RegExp(`-${city.slug}$`), ''), old[3]!, old[4]!] : null
}
