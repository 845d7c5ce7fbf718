import { escapeHtml, htmlPage, scriptJson } from '../html.ts'
import { chance, letters, pick } from '../seed.ts'
import type { FilmView, Screening, SiteCity, SiteView, Skin } from '../site-types.ts'
import { clockText } from '../wall-clock.ts'

const DETAIL = /^\/movies\/(.+)-movie-tickets-in-([a-z-]+)-MV(\d+)$/
const FAR_AWAY = '2090-01-01'
/** Words on a session, which say nothing about its seats. */
const LABELS = ['Available', 'Filling Fast', 'Almost Full', 'Sold Out']

const filmPath = (film: FilmView) =>
  `/movies/${film.slug}-movie-tickets-in-${film.city.slug}-MV${film.id}?frmtid=${film.formatId}`

/** UTC with nothing that says so. */
const utcText = (instant: Date) => instant.toISOString().slice(0, 16)

function session(film: FilmView, s: Screening) {
  const disabled = s.phantom || !s.bookable
  return {
    sid: Number(s.siteId),
    cid: Number(s.cinema.siteId),
    contentId: Number(film.id),
    showTime: utcText(s.startsAt),
    closeTime: utcText(new Date(s.startsAt.getTime() + 10 * 60_000)),
    audi: `SCREEN ${1 + Math.floor(chance(s.siteId, 'audi') * 5)}`,
    avail: s.seatsLeft,
    total: s.seats,
    areas: [
      {
        code: 'PR',
        label: 'Prime',
        sAvail: Math.ceil(s.seatsLeft * 0.7),
        sTotal: Math.ceil(s.seats * 0.7),
        price: 220,
      },
      {
        code: 'CL',
        label: 'Classic',
        sAvail: s.seatsLeft - Math.ceil(s.seatsLeft * 0.7),
        sTotal: s.seats - Math.ceil(s.seats * 0.7),
        price: 150,
      },
    ],
    scrnFmt: film.format,
    lang: film.language,
    seatStatus: pick(LABELS, s.siteId, 'label'),
    statusColor: pick(['G', 'Y', 'R', 'D'], s.siteId, 'colour'),
    disableClick: disabled,
    encSessionId: `${s.cinema.siteId}-${s.siteId}-${letters(6, s.siteId)}-${film.id}`,
  }
}

/** Nobody else's town may be in the data: a page for another one is no proof for this. */
const townData = (city: SiteCity) => ({ cityLabel: city.name, citySlug: city.slug, cityId: city.code })

function pageData(view: SiteView, film: FilmView, asked: string | null) {
  const listed = film.screenings
  const days = film.openDates
  const wanted = asked ?? days[0] ?? view.today(film.city)
  const served = view.faults.has('date-fallback') ? (days.at(-1) ?? wanted) : wanted
  const shown = listed.filter((s) => s.localDate === served || s.phantom)
  const open = days.length > 0
  const meta = {
    movie: { id: Number(film.id), name: film.title },
    showDates: days,
    isReleased: film.releaseDate !== null && film.releaseDate <= view.today(film.city),
    isFutureShow: !open,
    futureShowMessage: open ? '' : 'Booking will open soon. We will let you know when it does.',
    movieContents: {
      [film.id]: {
        id: Number(film.id),
        name: film.title,
        lang: film.language,
        releaseDate: film.releaseDate ?? FAR_AWAY,
        upcoming_movie_text: open ? '' : 'Coming soon to a cinema near you',
      },
    },
  }
  const entry = {
    searchDate: served,
    serverTime: view.at.toISOString(),
    sessionDates: days,
    data: { sessionDates: days, serverTime: view.at.toISOString() },
    arrangedSessions: film.city.cinemas
      .map((cinema) => ({ cinema, sessions: shown.filter((s) => s.cinema === cinema) }))
      .filter(({ sessions }) => sessions.length > 0)
      .map(({ cinema, sessions }) => ({
        entityName: `${cinema.name}, ${film.city.name}`,
        entityCode: Number(cinema.siteId),
        data: {
          id: Number(cinema.siteId),
          lat: cinema.latitude,
          lon: cinema.longitude,
          address: `${cinema.name}, ${film.city.name}`,
          clientId: 'lantern',
        },
        sessions: sessions.map((s) => session(film, s)),
      })),
    meta,
  }
  // A rebuild of the site moves the sessions, and one build keys them by format alone, the next by format and day.
  const key = view.build % 3 === 1 ? `${film.formatId}${served}` : film.formatId
  const movieSessions = { [key]: entry }
  return view.build % 2 === 0
    ? {
        data: {
          ...townData(film.city),
          serverState: {
            movieSessions,
            mdpV2MovieData: { [film.id]: { contentId: Number(film.id), showDates: days } },
          },
        },
      }
    : { data: townData(film.city), initialState: { movies: { movieSessions } } }
}

