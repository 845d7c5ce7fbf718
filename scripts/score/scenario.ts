import { type FaultWindow, seededFaults } from '@marquee/providers/listings/simulator/faults'
import { between, chance, pick } from '@marquee/providers/listings/simulator/seed'
import type { Act, SiteCity, SiteFilm, SkinName } from '@marquee/providers/listings/simulator/site-types'
import { addDays, instantOf } from '@marquee/providers/listings/simulator/wall-clock'

export type ScoreOptions = {
  films: number
  days: number
  seed: string
  /** Faults of each site in a day, on the average. */
  faultsPerDay: number
  start: Date
  /** All that there are, unless told. */
  skins?: SkinName[]
}

/** What a film of the run does; the names are what the table says. */
export type Story =
  | 'opens'
  | 'opens as announced'
  | 'opens later than announced'
  | 'closes and opens again'
  | 'sells out and is back'
  | 'is renamed'
  | 'moves to another id'
  | 'never opens'
  | 'is open from the start'
  /** What a cinema always has on: nobody waits for it. */
  | 'runs'

export type PlannedFilm = SiteFilm & { city: string; story: Story; subscribers: number }
export type PlannedSite = {
  id: string
  skin: SkinName
  cities: SiteCity[]
  films: PlannedFilm[]
  acts: Act[]
  faultWindows: FaultWindow[]
  robots: { crawlDelaySeconds: number | null; disallow: string[] } | null
}

export const SCORE_CITIES = [
  { slug: 'hyderabad', code: 'HYD', name: 'Hyderabad', zone: 'Asia/Kolkata', latitude: 17.4, longitude: 78.4 },
  { slug: 'london', code: 'LON', name: 'London', zone: 'Europe/London', latitude: 51.5, longitude: -0.1 },
] as const

export const ALL_SKINS: SkinName[] = [
  'ticketnew-classic',
  'next-data',
  'initial-state',
  'pvr-json',
  'jsonld',
  'jsonld-bare',
  'savoy',
  'plain-rtl',
]
const STORIES: [share: number, story: Story][] = [
  [0.34, 'opens'],
  [0.16, 'opens as announced'],
  [0.08, 'opens later than announced'],
  [0.1, 'closes and opens again'],
  [0.12, 'sells out and is back'],
  [0.07, 'is renamed'],
  [0.02, 'moves to another id'],
  [0.08, 'never opens'],
  [0.03, 'is open from the start'],
]
/** One word of each site's own, so that no two sites mean the same film. */
const OWN_WORD = ['Amber', 'Blue', 'Crimson', 'Dun', 'Emerald', 'Fawn', 'Golden', 'Hazel']
const FIRST = ['Salt', 'Paper', 'Copper', 'Monsoon', 'Granite', 'Lantern', 'River', 'Glass', 'Neem', 'Signal', 'Iron']
const SECOND = ['Harbour', 'Republic', 'Witness', 'Meridian', 'Orchard', 'Express', 'Letters', 'Garden', 'Quartet']

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The whole run, from its seed: films, what becomes of them, who waits, and what goes wrong at the sites meanwhile. */
export function planScenario(options: ScoreOptions): PlannedSite[] {
  const skins = options.skins ?? ALL_SKINS
  const perSite = Math.ceil(options.films / skins.length)
  return skins.map((skin, place): PlannedSite => {
    const index = ALL_SKINS.indexOf(skin)
    const cities = SCORE_CITIES.map((city): SiteCity => {
      const { latitude, longitude } = city
      return {
        ...city,
        cinemas: Array.from({ length: 3 }, (_, n) => ({
          siteId: String(4_000 + index * 100 + (city.code === 'LON' ? 50 : 0) + n),
          name: `${pick(FIRST, skin, city.slug, n)} ${['Screens', 'Palace', 'Talkies'][n]}`,
          latitude: latitude + n / 50,
          longitude: longitude + n / 50,
        })),
      }
    })
    const watched = Array.from(
      { length: Math.min(perSite, Math.max(0, options.films - place * perSite)) },
      (_, n): PlannedFilm => planFilm(options, skin, index, n),
    )
    const films = [...watched, ...SCORE_CITIES.map((city, n) => runningFilm(skin, index, n, city.slug))]
    const seed = `${options.seed} ${skin}`
    return {
      id: `score-${skin}`,
      skin,
      cities,
      films,
      acts: [...films.flatMap((film) => actsOf(options, film)), ...rebuilds(options, seed)].sort((a, b) => a.at - b.at),
      faultWindows: faultsOf(options, seed),
      robots:
        index % 3 === 2
          ? null
          : { crawlDelaySeconds: index % 3 === 0 ? 15 : null, disallow: ['/book', '/booktickets', '/private'] },
    }
  })
}

