import { escapeHtml, htmlPage } from '../html.ts'
import { letters } from '../seed.ts'
import type { FilmView, Screening, SiteCity, SiteView, Skin } from '../site-types.ts'
import { clockText } from '../wall-clock.ts'

type Asked = { city?: unknown; mid?: unknown; dated?: unknown }

const answer = (output: unknown) => JSON.stringify({ result: 'success', code: 10_001, msg: 'Record found', output })
const record = (film: FilmView, showing: boolean) => ({
  id: film.id,
  n: film.title.toUpperCase(),
  movieType: showing ? 'NOWSHOWING' : 'COMINGSOON',
  showCount: film.screenings.filter((s) => !s.phantom).length,
  otherlanguages: film.language,
  mfs: [film.format],
  releaseDate: film.releaseDate ?? '2090-01-01',
  films: [{ filmId: film.formatId, language: film.language, format: film.format, filmCommonName: film.title }],
})

const show = (film: FilmView, s: Screening) => ({
  // Green and yellow are 1 and 2; the public page draws 0 in grey, and everything above as sold out.
  status: s.phantom ? 0 : s.seatsLeft === 0 ? 3 : s.seatsLeft * 5 < s.seats ? 2 : 1,
  statusTxt: s.bookable ? 'Available' : 'Sold Out',
  sessionId: Number(s.siteId),
  movieId: film.id,
  showDate: s.localDate,
  showDateStr: s.localDate,
  showTime: clockText(s.localTime),
  showTimeStamp: s.startsAt.getTime(),
  endTime: clockText(`${String((Number(s.localTime.slice(0, 2)) + 2) % 24).padStart(2, '0')}:55`),
  stopTimeStamp: s.startsAt.getTime() + 30 * 60_000,
  language: film.language,
  filmFormat: film.format,
  movieFormat: '',
  screenName: 'AUDI 1',
  totalSeats: s.seats,
  availableSeats: s.seatsLeft,
  soldOut: !s.phantom && s.seatsLeft === 0,
  encrypted: letters(24, s.siteId, 'encrypted'),
})

function sessions(view: SiteView, film: FilmView, dated: string | null): string {
  const served = view.faults.has('date-fallback') ? (film.openDates.at(-1) ?? dated) : dated
  const listed = film.screenings.filter((s) => served === null || s.localDate === served || s.phantom)
  return answer({
    movie: record(film, film.openDates.length > 0),
    movieCinemaSessions: film.city.cinemas
      .map((cinema) => ({ cinema, shows: listed.filter((s) => s.cinema === cinema) }))
      .filter(({ shows }) => shows.length > 0)
      .map(({ cinema, shows }) => ({
        cinema: {
          theatreId: cinema.siteId,
          name: cinema.name,
          cityName: film.city.name,
          latitude: String(cinema.latitude),
          longitude: String(cinema.longitude),
        },
        showCount: shows.length,
        experienceSessions: [
          {
            experience: film.format,
            shows: shows.map((s) => show(film, s)),
          },
        ],
      })),
  })
}

const cityOf = (view: SiteView, asked: Asked): SiteCity | undefined =>
  view.cities.find((c) => [c.name, c.code, c.slug].includes(String(asked.city)))

/** A programme interface that is asked by POST; the page itself is an empty shell. */
export const pvrJson: Skin = {
  home: (view) =>
    htmlPage({ title: view.siteName, body: '<div id="root"></div><script src="/static/js/main.js"></script>' }),
  route(view, { method, path, body }) {
    if (method !== 'POST') {
      return path.startsWith('/moviesessions/')
        ? { kind: 'page', type: 'html', model: [view.build], render: () => this.home(view) }
        : { kind: 'missing' }
    }
    const asked = parse(body)
    const city = cityOf(view, asked)
    if (!city) return empty(`No city ${escapeHtml(String(asked.city))}`)
    if (path.endsWith('/content/search')) {
      const [ns, cs] = [view.films(city, 'running'), view.films(city, 'upcoming')]
      return {
        kind: 'page',
        type: 'json',
        model: [ns, cs],
        render: () => answer({ ns: ns.map((film) => record(film, true)), cs: cs.map((film) => record(film, false)) }),
      }
    }
    if (!path.endsWith('/content/msessions')) return { kind: 'missing' }
    const film = view.film(String(asked.mid), city)
    const dated = /^\d{4}-\d\d-\d\d$/.test(String(asked.dated)) ? String(asked.dated) : null
    return film && film.sale !== 'removed'
      ? { kind: 'page', type: 'json', model: [film, dated], render: () => sessions(view, film, dated) }
      : empty('No record found')
  },
}

const empty = (msg: string) => ({
  kind: 'page' as const,
  type: 'json' as const,
  model: [msg],
  render: () => JSON.stringify({ result: 'error', code: 10_002, msg, output: null }),
})

function parse(body: string): Asked {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
