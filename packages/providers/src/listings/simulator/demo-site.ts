import type { SiteCity } from './site-types.ts'

export type DemoCinemaFilm = {
  siteMovieId: string
  title: string
  slug: string
  language: string
  format: string
  /** Fridays from the day the site was first opened, as in the demo catalogue: 4 is the fourth to come. */
  week: number
  /** Its slug in Marquee's own catalogue, where it is in it. */
  catalogueSlug: string | null
}

const cities: SiteCity[] = [
  {
    slug: 'hyderabad',
    code: 'HYD',
    name: 'Hyderabad',
    zone: 'Asia/Kolkata',
    cinemas: [
      { siteId: '701', name: 'Lantern Row Moosarambagh', latitude: 17.3713, longitude: 78.5152 },
      { siteId: '702', name: 'Lantern Row Tarnaka', latitude: 17.4283, longitude: 78.5403 },
    ],
  },
  {
    slug: 'chennai',
    code: 'CHE',
    name: 'Chennai',
    zone: 'Asia/Kolkata',
    cinemas: [{ siteId: '711', name: 'Lantern Row Adyar', latitude: 13.0067, longitude: 80.2574 }],
  },
  {
    slug: 'bengaluru',
    code: 'BLR',
    name: 'Bengaluru',
    zone: 'Asia/Kolkata',
    cinemas: [{ siteId: '721', name: 'Lantern Row Basavanagudi', latitude: 12.9422, longitude: 77.5738 }],
  },
]

/** The cinema site that a development machine watches: what to know of it before it is asked. */
export const DEMO_CINEMA = {
  /** The adapter that reads it. */
  kind: 'jsonld',
  name: 'Lantern Row Cinemas',
  /** Below the API's origin. */
  path: '/dev/cinema',
  controlPath: '/dev/cinema/control',
  /** The page of a film, below `path`. */
  filmPath: (film: Pick<DemoCinemaFilm, 'slug' | 'siteMovieId'>, citySlug: string) =>
    `/${citySlug}/film/${film.slug}-${film.siteMovieId}`,
  /** The list of all films of a town, below `path`. */
  listPath: (citySlug: string) => `/${citySlug}/films`,
  /** Towns have the slugs that Marquee gives them. */
  cities,
  films: [
    film('810021', 'Orbit Nine', 'orbit-nine', 'English', 'IMAX', 4, 'orbit-nine'),
    film('810034', 'Salt and Thunder', 'salt-and-thunder', 'Telugu', 'Dolby Atmos', 4, 'salt-and-thunder'),
    film('810047', 'Lamplighters of Laad Bazaar', 'lamplighters-of-laad-bazaar', 'Telugu', '2D', 2, null),
    film(
      '810052',
      'Lamplighters of Laad Bazaar: Part 2',
      'lamplighters-of-laad-bazaar-part-2',
      'Telugu',
      '2D',
      9,
      null,
    ),
    film('810066', 'Monsoon & <Co>', 'monsoon-and-co', 'Hindi', '2D', 1, null),
    film('810073', 'The Last Ferry to Kollam', 'the-last-ferry-to-kollam', 'Malayalam', '2D', 3, null),
    film('810089', 'Paper Tigers', 'paper-tigers', 'Tamil', '3D', 6, null),
  ],
} as const satisfies Record<string, unknown>

function film(
  siteMovieId: string,
  title: string,
  slug: string,
  language: string,
  format: string,
  week: number,
  catalogueSlug: string | null,
): DemoCinemaFilm {
  return { siteMovieId, title, slug, language, format, week, catalogueSlug }
}