/** In a run of hours there must be time to get over them: after an outage a film may be looked at an hour later. */
function faultsOf(options: ScoreOptions, seed: string): FaultWindow[] {
  const start = options.start.getTime()
  const end = start + options.days * DAY * (hasty(options) ? 0.5 : 1)
  return seededFaults(seed, start, end, options.faultsPerDay).map((one) => ({
    ...one,
    until: Math.min(one.until, end),
  }))
}

const hasty = ({ days }: ScoreOptions) => days < 2

function planFilm(options: ScoreOptions, skin: SkinName, site: number, n: number): PlannedFilm {
  const key = [options.seed, skin, n] as const
  // Every third is the second part of the one before, with a title and an address that begin the same.
  const first = n % 3 === 2 ? n - 1 : n
  const words = [pick(FIRST, options.seed, skin, first, 1), OWN_WORD[site]!, pick(SECOND, options.seed, skin, first, 2)]
  const name = `${words.join(' ')} ${first + 1}`
  const title = n % 3 === 2 ? `${name} Part 2` : name
  const number = 300_000 + site * 10_000 + n * 7
  const story = storyFor(chance(...key, 'story'))
  const today = options.start.toISOString().slice(0, 10)
  return {
    id: skin === 'initial-state' ? `ET${String(number).padStart(8, '0')}` : String(number),
    title,
    slug: title.toLowerCase().replaceAll(' ', '-'),
    language: pick(['Telugu', 'Hindi', 'English', 'Tamil'], ...key, 'language'),
    format: pick(['2D', '3D', 'IMAX'], ...key, 'format'),
    releaseDate:
      chance(...key, 'unknown') < 0.06
        ? null
        : addDays(
            today,
            story === 'is open from the start'
              ? 3
              : hasty(options)
                ? between(5, 12, ...key, 'release')
                : between(4, options.days + 22, ...key, 'release'),
          ),
    // The oldest pages know their town by a cookie, which nobody here keeps: they are of the first town.
    city: skin === 'ticketnew-classic' || chance(...key, 'city') < 0.7 ? 'hyderabad' : 'london',
    story,
    subscribers: 1 + Math.floor(5 * chance(...key, 'people') ** 2),
  }
}

function runningFilm(skin: SkinName, site: number, n: number, city: string): PlannedFilm {
  const number = 309_900 + site * 10_000 + n
  const title = `Evergreen ${OWN_WORD[site]} ${n + 1}`
  return {
    id: skin === 'initial-state' ? `ET${String(number).padStart(8, '0')}` : String(number),
    title,
    slug: title.toLowerCase().replaceAll(' ', '-'),
    language: 'English',
    format: '2D',
    releaseDate: '2027-01-01',
    city,
    story: 'runs',
    subscribers: 0,
  }
}

function storyFor(roll: number): Story {
  let left = roll
  for (const [share, story] of STORIES) {
    if (left < share) return story
    left -= share
  }
  return 'opens'
}