const frame = (view: SiteView, title: string, content: string, pageProps: unknown, page: string) =>
  htmlPage({
    title: `${title} | ${view.siteName}`,
    body: `<div id="__next"><header class="${view.hashed('Header_root')}"><a href="/">${escapeHtml(view.siteName)}</a></header>${content}</div>
<script id="__NEXT_DATA__" type="application/json">${scriptJson({
      props: { pageProps },
      page,
      query: {},
      buildId: letters(21, view.seed, 'build', view.build),
      isFallback: false,
    })}</script>
<script src="/_next/static/${letters(21, view.seed, 'build', view.build)}/_buildManifest.js" defer></script>`,
  })

const detail = (view: SiteView, film: FilmView, asked: string | null) =>
  frame(
    view,
    `${film.title} movie tickets in ${film.city.name}`,
    `<main><h1>${escapeHtml(film.title)}</h1><ul class="${view.hashed('MovieSessionsListing_movieSessions')}">${film.screenings
      .filter((s) => !s.phantom)
      .slice(0, 12)
      .map(
        (s) =>
          `<li class="${view.hashed(s.bookable ? 'Session_time' : 'Session_greyCol')}">${clockText(s.localTime)}</li>`,
      )
      .join('')}</ul></main>`,
    pageData(view, film, asked),
    '/movies/[slug]',
  )

const grouped = (film: FilmView) => ({
  label: film.title,
  contentId: Number(film.id),
  slug: film.slug,
  totalSessionCount: film.screenings.filter((s) => !s.phantom).length,
  bookingStatus: film.openDates.length > 0 ? 'Bookings Open' : 'New Release',
  releaseDate: film.releaseDate ?? FAR_AWAY,
  languageFormatGroups: [
    {
      lang: film.language,
      screenFormats: [
        {
          scrnFmt: film.format,
          movieCode: film.formatId,
          fmtId: film.formatId,
          nextAvailableDate: film.openDates[0] ?? null,
        },
      ],
    },
  ],
})

function list(view: SiteView, city: SiteCity, films: FilmView[], name: 'groupedMovies' | 'upcomingMovies'): string {
  return frame(
    view,
    `${name === 'groupedMovies' ? 'Movies' : 'Upcoming movies'} in ${city.name}`,
    `<main><h1>${name === 'groupedMovies' ? 'Now showing' : 'Upcoming'}</h1>${films
      .map(
        (film) =>
          `<a class="${view.hashed('MovieCard_root')}" href="${filmPath(film)}"><h3>${escapeHtml(film.title)}</h3></a>`,
      )
      .join('')}</main>`,
    {
      data: {
        ...townData(city),
        serverState: { movies: { [name]: films.map(grouped) }, serverTime: view.at.toISOString() },
      },
    },
    '/movies/[city]',
  )
}

/** Session data as JSON in the page; names of styles and the place of the data change when the site is rebuilt. */
export const nextData: Skin = {
  home: (view) =>
    htmlPage({
      title: view.siteName,
      body: `<div id="__next"><h1>${escapeHtml(view.siteName)}</h1>${view.cities.map((c) => `<a href="/movies/${c.slug}-movie-tickets">${escapeHtml(c.name)}</a>`).join('')}</div>`,
    }),
  route(view, { path, query }) {
    const named = DETAIL.exec(path)
    if (named) {
      const [, slug, town, id] = named
      const city = view.city(town)
      if (!city) return { kind: 'missing' }
      const film = view.film(id!, city)
      if (film && film.sale !== 'removed')
        return {
          kind: 'page',
          type: 'html',
          model: [view.build, film, query.get('fromdate')],
          render: () => detail(view, film, query.get('fromdate')),
        }
      const now = view.movedTo(id!)
      return now && now !== id
        ? { kind: 'redirect', to: `/movies/${slug}-movie-tickets-in-${town}-MV${now}` }
        : { kind: 'missing' }
    }
    const upcoming = /^\/movies\/upcoming-movies-in-([a-z-]+)$/.exec(path)?.[1]
    const city = view.city(upcoming ?? /^\/movies\/([a-z-]+)-movie-tickets$/.exec(path)?.[1])
    if (!city) return { kind: 'missing' }
    const films = view.films(city, upcoming ? 'upcoming' : 'running')
    return {
      kind: 'page',
      type: 'html',
      model: [view.build, films],
      render: () => list(view, city, films, upcoming ? 'upcomingMovies' : 'groupedMovies'),
    }
  },
}
