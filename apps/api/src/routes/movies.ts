import { CityQuery } from '@marquee/contracts/cities'
import { Id, IdOrSlug, PageQuery } from '@marquee/contracts/common'
import {
  Cleared,
  Movie,
  MovieList,
  MovieListQuery,
  MoviePatch,
  MovieSearchQuery,
  MovieSearchResult,
  MovieWrite,
  MovieWritten,
  PopularMovies,
  PopularMoviesQuery,
} from '@marquee/contracts/movies'
import { MovieShowtimes, MovieShowtimesQuery } from '@marquee/contracts/showtimes'
import { clearCatalogCache } from '@marquee/core/catalog/clear-catalog-cache'
import { createMovie } from '@marquee/core/catalog/create-movie'
import { deleteMovie } from '@marquee/core/catalog/delete-movie'
import { getMovie } from '@marquee/core/catalog/get-movie'
import { getMovieShowtimes } from '@marquee/core/catalog/get-movie-showtimes'
import { listFeaturedMovies } from '@marquee/core/catalog/list-featured-movies'
import { listMovies } from '@marquee/core/catalog/list-movies'
import { listPopularMovies } from '@marquee/core/catalog/list-popular-movies'
import { searchMovies } from '@marquee/core/catalog/search-movies'
import { updateMovie } from '@marquee/core/catalog/update-movie'
import { z } from 'zod'
import { originOf } from '../plugins/network.ts'
import type { Routes } from './routes.ts'

const ByIdOrSlug = z.object({ idOrSlug: IdOrSlug })
const ById = z.object({ id: Id })
const tags = ['movies']

export const movieRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Films of a city, or the whole catalogue',
        querystring: MovieListQuery,
        response: { 200: MovieList },
      },
    },
    async ({ query }) => listMovies(ctx, query),
  )

  app.get(
    '/search',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Films by words, genre, language and rating',
        querystring: MovieSearchQuery,
        response: { 200: MovieSearchResult },
      },
    },
    async ({ query }) => searchMovies(ctx, query),
  )

  app.get(
    '/featured',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Films put forward by the cinemas',
        querystring: PageQuery.extend(CityQuery.shape),
        response: { 200: MovieList },
      },
    },
    async ({ query }) => listFeaturedMovies(ctx, query),
  )

  app.get(
    '/popular',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Films by popularity, at most five minutes old',
        querystring: PopularMoviesQuery,
        response: { 200: PopularMovies },
      },
    },
    async ({ query }) => listPopularMovies(ctx, query),
  )

  app.get(
    '/:idOrSlug',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'One film', params: ByIdOrSlug, querystring: CityQuery, response: { 200: Movie } },
    },
    async ({ params, query }) => getMovie(ctx, { ...params, ...query }),
  )

  app.get(
    '/:idOrSlug/showtimes',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Showtimes of a film on one local day in one city, by theatre',
        params: ByIdOrSlug,
        querystring: MovieShowtimesQuery,
        response: { 200: MovieShowtimes },
      },
    },
    async ({ params, query }) => getMovieShowtimes(ctx, { ...params, ...query }),
  )

  app.post(
    '',
    {
      config: { access: 'movie.write' },
      schema: { tags, summary: 'Add a film (admins)', body: MovieWrite, response: { 201: MovieWritten } },
    },
    async (request, reply) => {
      const { actor, body } = request
      return reply.code(201).send(await createMovie(ctx, { actor, movie: body, origin: originOf(request) }))
    },
  )

  app.put(
    '/:id',
    {
      config: { access: 'movie.write' },
      schema: {
        tags,
        summary: 'Change a film; what is left out stays (admins)',
        params: ById,
        body: MoviePatch,
        response: { 200: MovieWritten },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return updateMovie(ctx, { actor, id: params.id, patch: body, origin: originOf(request) })
    },
  )

  app.delete(
    '/:id',
    {
      config: { access: 'movie.write' },
      schema: {
        tags,
        summary: 'Remove a film without showtimes (admins)',
        params: ById,
        response: { 200: MovieWritten },
      },
    },
    async (request) => deleteMovie(ctx, { actor: request.actor, id: request.params.id, origin: originOf(request) }),
  )

  app.delete(
    '/cache/clear',
    {
      config: { access: 'cache.clear' },
      schema: { tags, summary: 'Drop every cached list (admins)', response: { 200: Cleared } },
    },
    async (request) => clearCatalogCache(ctx, { actor: request.actor, origin: originOf(request) }),
  )
}
