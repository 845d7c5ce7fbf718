import type { AdminRequest } from '@marquee/contracts/admin'
import type { RegisterBody } from '@marquee/contracts/auth'
import type { Origin } from '../audit/record-audit.ts'
import type { OpenedSession } from '../auth/refresh-tokens.ts'
import { registerUser } from '../auth/register-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { addAdminRequest } from './add-admin-request.ts'

type Input = {
  person: RegisterBody & { userAgent?: string | undefined }
  organisation: string
  message: string
  origin?: Origin
}

/**
 * A new account that asks at once to run theatres here: the proof of the registration says whose it is. A customer's
 * account until a superadmin decides; should the asking fail, the account is there and can ask again.
 * @throws AppError as registerUser does
 */
export async function registerAsAdmin(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey'>,
  { person, organisation, message, origin }: Input,
): Promise<{ opened: OpenedSession; request: AdminRequest }> {
  const opened = await registerUser(ctx, person)
  const userId = opened.session.user.id
  // Who has just signed in by their own registration; the audit log needs no token of theirs.
  const actor: Actor = { kind: 'user', userId, role: 'customer', jti: '' }
  const now = ctx.clock.now()
  const request = await ctx.db.$transaction((tx) =>
    addAdminRequest(tx, { actor, userId, organisation, message, now, origin }),
  )
  return { opened, request }
}
