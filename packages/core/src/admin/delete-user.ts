import { erasePerson } from '../account/erase-person.ts'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded, endSessionsOf } from '../auth/session-ends.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { theatresOfAdmin } from './theatres-of-admin.ts'

/** One person's rows, few as they are, in more tables than an ordinary act touches. */
const WITHIN_MS = 20_000

/**
 * Erases a person at once: what accounting needs stays without a name, every session ends. A superadmin is no user to be
 * deleted: their role is taken first, which leaves its own entry and never takes the last one.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function deleteUser(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  { actor, userId, origin }: { actor: Actor; userId: string; origin?: Origin },
): Promise<void> {
  authorise(actor, 'user.delete')
  const ended = await ctx.db.$transaction(
    async (tx) => {
      const sessions = await endSessionsOf(tx, ctx, { userId })
      // The row is locked now: nobody is given another role meanwhile.
      const user = await tx.user.findUnique({ where: { id: userId, deletedAt: null } })
      if (!user) throw notFound('User')
      if (user.role === 'superadmin')
        throw new AppError('CONFLICT', 'A superadmin is not deleted. Give them another role first.')
      // Who it was must not outlive them here: the log says only what they were.
      const before = { role: user.role, theatreIds: await theatresOfAdmin(tx, userId) }
      await erasePerson(tx, ctx, user, ctx.clock.now())
      await recordAudit(tx, {
        actor,
        action: 'user.delete',
        subjectType: 'user',
        subjectId: userId,
        before,
        origin,
      })
      return sessions
    },
    { timeout: WITHIN_MS },
  )
  await announceEnded(ctx, ended)
}
