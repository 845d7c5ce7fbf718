import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { loginUser } from './login-user.ts'
import type { OpenedSession } from './refresh-tokens.ts'
import { endFamilies } from './session-ends.ts'

type LoginInput = Parameters<typeof loginUser>[1]

/**
 * Signs in somebody who has business in this area: others have given a right password at the wrong door. They are let go
 * without a session, and told no more than anybody is.
 * @throws AppError BAD_CREDENTIALS, RATE_LIMITED
 */
export async function loginAdmin(
  ctx: Parameters<typeof loginUser>[0],
  { area, ...input }: LoginInput & { area: 'admin' | 'superadmin' },
): Promise<OpenedSession> {
  const opened = await loginUser(ctx, input)
  const { id, role } = opened.session.user
  if (role === 'superadmin' || role === area) return opened
  const families = await ctx.db.refreshToken.findMany({
    where: { tokenHash: hashSecret(opened.refreshToken), userId: id },
    select: { familyId: true },
  })
  await ctx.db.$transaction((tx) =>
    endFamilies(
      tx,
      ctx,
      families.map((family) => family.familyId),
    ),
  )
  throw new AppError('BAD_CREDENTIALS', 'That name and password do not belong together')
}
