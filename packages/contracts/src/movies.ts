import { z } from 'zod'
import { Id, Instant, Lines, Minor, PageQuery, paged, ReleaseDate, Slug, Text, Verbatim } from './common.ts'

export const Certificate = z.enum(['U', 'UA 7+', 'UA 13+', 'UA 16+', 'A', 'S'])
export const CastMember = z.object({ name: z.string(), role: z.string() })

/** What a poster grid shows. */
export const MovieCard = z
  .object({
    id: Id,
    slug: Slug,
    title: z.string(),
    nativeTitle: z.string().nullable(),
    certificate: z.string(),
    runtimeMinutes: z.int(),
    language: z.string(),
    genres: z.array(z.string()),
    releaseDate: ReleaseDate,
    /** Base name of the poster: /posters/{poster}-{160|320|640}.{avif|webp}. Null: draw the title. */
    poster: z.string().nullable(),
    posterColour: z.string(),
    ratingAverage: z.number(),
    ratingCount: z.int(),
    featured: z.boolean(),
    /** Cheapest seat of any coming showtime in the asked city, before fees. */
    priceFromMinor: Minor.nullable(),
  })
  .meta({ id: 'MovieCard' })
export type MovieCard = z.infer<typeof MovieCard>

export const Movie = MovieCard.extend({
  tagline: z.string(),
  synopsis: z.string(),
  director: z.string(),
  cast: z.array(CastMember),
  trailerUrl: z.url().nullable(),
  defaultPriceMinor: Minor,
}).meta({ id: 'Movie' })
export type Movie = z.infer<typeof Movie>

export const MovieStatus = z.enum(['running', 'upcoming'])
export const MovieListQuery = PageQuery.extend({
  city: Text(60).min(1).optional(),
  status: MovieStatus.optional(),
  language: Text(40).min(1).optional(),
  genre: Text(40).min(1).optional(),
})
export type MovieListQuery = z.infer<typeof MovieListQuery>
export const MovieList = paged(MovieCard).meta({ id: 'MovieList' })
export type MovieList = z.infer<typeof MovieList>

export const MovieSearchQuery = PageQuery.extend({
  /** Prices of that city; it leaves no film out. */
  city: Text(60).min(1).optional(),
  /** Any word of title, native title, director, cast, genre or language. */
  q: Text(100).min(1).optional(),
  title: Text(100).min(1).optional(),
  genre: Text(40).min(1).optional(),
  language: Text(40).min(1).optional(),
  minRating: z.coerce.number().min(0).max(10).optional(),
  maxRating: z.coerce.number().min(0).max(10).optional(),
})
export type MovieSearchQuery = z.infer<typeof MovieSearchQuery>
/** The review platform's shape: a message and the rows. */
export const MovieSearchResult = z.object({
  message: z.string(),
  data: z.array(MovieCard),
  total: z.int(),
  /** Where films of this page can be seen when none of them can in the city asked for; most of them first. */
  elsewhere: z.array(z.object({ slug: Slug, name: z.string(), films: z.int() })).optional(),
})
export type MovieSearchResult = z.infer<typeof MovieSearchResult>
export const PopularMoviesQuery = z.object({
  city: Text(60).min(1).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
})
export const PopularMovies = z.object({ message: z.string(), data: z.array(MovieCard) })
export type PopularMovies = z.infer<typeof PopularMovies>

export const MovieWrite = z.object({
  title: Text(200).min(1),
  synopsis: Lines(4000).min(1),
  runtimeMinutes: z.int().min(1).max(600),
  certificate: Certificate,
  genres: z.array(Text(40).min(1)).min(1).max(8),
  language: Text(40).min(1),
  director: Text(200).default(''),
  releaseDate: ReleaseDate,
  defaultPriceMinor: Minor.default(25_000),
  nativeTitle: Text(200).min(1).nullable().optional(),
  tagline: Text(200).optional(),
  cast: z
    .array(z.object({ name: Text(100).min(1), role: Text(100) }))
    .max(40)
    .optional(),
  trailerUrl: Verbatim(500)
    .pipe(z.url({ protocol: /^https$/, error: 'use an https address' }))
    .nullable()
    .optional(),
  /** Put forward on the home screen. */
  featured: z.boolean().optional(),
})
export type MovieWrite = z.infer<typeof MovieWrite>
/** Whatever is left out stays as it is: so no defaults here. */
export const MoviePatch = MovieWrite.partial().extend({
  director: Text(200).optional(),
  defaultPriceMinor: Minor.optional(),
})
export type MoviePatch = z.infer<typeof MoviePatch>
export const MovieWritten = z.object({ message: z.string(), id: Id })
export type MovieWritten = z.infer<typeof MovieWritten>

export const Cleared = z.object({ message: z.string(), cleared: z.int(), at: Instant })
