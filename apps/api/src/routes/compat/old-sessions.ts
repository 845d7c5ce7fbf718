import { OtpProof } from '@marquee/contracts/otp'
import type { OpenedSession } from '@marquee/core/auth/refresh-tokens'
import { invalid } from '@marquee/core/errors'
import { z } from 'zod'

const OldUser = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  role: z.string(),
})
/** What the originals' clients read after signing in. */
export const OldSession = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  /** Seconds. */
  expires_in: z.int(),
  user: OldUser,
})

/** Only the access token: none of these clients knows how to renew it. They sign in again. */
export function toOldSession({ session }: OpenedSession, now: Date): z.infer<typeof OldSession> {
  const { id, name, username, email, phone, role } = session.user
  return {
    access_token: session.accessToken,
    token_type: 'bearer',
    expires_in: Math.max(0, Math.round((Date.parse(session.expiresAt) - now.getTime()) / 1_000)),
    user: { id, name, username, email, phone, role },
  }
}

/** The one field none of the originals had. */
export const OldProof = OtpProof.optional()

/** An old form is no way round the proof: whoever has none is told how to get one. @throws AppError VALIDATION */
export function requireProof(proof: string | undefined): string {
  if (proof) return proof
  throw invalid(
    'proof',
    'confirm the address first: POST /api/auth/otp/send with purpose "register", then /api/auth/otp/verify, and send its proof here',
  )
}

/** @throws AppError VALIDATION */
export function requireSame(password: string, confirmation: string | undefined): void {
  if (confirmation !== undefined && confirmation !== password)
    throw invalid('confirm_password', 'Passwords do not match')
}
