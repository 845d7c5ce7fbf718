import type { MoviePatch, MovieWritten } from '@marquee/contracts/movies'
import { authorise } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { MOVIE_UPDATED } from './messages.ts'

/**
 * Changes a film; what the patch leaves out stays. The path stays too, so that links keep working. Admins only.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function updateMovie(
  ctx: CacheCtx & Pick<Ctx, 'db'>,
  { actor, id, patch }: { actor: Actor; id: string; patch: MoviePatch },
): Promise<MovieWritten> {
  authorise(actor, 'movie.write')
  const { releaseDate, ...columns } = patch
  const { count } = await ctx.db.movie.updateMany({
    where: { id },
    data: { ...columns, ...(releaseDate && { releaseDate: new Date(`${releaseDate}T00:00:00Z`) }) },
  })
  if (count === 0) throw notFound('Movie')
  await dropCached(ctx, ['movies'])
  return { message: MOVIE_UPDATED, id }
}
