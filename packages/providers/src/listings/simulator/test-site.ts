import { type CinemaSiteOptions, createCinemaSite } from './cinema-site.ts'
import type { SiteCity, SiteFilm, SkinName } from './site-types.ts'

const HYDERABAD: SiteCity = {
  slug: 'hyderabad',
  code: 'HYD',
  name: 'Hyderabad',
  zone: 'Asia/Kolkata',
  cinemas: [
    { siteId: '4101', name: 'Lantern Kukatpally', latitude: 17.48, longitude: 78.41 },
    { siteId: '4102', name: 'Lantern Banjara Hills', latitude: 17.41, longitude: 78.44 },
  ],
}
const LONDON: SiteCity = {
  slug: 'london',
  code: 'LON',
  name: 'London',
  zone: 'Europe/London',
  cinemas: [{ siteId: '5101', name: 'Lantern Wharf', latitude: 51.5, longitude: -0.02 }],
}
export const TEST_CITIES = [HYDERABAD, LONDON]

/** `id` has the form that the skin's family uses. */
const filmsFor = (skin: SkinName): SiteFilm[] => {
  const id = (n: number) => (skin === 'initial-state' ? `ET${String(n).padStart(8, '0')}` : String(n))
  const film = (n: number, title: string, slug: string, releaseDate: string | null): SiteFilm => ({
    id: id(n),
    title,
    slug,
    language: 'Telugu',
    format: '2D',
    releaseDate,
  })
  return [
    film(194_001, 'Leo', 'leo', '2026-12-04'),
    film(194_002, 'Leo Part 2', 'leo-part-2', '2026-12-18'),
    film(194_003, 'Tom & <Jerry>', 'tom-and-jerry', null),
  ]
}

/** A site whose clock the test turns. */
export function testSite(skin: SkinName, more: Partial<CinemaSiteOptions> = {}) {
  const clock = { at: new Date('2026-11-21T06:30:00Z') }
  const films = filmsFor(skin)
  const site = createCinemaSite({
    seed: 'test',
    now: () => clock.at,
    skin,
    baseUrl: 'https://lantern.example',
    name: 'Lantern',
    cities: TEST_CITIES,
    films,
    ...more,
  })
  const get = (path: string, headers: Record<string, string> = {}, body?: object) => {
    const url = new URL(path, 'https://lantern.example')
    return site.handle({
      method: body ? 'POST' : 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: { 'user-agent': 'TestBot/1.0', ...headers },
      body: body ? JSON.stringify(body) : '',
    })
  }
  return { site, clock, films, leo: films[0]!.id, get }
}

/** Where each skin has the page of a film, and what to ask it by POST. */
export function filmRequest(skin: SkinName, id: string, slug = 'leo', day?: string): [string, object?] {
  switch (skin) {
    case 'ticketnew-classic':
      return [`/movies/${slug}-movie-detail-${id}?city=hyderabad${day ? `&fromdate=${day}` : ''}`]
    case 'next-data':
      return [`/movies/${slug}-movie-tickets-in-hyderabad-MV${id}${day ? `?fromdate=${day}` : ''}`]
    case 'initial-state':
      return [`/movies/hyderabad/${slug}/buytickets/${id}${day ? `/${day.replaceAll('-', '')}` : ''}`]
    case 'pvr-json':
      return ['/api/v1/booking/content/msessions', { city: 'Hyderabad', mid: id, dated: day ?? 'NA' }]
    case 'savoy':
      return [`/Lantern.dll/WhatsOn?f=${id}`]
    default:
      return [`/hyderabad/film/${slug}-${id}`]
  }
}
