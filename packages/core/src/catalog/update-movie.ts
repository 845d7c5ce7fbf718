import type { MoviePatch, MovieWritten } from '@marquee/contracts/movies'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Movie } from '../generated/prisma/client.ts'
import { MOVIE_UPDATED } from './messages.ts'

/**
 * Changes a film; what the patch leaves out stays. The path stays too, so that links keep working. Admins only.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function updateMovie(
  ctx: CacheCtx & Pick<Ctx, 'db'>,
  { actor, id, patch, origin }: { actor: Actor; id: string; patch: MoviePatch; origin?: Origin },
): Promise<MovieWritten> {
  authorise(actor, 'movie.write')
  const { releaseDate, ...columns } = patch
  const data = { ...columns, ...(releaseDate && { releaseDate: new Date(`${releaseDate}T00:00:00Z`) }) }
  await ctx.db.$transaction(async (tx) => {
    // Locked, so that "before" is what this very change replaced.
    await tx.$executeRaw`select 1 from movies where id = ${id}::uuid for update`
    const before = await tx.movie.findUnique({ where: { id } })
    if (!before) throw notFound('Movie')
    const after = await tx.movie.update({ where: { id }, data })
    const audit = { actor, action: 'movie.update', subjectType: 'movie', subjectId: id, origin }
    await recordAudit(tx, { ...audit, ...whatChanged(before, after) })
  })
  await dropCached(ctx, ['movies'])
  return { message: MOVIE_UPDATED, id }
}

/** Of both rows only what differs. */
function whatChanged(before: Movie, after: Movie): { before: object; after: object } {
  const fields = (Object.keys(after) as (keyof Movie)[]).filter(
    (field) => field !== 'updatedAt' && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  const pick = (row: Movie) => Object.fromEntries(fields.map((field) => [field, row[field]]))
  return { before: pick(before), after: pick(after) }
}
