/** A film's page as the next-data family serves it. Film, cinemas and prices are invented. */
export type NextDataPage = {
  contentId: number
  title: string
  slug: string
  citySlug: string
  cityLabel: string
  /** The day the page was served for. */
  searchDate: string
  openDates: string[]
  sessions: NextDataSession[]
  serverTime: string
  /** Where the sessions lie. */
  place: 'serverState' | 'initialState' | 'elsewhere'
  upcomingText: string
  /** Markup in the body beside the state. */
  body: string
}
export type NextDataSession = {
  sid: string
  cinema: { id: number; name: string }
  /** UTC, without a zone. */
  showTime: string
  closeTime?: string
  avail: number
  label?: string
  disableClick?: boolean
}

export const ROYAL = { id: 70011, name: 'Royal Lantern, Banjara Hills' }
export const DECCAN = { id: 70024, name: 'Deccan Screens, Kukatpally' }

export function nextDataState(page: NextDataPage): object {
  const cinemas = [...new Map(page.sessions.map(({ cinema }) => [cinema.id, cinema])).values()]
  const block = {
    searchDate: page.searchDate,
    serverTime: page.serverTime,
    data: { sessionDates: page.openDates },
    arrangedSessions: cinemas.map((cinema) => ({
      entityCode: cinema.id,
      entityName: cinema.name,
      data: { id: cinema.id, lat: 17.4, lon: 78.4, address: `${cinema.name}`, contentId: 990_001 },
      sessions: page.sessions
        .filter((session) => session.cinema.id === cinema.id)
        .map((session) => ({
          sid: session.sid,
          cid: cinema.id,
          mid: 'QX71LM',
          fid: 'aB3dQx9w',
          showTime: session.showTime,
          ...(session.closeTime ? { closeTime: session.closeTime } : {}),
          total: 180,
          avail: session.avail,
          areas: [{ code: 'GD', label: 'GOLD', sAvail: session.avail, sTotal: 180, price: 250 }],
          scrnFmt: '2D',
          lang: 'Telugu',
          statusColor: 'G',
          seatStatus: session.label ?? 'Available',
          disableClick: session.disableClick ?? false,
          encSessionId: `${cinema.id}-${session.sid}-qx71lm-${cinema.id}`,
        })),
    })),
  }
  const sessions =
    page.sessions.length > 0 || page.openDates.length > 0 ? { [`ab3dqx9w${page.searchDate}`]: block } : {}
  const film = {
    content_id: page.contentId,
    contentId: page.contentId,
    name: page.title,
    upcoming_movie_text: page.upcomingText,
    release_date: '2026-11-27',
  }
  return {
    props: {
      pageProps: {
        type: 'mdp_page',
        data: {
          contentId: String(page.contentId),
          cityName: page.citySlug,
          cityLabel: page.cityLabel,
          movieData: { meta: { movie: film } },
          serverState: {
            ...(page.place === 'serverState' ? { movieSessions: sessions } : {}),
            mdpV2MovieData: { [page.contentId]: { showDates: page.openDates, movie: film } },
          },
          ...(page.place === 'elsewhere' ? { reworked: { board: sessions } } : {}),
        },
        initialState: {
          movies: { movieSessions: page.place === 'initialState' ? sessions : {}, movieSessionsError: false },
          user: { selectedCity: { cityName: '', cityLabel: '' } },
        },
      },
    },
    page: '/[slug]',
    query: { slug: `${page.slug}-movie-tickets-in-${page.citySlug}-MV${page.contentId}` },
    buildId: 'kQ2x0deploy7',
  }
}

export function nextDataHtml(page: NextDataPage, state: object = nextDataState(page)): string {
  const json = JSON.stringify(state).replaceAll('<', '\\u003c')
  const chips = page.sessions.map(
    ({ showTime }) =>
      `<li class="Listing_slot__Yq3bU"><button type="button"><span style="display:none">Sold out</span>${showTime.slice(11)}</button></li>`,
  )
  return `<!doctype html><html lang="en-IN"><head><meta charset="utf-8"><title>${page.title} tickets</title>
<link rel="canonical" href="https://listing.example/movies/${page.slug}-movie-tickets-in-${page.citySlug}-MV${page.contentId}">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Movie","name":"${page.title}"}</script></head>
<body><div id="__next"><main class="Listing_page__k2Lmn"><h1>${page.title}</h1>
<div class="Listing_legend__p0Q1r"><span>Available</span><span>Filling fast</span><span>Sold out</span></div>
<ul class="Listing_slots__m4Rts">${chips.join('')}</ul>${page.body}</main></div>
<script id="__NEXT_DATA__" type="application/json">${json}</script></body></html>
`
}
