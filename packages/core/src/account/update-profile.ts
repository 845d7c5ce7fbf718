import type { ProfilePatch } from '@marquee/contracts/account'
import type { User } from '@marquee/contracts/auth'
import { authorise } from '../auth/access.ts'
import { toUserView } from '../auth/user-view.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { classifyFault } from '../faults.ts'

/** One's own name and username; what is left out stays. @throws AppError UNAUTHENTICATED, USERNAME_TAKEN */
export async function updateProfile(ctx: Pick<Ctx, 'db'>, actor: Actor, patch: ProfilePatch): Promise<User> {
  const { userId } = authorise(actor, 'user')
  const data = {
    ...(patch.name !== undefined && { name: patch.name }),
    ...(patch.username !== undefined && { username: patch.username }),
  }
  try {
    const [user] = await ctx.db.user.updateManyAndReturn({ where: { id: userId, deletedAt: null }, data })
    if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
    return toUserView(user)
  } catch (error) {
    // Told apart without regard to case: the index is over the lower-cased name.
    if (classifyFault(error) === 'conflict') throw new AppError('USERNAME_TAKEN', 'Somebody else is called that')
    throw error
  }
}
