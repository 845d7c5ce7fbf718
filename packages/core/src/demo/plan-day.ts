import type { DemoCity } from './cities.ts'
import type { DemoFilm } from './demo-film.ts'
import { type Chance, chance, pickWeighted } from './stable.ts'
import type { DayPattern, DemoScreen, DemoTheatre } from './theatres.ts'

export type PlannedShowtime = {
  film: DemoFilm
  /** Minutes after local midnight; the film itself begins after the advertisements. */
  startMinute: number
  adsMinutes: number
  language: string
  format: string
  captions: string | null
}

/** First start, latest start, and the fixed late show. */
const PATTERNS: Record<DayPattern, { opens: number; lastStart: number; lateShow: number | null }> = {
  full: { opens: 10 * 60, lastStart: 22 * 60 + 30, lateShow: null },
  short: { opens: 14 * 60 + 30, lastStart: 21 * 60 + 45, lateShow: null },
  late: { opens: 11 * 60 + 30, lastStart: 22 * 60, lateShow: 23 * 60 + 55 },
}
const CLEANING_MINUTES = 20
const DAY_MS = 86_400_000

/** Does this cinema take this film? Big films go everywhere their language is understood, the others here and there. */
export function isProgrammed(film: DemoFilm, theatre: DemoTheatre, city: DemoCity): boolean {
  const affinity = languageWeight(film, city)
  if (affinity === 0) return false
  const share = Math.min(1, 0.25 + affinity * 0.12 * (film.draw ?? 1))
  return chance('programme', film.slug, theatre.slug)() < share
}

/**
 * One screen's day. Depends on nothing but the day, the screen and the release dates, so planning the same day again
 * tomorrow gives the same showtimes.
 */
export function planDay(
  date: string,
  city: DemoCity,
  theatre: DemoTheatre,
  screen: DemoScreen,
  films: { film: DemoFilm; releaseDate: string }[],
): PlannedShowtime[] {
  const next = chance('day', date, theatre.slug, screen.name)
  const pattern = PATTERNS[screen.pattern]
  const day = Date.parse(date)
  const playing = films.filter(
    ({ film, releaseDate }) => Date.parse(releaseDate) <= day && isProgrammed(film, theatre, city),
  )
  const planned: PlannedShowtime[] = []
  const add = (startMinute: number) => {
    const chosen = pickWeighted(next, playing, ({ film, releaseDate }) => {
      const weeks = (day - Date.parse(releaseDate)) / DAY_MS / 7
      const already = planned.filter((one) => one.film === film).length
      return (languageWeight(film, city) * (film.draw ?? 1) * (0.25 + Math.exp(-weeks / 2.5))) / 4 ** already
    })
    if (chosen) planned.push({ ...presentation(next, chosen.film, city, screen), film: chosen.film, startMinute })
  }
  const weekend = [0, 5, 6].includes(new Date(day).getUTCDay())
  let at = pattern.opens + 5 * Math.floor(next() * 12) + (weekend || screen.pattern === 'short' ? 0 : 60)
  while (at <= pattern.lastStart) {
    const before = planned.length
    add(at)
    const last = planned.at(-1)
    if (!last || planned.length === before) break
    const free = at + last.adsMinutes + last.film.runtimeMinutes + CLEANING_MINUTES
    if (pattern.lateShow !== null && free > pattern.lateShow) {
      planned.pop() // it would still be running when the late show begins
      break
    }
    at = Math.ceil((free + 10 * next()) / 5) * 5
  }
  if (pattern.lateShow !== null) add(pattern.lateShow)
  return planned
}

/** How well a town understands a film: by the best of its languages, a dub counting for half. */
const languageWeight = (film: DemoFilm, city: DemoCity) =>
  Math.max(...film.languages.map((language, i) => (city.languages[language] ?? 0) * (i === 0 ? 1 : 0.5)))

function presentation(next: Chance, film: DemoFilm, city: DemoCity, screen: DemoScreen) {
  const language =
    pickWeighted(next, film.languages, (one) => (city.languages[one] ?? 0) * (one === film.languages[0] ? 1 : 0.5)) ??
    film.languages[0]!
  const possible = ['IMAX', '3D', 'Dolby Atmos'].filter(
    (one) => film.formats.includes(one) && screen.features.includes(one),
  )
  const special = possible[Math.floor(next() * possible.length)]
  const format = special && next() < 0.7 ? special : '2D'
  const foreign = (city.languages[language] ?? 0) < 2
  const captions = language !== 'English' && next() < (foreign ? 0.85 : 0.15) ? 'English' : null
  return { language, format, captions, adsMinutes: 12 + Math.floor(next() * 7) }
}
