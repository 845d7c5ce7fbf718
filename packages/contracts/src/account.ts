import { z } from 'zod'
import { Password, Username } from './auth.ts'
import { Id, Instant, Text, Verbatim } from './common.ts'
import { OtpProof } from './otp.ts'

/** PATCH /api/account */
export const ProfilePatch = z
  .object({ name: Text(100).min(1, 'tell us your name'), username: Username.nullable() })
  .partial()
  .meta({ id: 'ProfilePatch' })
export type ProfilePatch = z.infer<typeof ProfilePatch>

/** PUT /api/account/password. Ends every other session. */
export const ChangePasswordBody = z
  .object({ currentPassword: Verbatim(72).min(1, 'enter your present password'), newPassword: Password })
  .meta({ id: 'ChangePassword' })
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>

/** POST /api/auth/password/reset, with a proof of purpose "reset-password". Ends every session. */
export const ResetPasswordBody = z.object({ proof: OtpProof, newPassword: Password }).meta({ id: 'ResetPassword' })
export type ResetPasswordBody = z.infer<typeof ResetPasswordBody>

/** PUT /api/account/email and /phone: the proof says which address or number. */
export const ChangeContactBody = z.object({ proof: OtpProof }).meta({ id: 'ChangeContact' })
export type ChangeContactBody = z.infer<typeof ChangeContactBody>

/** GET /api/account/sessions */
export const SessionList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        /** "Firefox on Windows" */
        device: z.string(),
        startedAt: Instant,
        lastUsedAt: Instant,
        current: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SessionList' })
export type SessionList = z.infer<typeof SessionList>

/** POST /api/account/delete. Accounts without a password prove themselves by a code of purpose "login". */
export const DeleteAccountBody = z
  .object({ password: Verbatim(72).optional(), proof: OtpProof.optional(), confirm: z.literal('DELETE') })
  .meta({ id: 'DeleteAccount' })
export type DeleteAccountBody = z.infer<typeof DeleteAccountBody>

export const Done = z.object({ message: z.string() }).meta({ id: 'Done' })
export type Done = z.infer<typeof Done>
