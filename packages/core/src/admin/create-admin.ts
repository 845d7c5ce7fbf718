import type { CreateAdminBody, UserRow } from '@marquee/contracts/admin'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { passwordProblem } from '../auth/password-problem.ts'
import { hashPassword } from '../auth/passwords.ts'
import { releaseUnproved } from '../auth/release-unproved.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { setTheatresOfAdmin } from './theatres-of-admin.ts'
import { toUserRow, USER_ROW } from './user-row.ts'

/**
 * Makes an account for an admin. Somebody else chose its password, so the first sign-in asks for another. An account that
 * only typed the address or number, and never proved it, loses it: else it would be made an admin in its owner's place.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, EMAIL_TAKEN, PHONE_TAKEN, USERNAME_TAKEN, VALIDATION
 */
export async function createAdmin(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, admin, origin }: { actor: Actor; admin: CreateAdminBody; origin?: Origin },
): Promise<UserRow> {
  authorise(actor, 'user.create-admin')
  const { name, email, phone = null, username = null, password, theatreIds } = admin
  const problem = passwordProblem(password, { email, name })
  if (problem) throw invalid('password', problem)
  const passwordHash = await hashPassword(password)
  const now = ctx.clock.now()
  const id = newId(now.getTime())
  return ctx.db.$transaction(async (tx) => {
    await releaseUnproved(tx, { channel: 'email', destination: email })
    if (phone) await releaseUnproved(tx, { channel: 'sms', destination: phone })
    if (await tx.user.count({ where: { email } }))
      throw new AppError('EMAIL_TAKEN', 'There is an account with this email address: change its role instead')
    if (phone && (await tx.user.count({ where: { phone } })))
      throw new AppError('PHONE_TAKEN', 'There is an account with this number: change its role instead')
    if (username && (await tx.user.count({ where: { username: { equals: username, mode: 'insensitive' } } })))
      throw new AppError('USERNAME_TAKEN', 'Somebody has this username already')
    await tx.user.create({
      data: { id, name, email, phone, username, passwordHash, role: 'admin', mustChangePassword: true, createdAt: now },
    })
    await setTheatresOfAdmin(tx, id, theatreIds)
    // Whose account it is, the id says for as long as they have one: what is written here can never be erased.
    const after = { role: 'admin', theatreIds }
    await recordAudit(tx, { actor, action: 'user.create-admin', subjectType: 'user', subjectId: id, after, origin })
    return toUserRow(await tx.user.findUniqueOrThrow({ where: { id }, include: USER_ROW }))
  })
}
