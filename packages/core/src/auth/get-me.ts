import type { User } from '@marquee/contracts/auth'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { requireUser } from './require-user.ts'
import { toUserView } from './user-view.ts'

/** The signed-in person's own account. @throws AppError UNAUTHENTICATED, also when the account is gone */
export async function getMe(ctx: Pick<Ctx, 'db'>, { actor }: { actor: Actor }): Promise<User> {
  const { userId } = requireUser(actor)
  const user = await ctx.db.user.findUnique({ where: { id: userId } })
  if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
  return toUserView(user)
}
