import { requireUser } from '../../auth/require-user.ts'
import type { Actor, Ctx } from '../../context.ts'

/** Forgets one's own browser; one that is not there is gone already. @throws AppError UNAUTHENTICATED */
export async function removePushEndpoint(
  ctx: Pick<Ctx, 'db'>,
  { actor, endpoint }: { actor: Actor; endpoint: string },
): Promise<void> {
  const { userId } = requireUser(actor)
  await ctx.db.pushEndpoint.deleteMany({ where: { endpoint, userId } })
}
