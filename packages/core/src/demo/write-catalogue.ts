import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import type pg from 'pg'
import { LAYOUT_TEMPLATES } from '../catalog/layouts/templates.ts'
import { flattenLayout, type LayoutSeatEntry } from '../seats/layout.ts'
import { DEMO_CITIES, type DemoCity } from './cities.ts'
import type { DemoFilm } from './demo-film.ts'
import { DEMO_FILMS } from './films.ts'
import { isProgrammed } from './plan-day.ts'
import { stableId } from './stable.ts'
import { DEMO_THEATRES, type DemoScreen, type DemoTheatre } from './theatres.ts'

export type CatalogueFilm = { film: DemoFilm; id: string; releaseDate: string; defaultPriceMinor: number }
export type CatalogueScreen = {
  id: string
  city: DemoCity
  theatre: DemoTheatre
  screen: DemoScreen
  layoutId: string
  sections: string[]
  seats: LayoutSeatEntry[]
}
export type Catalogue = {
  films: CatalogueFilm[]
  screens: CatalogueScreen[]
  added: { cities: number; theatres: number; movies: number }
}

/** Adds what is missing and reads back what is there: rows that exist, edited or not, stay as they are. */
export async function writeCatalogue(client: pg.PoolClient, today: string): Promise<Catalogue> {
  const cities = await insert(
    client,
    `INSERT INTO cities (id, slug, name, region, time_zone, aliases, position)
     SELECT id, slug, name, region, "timeZone", ARRAY(SELECT jsonb_array_elements_text(aliases)), position
       FROM jsonb_to_recordset($1) AS r(id uuid, slug text, name text, region text, "timeZone" text, aliases jsonb, position int)
     ON CONFLICT DO NOTHING RETURNING slug`,
    DEMO_CITIES.map((city, position) => ({ ...city, position, id: stableId('city', city.slug) })),
  )
  const theatres = await insert(
    client,
    `INSERT INTO theatres (id, slug, city_id, name, area, address, postcode, latitude, longitude, amenities)
     SELECT r.id, r.slug, c.id, r.name, area, address, postcode, latitude, longitude, ARRAY(SELECT jsonb_array_elements_text(amenities))
       FROM jsonb_to_recordset($1) AS r(id uuid, slug text, city text, name text, area text, address text, postcode text,
            latitude float8, longitude float8, amenities jsonb) JOIN cities c ON c.slug = r.city
     ON CONFLICT DO NOTHING RETURNING slug`,
    DEMO_THEATRES.map((theatre) => ({ ...theatre, id: stableId('theatre', theatre.slug) })),
  )
  await insert(
    client,
    `INSERT INTO screens (id, theatre_id, name, features)
     SELECT r.id, t.id, r.name, ARRAY(SELECT jsonb_array_elements_text(features))
       FROM jsonb_to_recordset($1) AS r(id uuid, theatre text, name text, features jsonb) JOIN theatres t ON t.slug = r.theatre
     ON CONFLICT DO NOTHING RETURNING id`,
    DEMO_THEATRES.flatMap((theatre) =>
      theatre.screens.map(({ name, features }) => ({
        id: screenId(theatre, name),
        theatre: theatre.slug,
        name,
        features,
      })),
    ),
  )
  await insert(
    client,
    `INSERT INTO seat_layouts (id, screen_id, version, name, seat_count, definition)
     SELECT r.id, s.id, 1, definition->>'name', seats, definition
       FROM jsonb_to_recordset($1) AS r(id uuid, screen uuid, seats int, definition jsonb) JOIN screens s ON s.id = r.screen
      WHERE NOT EXISTS (SELECT FROM seat_layouts l WHERE l.screen_id = s.id) RETURNING id`,
    DEMO_THEATRES.flatMap((theatre) =>
      theatre.screens.map(({ name, template }) => {
        const definition = LAYOUT_TEMPLATES[template].build()
        const screen = screenId(theatre, name)
        return { id: stableId('layout', screen, 1), screen, seats: flattenLayout(definition).length, definition }
      }),
    ),
  )
  const movies = await insert(
    client,
    `INSERT INTO movies (id, slug, title, native_title, tagline, synopsis, runtime_minutes, certificate, genres, language, director,
                         "cast", release_date, featured, default_price_minor, poster, poster_colour)
     SELECT id, slug, title, "nativeTitle", tagline, synopsis, "runtimeMinutes", certificate,
            ARRAY(SELECT jsonb_array_elements_text(genres)), language, director, people, "releaseDate", featured, 25000, slug, "posterColour"
       FROM jsonb_to_recordset($1) AS r(id uuid, slug text, title text, "nativeTitle" text, tagline text, synopsis text,
            "runtimeMinutes" int, certificate text, genres jsonb, language text, director text, people jsonb, "releaseDate" date,
            featured boolean, "posterColour" text)
     ON CONFLICT DO NOTHING RETURNING slug`,
    DEMO_FILMS.map((film) => ({
      ...film,
      id: stableId('movie', film.slug),
      language: film.languages[0],
      people: film.cast.map(([name, role]) => ({ name, role })),
      featured: film.featured ?? false,
      releaseDate: fridayOf(today, film.week),
    })),
  )
  const fresh = new Set(movies)
  await insert(
    client,
    `INSERT INTO programmes (movie_id, theatre_id)
     SELECT m.id, t.id FROM jsonb_to_recordset($1) AS r(movie text, theatre text)
       JOIN movies m ON m.slug = r.movie JOIN theatres t ON t.slug = r.theatre
     ON CONFLICT DO NOTHING RETURNING movie_id`,
    DEMO_FILMS.filter((film) => fresh.has(film.slug)).flatMap((film) =>
      DEMO_THEATRES.filter((theatre) => isProgrammed(film, theatre, cityOf(theatre))).map((theatre) => ({
        movie: film.slug,
        theatre: theatre.slug,
      })),
    ),
  )
  return {
    films: await readFilms(client),
    screens: await readScreens(client),
    added: { cities: cities.length, theatres: theatres.length, movies: movies.length },
  }
}

