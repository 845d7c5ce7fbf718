import { randomInt } from 'node:crypto'
import { keepOneSuperadmin } from '../admin/keep-one-superadmin.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { hashPassword } from '../auth/passwords.ts'
import { releaseUnproved } from '../auth/release-unproved.ts'
import { endSessionsOf } from '../auth/session-ends.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { hasSuperadmin } from './has-superadmin.ts'
import { endOtpProofs } from './set-password.ts'

export type FirstSuperadmin = {
  /** What to sign in with: the configured address, or else a username. */
  identifier: string
  /** Good until the first sign-in, which asks for another. Kept nowhere: show it once, to a person. */
  password: string
}

const USERNAME = 'superadmin'
/** Without what looks alike: it is read off one screen and typed into another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * Where nobody may decide anything yet: the account of who will. An account that has the configured address already becomes
 * it with a new password and no other way in, for whoever made it may not be who the address was meant for. One that only
 * typed the address, and was proved by something else, loses it.
 * @returns null when there is a superadmin
 */
export async function createFirstSuperadmin(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
): Promise<FirstSuperadmin | null> {
  if (await hasSuperadmin(ctx)) return null
  const email = ctx.config.auth.adminEmail ?? null
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  const now = ctx.clock.now()
  return ctx.db.$transaction(async (tx) => {
    // Two processes that start together take turns; the second finds nothing to do.
    await keepOneSuperadmin(tx, { without: null })
    if (await hasSuperadmin({ db: tx })) return null
    const account = email ? { email } : { username: await freeUsername(tx) }
    if (email) await releaseUnproved(tx, { channel: 'email', destination: email })
    const known = email ? await tx.user.findUnique({ where: { email } }) : null
    const data = { ...account, passwordHash, role: 'superadmin', mustChangePassword: true } as const
    // Other processes read from the database that these sessions are over.
    if (known) await endSessionsOf(tx, ctx, { userId: known.id })
    if (known) await endOtpProofs(tx, { userId: known.id, now })
    const doors = known && known.phoneVerifiedAt === null ? { phone: null } : {}
    const { id } = known
      ? await tx.user.update({ where: { id: known.id }, data: { ...data, ...doors } })
      : await tx.user.create({ data: { ...data, id: newId(now.getTime()), name: 'Superadmin', createdAt: now } })
    const actor = { kind: 'system' } as const
    const [subject, after] = [{ subjectType: 'user', subjectId: id }, { role: data.role }]
    await recordAudit(tx, {
      actor,
      action: 'user.first-superadmin',
      ...subject,
      before: known && { role: known.role },
      after,
    })
    return { identifier: account.email ?? account.username ?? USERNAME, password }
  })
}

async function freeUsername(tx: Pick<Ctx['db'], 'user'>): Promise<string> {
  const taken = await tx.user.count({ where: { username: { equals: USERNAME, mode: 'insensitive' } } })
  return taken === 0 ? USERNAME : `${USERNAME}-${randomInt(1_000, 10_000)}`
}

/** Four groups of five: 99 bits. */
const oneTimePassword = () =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join(
    '-',
  )
