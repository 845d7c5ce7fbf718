import type { ProfilePatch } from '@marquee/contracts/account'
import type { User } from '@marquee/contracts/auth'
import { authorise } from '../auth/access.ts'
import { isReservedUsername, RESERVED_PROBLEM } from '../auth/reserved-usernames.ts'
import { toUserView } from '../auth/user-view.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { classifyFault } from '../faults.ts'

/**
 * One's own name and username; what is left out stays. @throws AppError UNAUTHENTICATED, USERNAME_TAKEN, VALIDATION (a
 * username that is kept for the house, unless it is theirs already)
 */
export async function updateProfile(ctx: Pick<Ctx, 'db'>, actor: Actor, patch: ProfilePatch): Promise<User> {
  const { userId } = authorise(actor, 'user')
  if (patch.username && isReservedUsername(patch.username)) {
    const own = await ctx.db.user.findUnique({ where: { id: userId }, select: { username: true } })
    if (own?.username?.toLowerCase() !== patch.username.toLowerCase()) throw invalid('username', RESERVED_PROBLEM)
  }
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
