import { Id, IdOrSlug, Lines, ReleaseDate, Text } from '@marquee/contracts/common'
import { ServiceStatus } from '@marquee/contracts/health'
import {
  Certificate,
  Cleared,
  Movie,
  MovieCard,
  MovieList,
  MovieListQuery,
  type MoviePatch,
  MovieSearchQuery,
  MovieSearchResult,
  MovieWritten,
  PopularMovies,
  PopularMoviesQuery,
} from '@marquee/contracts/movies'
import { clearCatalogCache } from '@marquee/core/catalog/clear-catalog-cache'
import { createMovie } from '@marquee/core/catalog/create-movie'
import { deleteMovie } from '@marquee/core/catalog/delete-movie'
import { getMovie } from '@marquee/core/catalog/get-movie'
import { listMovies } from '@marquee/core/catalog/list-movies'
import { listPopularMovies } from '@marquee/core/catalog/list-popular-movies'
import { searchMovies } from '@marquee/core/catalog/search-movies'
import { updateMovie } from '@marquee/core/catalog/update-movie'
import { checkDatabase } from '@marquee/core/health/check-database'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { originOf } from '../../plugins/network.ts'
import type { Routes } from '../routes.ts'

/** The review platform's names beside ours, so that either client reads what it knows. */
const OldNames = { rating: z.number(), genre: z.string(), poster_url: z.string().nullable(), release_date: ReleaseDate }
const OldCard = MovieCard.extend(OldNames).meta({ id: 'ReviewsMovieCard' })
const OldMovie = Movie.extend({ ...OldNames, description: z.string() }).meta({ id: 'ReviewsMovie' })

/**
 * `rating` is taken and not kept: ours comes from reviews alone. `poster_url` likewise: posters are files of ours.
 * What the old form never asked for has a default that promises nothing: adults only until it is certified.
 */
const OldWrite = z.object({
  title: Text(200).min(1),
  description: Lines(4000).min(1),
  genre: Text(200).min(1),
  release_date: ReleaseDate,
  rating: z.coerce.number().min(0).max(10).optional(),
  poster_url: Text(500).optional(),
  runtime: z.int().min(1).max(600).optional(),
  language: Text(40).min(1).optional(),
  certificate: Certificate.optional(),
  director: Text(200).optional(),
})
const OldSearch = MovieSearchQuery.extend({
  min_rating: MovieSearchQuery.shape.minRating,
  max_rating: MovieSearchQuery.shape.maxRating,
})
const ById = z.object({ id: Id })
const hide = true

/** Mounted at /movies: the review platform's film addresses. */
export const reviewsRoutes: Routes = async (app, { ctx }) => {
  app.get('/status', { config: { access: 'public' }, schema: { hide, response: { 200: ServiceStatus } } }, async () =>
    checkDatabase(ctx),
  )

  app.get(
    '',
    {
      config: { access: 'public' },
      schema: { hide, querystring: MovieListQuery, response: { 200: MovieList.extend({ items: z.array(OldCard) }) } },
    },
    async ({ query }) => {
      const list = await listMovies(ctx, query)
      return { ...list, items: list.items.map(withOldNames) }
    },
  )

  app.get(
    '/search',
    {
      config: { access: 'public' },
      schema: { hide, querystring: OldSearch, response: { 200: MovieSearchResult.extend({ data: z.array(OldCard) }) } },
      // A bad number is 400 to its clients, where ours is 422.
      onSend: badRequest,
    },
    async ({ query: { min_rating, max_rating, ...query } }) => {
      const found = await searchMovies(ctx, {
        ...query,
        minRating: query.minRating ?? min_rating,
        maxRating: query.maxRating ?? max_rating,
      })
      return { ...found, data: found.data.map(withOldNames) }
    },
  )

  app.get(
    '/popular',
    {
      config: { access: 'public' },
      schema: {
        hide,
        querystring: PopularMoviesQuery,
        response: { 200: PopularMovies.extend({ data: z.array(OldCard) }) },
      },
    },
    async ({ query }) => {
      const popular = await listPopularMovies(ctx, query)
      return { ...popular, data: popular.data.map(withOldNames) }
    },
  )

  app.get(
    '/:idOrSlug',
    {
      config: { access: 'public' },
      schema: { hide, params: z.object({ idOrSlug: IdOrSlug }), response: { 200: OldMovie } },
    },
    async ({ params }) => {
      const movie = await getMovie(ctx, params)
      return { ...withOldNames(movie), description: movie.synopsis }
    },
  )

  app.post(
    '',
    { config: { access: 'movie.write' }, schema: { hide, body: OldWrite, response: { 201: MovieWritten } } },
    async (request, reply) => {
      const { actor, body } = request
      const movie = {
        title: body.title,
        synopsis: body.description,
        genres: genresOf(body.genre),
        releaseDate: body.release_date,
        runtimeMinutes: body.runtime ?? 120,
        language: body.language ?? 'English',
        certificate: body.certificate ?? 'A',
        director: body.director ?? '',
        defaultPriceMinor: 25_000,
      }
      return reply.code(201).send(await createMovie(ctx, { actor, movie, origin: originOf(request) }))
    },
  )

  app.put(
    '/:id',
    {
      config: { access: 'movie.write' },
      schema: { hide, params: ById, body: OldWrite.partial(), response: { 200: MovieWritten } },
    },
    async (request) => {
      const { actor, params, body } = request
      const patch: MoviePatch = {
        title: body.title,
        synopsis: body.description,
        genres: body.genre === undefined ? undefined : genresOf(body.genre),
        releaseDate: body.release_date,
        runtimeMinutes: body.runtime,
        language: body.language,
        certificate: body.certificate,
        director: body.director,
      }
      return updateMovie(ctx, { actor, id: params.id, patch, origin: originOf(request) })
    },
  )

  app.delete(
    '/:id',
    { config: { access: 'movie.write' }, schema: { hide, params: ById, response: { 200: MovieWritten } } },
    async (request) => deleteMovie(ctx, { actor: request.actor, id: request.params.id, origin: originOf(request) }),
  )

  app.delete(
    '/cache/clear',
    { config: { access: 'cache.clear' }, schema: { hide, response: { 200: Cleared } } },
    async (request) => clearCatalogCache(ctx, { actor: request.actor, origin: originOf(request) }),
  )
}

async function badRequest(_request: FastifyRequest, reply: FastifyReply, payload: unknown) {
  if (reply.statusCode === 422) reply.code(400)
  return payload
}

function withOldNames<T extends MovieCard>(movie: T) {
  return {
    ...movie,
    rating: movie.ratingAverage,
    genre: movie.genres.join(', '),
    poster_url: movie.poster && `/posters/${movie.poster}-640.webp`,
    release_date: movie.releaseDate,
  }
}

/** "Drama, Comedy" → two genres; at most eight, as everywhere. */
const genresOf = (genre: string) =>
  [...new Set(genre.split(',').map((one) => one.trim().slice(0, 40)))].filter(Boolean).slice(0, 8)
