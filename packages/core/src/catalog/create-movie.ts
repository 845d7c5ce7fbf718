import type { MovieWrite, MovieWritten } from '@marquee/contracts/movies'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { MOVIE_CREATED } from './messages.ts'
import { freeSlug, slugify } from './slug.ts'

/** Words that mean something else after /movies/. */
const PATHS = ['cache', 'featured', 'popular', 'search', 'status']

/**
 * Adds a film; its path comes from its title. Admins only.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN
 */
export async function createMovie(
  ctx: CacheCtx & Pick<Ctx, 'db'>,
  { actor, movie, origin }: { actor: Actor; movie: MovieWrite; origin?: Origin },
): Promise<MovieWritten> {
  authorise(actor, 'movie.write')
  const id = newId(ctx.clock.now().getTime())
  const wanted = slugify(movie.title)
  const alike = await ctx.db.movie.findMany({ where: { slug: { startsWith: wanted } }, select: { slug: true } })
  // Two films of one title created at the same instant: the unique key refuses the second, and trying again is right.
  const slug = freeSlug(wanted, new Set([...PATHS, ...alike.map((row) => row.slug)]))
  await ctx.db.$transaction(async (tx) => {
    await tx.movie.create({
      data: {
        id,
        slug,
        title: movie.title,
        synopsis: movie.synopsis,
        runtimeMinutes: movie.runtimeMinutes,
        certificate: movie.certificate,
        genres: movie.genres,
        language: movie.language,
        director: movie.director,
        releaseDate: new Date(`${movie.releaseDate}T00:00:00Z`),
        defaultPriceMinor: movie.defaultPriceMinor,
        nativeTitle: movie.nativeTitle ?? null,
        tagline: movie.tagline ?? '',
        cast: movie.cast ?? [],
        trailerUrl: movie.trailerUrl ?? null,
        featured: movie.featured ?? false,
      },
    })
    const after = { slug, ...movie }
    await recordAudit(tx, { actor, action: 'movie.create', subjectType: 'movie', subjectId: id, after, origin })
  })
  await dropCached(ctx, ['movies'])
  return { message: MOVIE_CREATED, id }
}
