import type { TheatrePatch, TheatreWritten } from '@marquee/contracts/theatres'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authoriseTheatre } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/**
 * Changes a theatre; what the patch leaves out stays, and so does its path. Its admins and superadmins.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function updateTheatre(
  ctx: CacheCtx & Pick<Ctx, 'db'>,
  { actor, id, patch, origin }: { actor: Actor; id: string; patch: TheatrePatch; origin?: Origin },
): Promise<TheatreWritten> {
  await authoriseTheatre(ctx, actor, 'theatre.write', id)
  await ctx.db.$transaction(async (tx) => {
    // Locked, so that "before" is what this very change replaced.
    await tx.$executeRaw`select 1 from theatres where id = ${id}::uuid for update`
    const select = { name: true, area: true, address: true, postcode: true, amenities: true } as const
    const before = await tx.theatre.findUnique({ where: { id }, select })
    if (!before) throw notFound('Theatre')
    const after = await tx.theatre.update({ where: { id }, data: patch, select })
    const audit = { actor, action: 'theatre.update', subjectType: 'theatre', subjectId: id, origin }
    await recordAudit(tx, { ...audit, before, after })
  })
  await dropCached(ctx, ['theatres', 'showtimes'])
  return { message: 'Theatre updated successfully', id }
}
