import type { RegisterBody } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import { classifyFault } from '../faults.ts'
import type { User } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { findTaken, type Identity, takenError } from './find-taken.ts'
import { passwordProblem } from './password-problem.ts'
import { hashPassword } from './passwords.ts'
import { type OpenedSession, openSession } from './refresh-tokens.ts'
import { releaseUnproved } from './release-unproved.ts'
import { isReservedUsername, RESERVED_PROBLEM } from './reserved-usernames.ts'
import { spendOtpProof } from './spend-otp-proof.ts'

type RegisterCtx = Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey'>

/**
 * Makes a customer's account and signs its owner in. The role is never taken from the request; the proof says that the
 * email address, or else the phone number, is theirs.
 * @throws AppError OTP_ENDED, EMAIL_TAKEN, PHONE_TAKEN, USERNAME_TAKEN, VALIDATION (a password that would be guessed at
 * once; a username that is kept for the house; something else was proved)
 */
export async function registerUser(
  ctx: RegisterCtx,
  input: RegisterBody & { userAgent?: string | undefined },
): Promise<OpenedSession> {
  const who = { ...input, email: input.email.toLowerCase() }
  const problem = passwordProblem(who.password, who)
  if (problem) throw invalid('password', problem)
  if (who.username && isReservedUsername(who.username)) throw invalid('username', RESERVED_PROBLEM)
  const passwordHash = await hashPassword(who.password)
  const made = await create(ctx, who, passwordHash).catch(async (error: unknown) => {
    if (classifyFault(error) !== 'conflict') throw error
    // Somebody else took it between the look and the insert.
    return { taken: (await findTaken(ctx.db, who)) ?? ('email' as const) }
  })
  if ('taken' in made) throw takenError(made.taken)
  return openSession(ctx, made.user, input.userAgent)
}

async function create(
  ctx: RegisterCtx,
  who: RegisterBody,
  passwordHash: string,
): Promise<{ user: User } | { taken: keyof Identity }> {
  const { name, email, phone, username } = who
  const now = ctx.clock.now()
  return ctx.db.$transaction(async (tx) => {
    const proved = await spendOtpProof(tx, { proof: who.proof, purpose: 'register', now })
    const field = proved.channel === 'email' ? 'email' : 'phone'
    if (who[field] !== proved.destination) throw invalid(field, 'is not the one that the code was sent to')
    await releaseUnproved(tx, proved)
    const taken = await findTaken(tx, who)
    // Whoever asks about an address that is not theirs has spent their proof with it: one code, one answer. Another
    // username may be tried with the same one.
    if (taken && taken !== field && taken !== 'username') return { taken }
    if (taken) throw takenError(taken)
    const user = await tx.user.create({
      data: {
        id: newId(),
        name,
        email,
        phone: phone ?? null,
        username: username ?? null,
        passwordHash,
        role: 'customer',
        emailVerifiedAt: field === 'email' ? now : null,
        phoneVerifiedAt: field === 'phone' ? now : null,
        createdAt: now,
        lastAccessAt: now,
      },
    })
    return { user }
  })
}