/** Sales begin some days before the release, at an hour when offices are open. */
function actsOf(options: ScoreOptions, film: PlannedFilm): Act[] {
  const { story } = film
  if (story === 'never opens') return []
  const at = { film: film.id, city: film.city }
  const key = [options.seed, film.id] as const
  const zone = SCORE_CITIES.find((city) => city.slug === film.city)!.zone
  const today = options.start.toISOString().slice(0, 10)
  const release = film.releaseDate ?? addDays(today, between(6, options.days + 6, ...key, 'secret'))
  const wanted = addDays(release, -between(1, 9, ...key, 'days before'))
  const day = wanted > addDays(today, 1) ? wanted : addDays(today, 2 + between(0, 3, ...key, 'late'))
  const minute = between(7 * 60, 22 * 60, ...key, 'minute')
  const two = (n: number) => String(n).padStart(2, '0')
  // A run of hours cannot wait for offices to open.
  const opensAt = hasty(options)
    ? options.start.getTime() + Math.floor((0.2 + 0.25 * chance(...key, 'soon')) * options.days * DAY)
    : instantOf(day, `${two(Math.floor(minute / 60))}:${two(minute % 60)}`, zone).getTime()
  const first = release > day ? release : addDays(day, 1)
  const dates = [0, 1, 2, 3].map((n) => addDays(first, n))
  const more: Act = {
    kind: 'add-dates',
    ...at,
    at: opensAt + between(20, 60, ...key, 'more') * HOUR,
    dates: [4, 5, 6, 7, 8, 9].map((n) => addDays(first, n)),
  }
  const open: Act = { kind: 'open', ...at, at: opensAt, dates }
  switch (story) {
    case 'runs':
      return [
        {
          ...open,
          at: options.start.getTime() - 3 * DAY,
          dates: Array.from({ length: options.days + 9 }, (_, n) => addDays(today, n - 3)),
        },
      ]
    case 'is open from the start':
      return [{ ...open, at: options.start.getTime() - 5 * HOUR }]
    case 'opens as announced':
      return [
        { kind: 'announce', ...at, at: opensAt - between(8, 60, ...key, 'told') * HOUR, opensAt },
        { ...open, at: opensAt + between(0, 90, ...key, 'seconds') * 1000 },
        more,
      ]
    case 'opens later than announced':
      return [
        { kind: 'announce', ...at, at: opensAt - between(8, 60, ...key, 'told') * HOUR, opensAt },
        { ...open, at: opensAt + between(10, 400, ...key, 'late') * 60_000 },
        more,
      ]
    case 'closes and opens again': {
      const closes = opensAt + between(4, 20, ...key, 'closes') * HOUR
      return [
        open,
        { kind: 'close', ...at, at: closes },
        { ...open, at: closes + between(26, 60, ...key, 'again') * HOUR, dates: dates.map((date) => addDays(date, 3)) },
      ]
    }
    case 'sells out and is back': {
      const out = opensAt + between(3, 20, ...key, 'out') * HOUR
      const back = out + between(1, 9, ...key, 'back') * HOUR
      return [open, { kind: 'sell-out', ...at, at: out }, { kind: 'reopen', ...at, at: back }, more]
    }
    case 'is renamed':
      return [
        {
          kind: 'rename',
          film: film.id,
          at: opensAt - between(1, 30, ...key, 'renamed') * HOUR,
          title: `${film.title}: The Return`,
          slug: chance(...key, 'slug') < 0.5 ? null : `${film.slug}-the-return`,
        },
        open,
        more,
      ]
    case 'moves to another id':
      return [
        {
          kind: 'move-id',
          film: film.id,
          at: opensAt - between(10, 40, ...key, 'moved') * HOUR,
          id: film.id.replace(/^(ET0*)?\d/, (head) => `${head.replace(/\d$/, '')}9`),
        },
        open,
      ]
    default:
      return [open, more]
  }
}

const rebuilds = (options: ScoreOptions, seed: string): Act[] =>
  Array.from({ length: Math.floor(options.days / 6) }, (_, n) => ({
    kind: 'deploy' as const,
    at: options.start.getTime() + Math.floor((n + chance(seed, 'deploy', n)) * 6 * DAY),
  }))
