/** A film's showtimes as pages with their state in a script serve them. Films, cinemas and prices are invented. */
export type StateShowing = {
  id: string
  venue: { code: string; name: string }
  /** YYYYMMDD. */
  day: string
  /** `0915`. */
  time: string
  avail: string | number
  /** Of the section that it stands in; null: the page names the film elsewhere. */
  event?: string | null
  cutOffEpoch?: string
  /** Local, YYYYMMDDHHMM. */
  cutOff?: string
  categories?: (string | number)[]
}
export type StatePage = {
  event: string
  title: string
  slug: string
  citySlug: string
  region: string
  /** What the page echoes, whatever it served. */
  askedDay: string
  showings: StateShowing[]
  strip: Record<string, 'date-selected' | 'date-default' | 'date-disabled'>
  /** Where the answer lies: under its day, or among the stored requests. */
  place: 'showDates' | 'queries'
  canonical: boolean
  body: string
}

export const AURO = { code: 'AURO', name: 'Aurora Screens: Lakeside' }
export const VELA = { code: 'VELA', name: 'Vela Talkies: Old Town' }

const clock = (time: string) => {
  const hour = Number(time.slice(0, 2))
  return `${String(hour % 12 || 12).padStart(2, '0')}:${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`
}

const showingJson = (showing: StateShowing) => ({
  title: clock(showing.time),
  screenAttr: 'LASER',
  styleId: 'green-pill',
  additionalData: {
    sessionId: showing.id,
    availStatus: showing.avail,
    showDateCode: showing.day,
    showDateTime: `${showing.day}${showing.time}`,
    showTimeCode: showing.time,
    showTime: clock(showing.time),
    ...(showing.cutOffEpoch ? { cutOffDateTimeEpoch: showing.cutOffEpoch } : {}),
    ...(showing.cutOff ? { cutOffDateTime: showing.cutOff } : {}),
    ...(showing.categories
      ? {
          categories: showing.categories.map((availStatus) => ({ priceDesc: 'GOLD', curPrice: '200.00', availStatus })),
        }
      : {}),
    attributes: 'LASER',
  },
})

export function answerJson(page: StatePage) {
  const venues = [...new Map(page.showings.map(({ venue }) => [venue.code, venue])).values()]
  const cards = venues.map((venue) => {
    const here = page.showings.filter((showing) => showing.venue.code === venue.code)
    const events = [...new Set(here.map(({ event }) => (event === undefined ? page.event : event)))]
    return {
      type: 'venue-card',
      id: venue.code,
      additionalData: { venueCode: venue.code, venueName: venue.name },
      showtimesSections: events.map((event) => ({
        ...(event === null ? {} : { additionalData: { eventCode: event } }),
        showtimes: here.filter((one) => (one.event === undefined ? page.event : one.event) === event).map(showingJson),
      })),
    }
  })
  return {
    data: {
      header: { title: { text: page.title } },
      topStickyWidgets: [
        {
          type: 'horizontal-block-list',
          data: Object.entries(page.strip).map(([id, styleId]) => ({ id, styleId, data: [{ text: 'SAT' }] })),
        },
      ],
      bottomSheetData: {
        'format-selector': {
          widgets: [
            { type: 'chip-list', data: [{ title: '3D', cta: { additionalData: { eventCode: 'ET00990077' } } }] },
          ],
        },
      },
      showtimeWidgets: [
        { type: 'adtech', data: [{ id: 'AD_CARD' }] },
        { type: 'groupList', id: 'List_1', data: [{ type: 'venueGroup', id: 'Venue_GROUP_1', data: cards }] },
      ],
    },
  }
}

export function stateOf(page: StatePage): object {
  const key = `fetchPrimaryDynamic-${page.event}-${page.event}-telugu-${page.askedDay}-${page.region}`
  return {
    showtimesByEvent: {
      currentDateCode: page.askedDay,
      showDates: page.place === 'showDates' ? { [page.askedDay]: { dynamic: answerJson(page) } } : {},
    },
    ...(page.place === 'queries'
      ? {
          showtimesFunctionalApi: {
            queries: {
              [key]: {
                status: 'fulfilled',
                originalArgs: {
                  etCodes: '*',
                  dateCode: page.askedDay,
                  regionCode: page.region,
                  refEventCode: page.event,
                },
                data: answerJson(page),
              },
            },
          },
        }
      : {}),
  }
}

export function stateHtml(page: StatePage, state: object = stateOf(page)): string {
  const address = `https://stub.example/movies/${page.citySlug}/${page.slug}/buytickets/${page.event}/${page.askedDay}`
  return `<!doctype html><html><head><title>${page.title}</title>${page.canonical ? `<link rel="canonical" href="${address}">` : ''}
<script type="application/ld+json">{"@context":"https://schema.org","@type":"WebSite","name":"Stub"}</script></head>
<body><div id="app" class="sc-page__k2Lmn"><h1>${page.title}</h1>${page.showings.map(({ time }) => `<div class="sc-pill__m4Rts"><span hidden>Sold out</span>${clock(time)}</div>`).join('')}${page.body}</div>
<script>window.__INITIAL_STATE__ = ${JSON.stringify(state).replaceAll('<', '\\u003c')};</script></body></html>
`
}
