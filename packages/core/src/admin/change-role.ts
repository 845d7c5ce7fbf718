import type { ChangeRoleBody, UserRow } from '@marquee/contracts/admin'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { isProved } from '../auth/otp/find-owner.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded, endSessionsOf } from '../auth/session-ends.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { keepOneSuperadmin } from './keep-one-superadmin.ts'
import { setTheatresOfAdmin, theatresOfAdmin } from './theatres-of-admin.ts'
import { toUserRow, USER_ROW } from './user-row.ts'

type Input = { actor: Actor; userId: string; change: ChangeRoleBody; origin?: Origin }

/**
 * Gives somebody another role, and an admin their theatres. The role is in the token, so with another role every session
 * of theirs ends at once; theatres are asked for each time and end none. Whoever is raised must have proved the address
 * they are known by, or a stranger who typed it would be raised in its owner's place.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last superadmin; an address not proved),
 * VALIDATION (unknown theatre)
 */
export async function changeRole(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  { actor, userId, change, origin }: Input,
): Promise<UserRow> {
  authorise(actor, 'user.role')
  const { role } = change
  const theatreIds = role === 'admin' ? [...new Set(change.theatreIds)].toSorted() : []
  const { row, ended } = await ctx.db.$transaction(async (tx) => {
    await keepOneSuperadmin(tx, { without: role === 'superadmin' ? null : userId })
    await tx.$executeRaw`select 1 from users where id = ${userId}::uuid for no key update`
    const user = await tx.user.findUnique({ where: { id: userId, deletedAt: null } })
    if (!user) throw notFound('User')
    const raised = user.role !== role && (role === 'admin' || role === 'superadmin')
    if (raised && user.email && !isProved(user, 'email')) throw notConfirmed()
    const before = { role: user.role, theatreIds: await theatresOfAdmin(tx, userId) }
    const after = { role, theatreIds }
    await setTheatresOfAdmin(tx, userId, theatreIds)
    const changed = await tx.user.update({ where: { id: userId }, data: { role }, include: USER_ROW })
    const sessions = user.role === role ? [] : await endSessionsOf(tx, ctx, { userId })
    if (JSON.stringify(before) !== JSON.stringify(after))
      await recordAudit(tx, {
        actor,
        action: 'user.role',
        subjectType: 'user',
        subjectId: userId,
        before,
        after,
        origin,
      })
    return { row: changed, ended: sessions }
  })
  await announceEnded(ctx, ended)
  return toUserRow(row)
}

const notConfirmed = () =>
  new AppError(
    'CONFLICT',
    'Nobody has confirmed the email address of this account: it may be somebody else’s. Ask them to.',
  )
