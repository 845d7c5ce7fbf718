import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'

export type Identity = { email?: string | undefined; phone?: string | undefined; username?: string | undefined }

/** Which of these another account has already; undefined when all are free. Usernames are compared without case. */
export async function findTaken(
  db: Prisma.TransactionClient | Ctx['db'],
  { email, phone, username }: Identity,
): Promise<keyof Identity | undefined> {
  const [taken] = await db.$queryRaw<{ field: keyof Identity }[]>`
    select 'email' as field from users where email = ${email ?? null}
    union all select 'phone' from users where phone = ${phone ?? null}
    union all select 'username' from users where lower(username) = lower(${username ?? null}::text)`
  return taken?.field
}

export const takenError = (field: keyof Identity) =>
  ({
    email: new AppError('EMAIL_TAKEN', 'An account with this email address exists already'),
    phone: new AppError('PHONE_TAKEN', 'An account with this phone number exists already'),
    username: new AppError('USERNAME_TAKEN', 'Username already exists'),
  })[field]