const screenId = (theatre: DemoTheatre, name: string) => stableId('screen', theatre.slug, name)
const cityOf = (theatre: DemoTheatre) => DEMO_CITIES.find((city) => city.slug === theatre.city)!

/** Films open on Fridays. Week 0 is the latest one, today included. */
export function fridayOf(today: string, week: number): string {
  const day = Temporal.PlainDate.from(today)
  return day
    .subtract({ days: (day.dayOfWeek + 2) % 7 })
    .add({ weeks: week })
    .toString()
}

/** Returns the first column of the rows that were really added. */
async function insert(client: pg.PoolClient, sql: string, rows: object[]): Promise<string[]> {
  const result = await client.query<string[]>({ text: sql, values: [JSON.stringify(rows)], rowMode: 'array' })
  return result.rows.map(([first]) => first!)
}

async function readFilms(client: pg.PoolClient): Promise<CatalogueFilm[]> {
  const { rows } = await client.query<{ id: string; slug: string; release: string; price: number }>(
    `SELECT id, slug, release_date::text AS release, default_price_minor AS price FROM movies WHERE slug = ANY ($1)`,
    [DEMO_FILMS.map((film) => film.slug)],
  )
  const bySlug = new Map(rows.map((row) => [row.slug, row]))
  return DEMO_FILMS.flatMap((film) => {
    const row = bySlug.get(film.slug)
    return row ? [{ film, id: row.id, releaseDate: row.release, defaultPriceMinor: row.price }] : []
  })
}

/** With the newest layout of each: a hall rebuilt in the admin panel keeps its new seats. */
async function readScreens(client: pg.PoolClient): Promise<CatalogueScreen[]> {
  const { rows } = await client.query<{ id: string; layout: string; definition: SeatLayoutDefinition }>(
    `SELECT DISTINCT ON (s.id) s.id, l.id AS layout, l.definition
       FROM screens s JOIN seat_layouts l ON l.screen_id = s.id WHERE s.id = ANY ($1) ORDER BY s.id, l.version DESC`,
    [DEMO_THEATRES.flatMap((theatre) => theatre.screens.map((screen) => screenId(theatre, screen.name)))],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return DEMO_THEATRES.flatMap((theatre) =>
    theatre.screens.flatMap((screen) => {
      const row = byId.get(screenId(theatre, screen.name))
      if (!row) return []
      const sections = row.definition.sections.map((section) => section.id)
      return [
        {
          id: row.id,
          city: cityOf(theatre),
          theatre,
          screen,
          layoutId: row.layout,
          sections,
          seats: flattenLayout(row.definition),
        },
      ]
    }),
  )
}
