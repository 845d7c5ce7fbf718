import { z } from 'zod'
import { Instant, Text } from './common.ts'
import { Email } from './emails.ts'

/** E.164: a plus, the country, the number; spaces, hyphens and brackets in between are taken out. */
export const Phone = Text(40)
  .overwrite((text) => text.replaceAll(/[\s().-]/g, ''))
  .regex(/^\+[1-9]\d{7,14}$/, 'enter the number with its country, for example +91 98765 43210')

export const OtpPurpose = z.enum([
  'register',
  'login',
  'reset-password',
  'change-email',
  'change-phone',
  'admin-request',
  /** The number an alert calls, or the address it mails. */
  'alert',
])
export type OtpPurpose = z.infer<typeof OtpPurpose>
/** Six digits; what a phone pastes around them is taken out. */
export const OtpCode = Text(20)
  .overwrite((text) => text.replaceAll(/[\s-]/g, ''))
  .regex(/^\d{6}$/, 'enter the six digits of the code')
const Secret = Text(100).min(20)

/** POST /api/auth/otp/send. Exactly one of email and phone. */
export const SendOtpBody = z
  .object({ purpose: OtpPurpose, email: Email.optional(), phone: Phone.optional() })
  .refine((body) => (body.email === undefined) !== (body.phone === undefined), {
    path: ['email'],
    message: 'enter an email address or a phone number, one of them',
  })
  .meta({ id: 'SendOtp' })
export type SendOtpBody = z.infer<typeof SendOtpBody>

/** The same whether or not there is an account. */
export const OtpSent = z
  .object({
    challengeId: z.uuid(),
    channel: z.enum(['email', 'sms']),
    /** Where it went, partly hidden: "a•••@example.com", "+91 ••••• ••210". */
    sentTo: z.string(),
    expiresAt: Instant,
    resendAt: Instant,
    now: Instant,
  })
  .meta({ id: 'OtpSent' })
export type OtpSent = z.infer<typeof OtpSent>

/** POST /api/auth/otp/resend */
export const ResendOtpBody = z.object({ challengeId: z.uuid() }).meta({ id: 'ResendOtp' })
export type ResendOtpBody = z.infer<typeof ResendOtpBody>

/** POST /api/auth/otp/verify */
export const VerifyOtpBody = z.object({ challengeId: z.uuid(), code: OtpCode }).meta({ id: 'VerifyOtp' })
export type VerifyOtpBody = z.infer<typeof VerifyOtpBody>

/** A right code is exchanged for a proof: good once, for fifteen minutes, for its purpose alone. */
export const OtpProof = Secret
export const OtpVerified = z.object({ proof: z.string(), expiresAt: Instant }).meta({ id: 'OtpVerified' })
export type OtpVerified = z.infer<typeof OtpVerified>
