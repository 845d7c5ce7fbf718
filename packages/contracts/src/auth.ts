import { z } from 'zod'
import { Id, Instant, PersonName, Text, Verbatim } from './common.ts'
import { Email } from './emails.ts'
import { OtpProof, Phone } from './otp.ts'

export const UserRole = z.enum(['customer', 'host', 'admin', 'superadmin'])
export type UserRole = z.infer<typeof UserRole>

/** 72 bytes is what the originals allowed; longer ones gain nothing. */
export const Password = Verbatim(72).min(8, 'use at least 8 characters')

/** How somebody is called in reviews and chats; told apart without regard to case. */
export const Username = Text(30).regex(
  /^[A-Za-z0-9](?:[A-Za-z0-9._-]{1,28})[A-Za-z0-9]$/,
  'use 3 to 30 letters, digits, dots, hyphens or underscores',
)

export const RegisterBody = z
  .object({
    name: PersonName(100, 'tell us your name'),
    email: Email,
    password: Password,
    username: Username.optional(),
    phone: Phone.optional(),
    /** From POST /api/auth/otp/verify, purpose "register": that the email address, or the phone number, is theirs. */
    proof: OtpProof,
  })
  .meta({ id: 'Register' })
export type RegisterBody = z.infer<typeof RegisterBody>

/** By password: `identifier` is an email address, a phone number or a username; `email` is its older name. */
export const LoginBody = z
  .object({
    identifier: Text(254).min(1, 'enter your email address, phone number or username').optional(),
    email: Text(254).min(1).optional(),
    password: Verbatim(72).min(1, 'enter your password'),
  })
  .refine((body) => body.identifier !== undefined || body.email !== undefined, {
    path: ['identifier'],
    message: 'enter your email address, phone number or username',
  })
  .meta({ id: 'Login' })
export type LoginBody = z.infer<typeof LoginBody>

/** POST /api/auth/login/otp: with a proof of purpose "login". */
export const OtpLoginBody = z.object({ proof: OtpProof }).meta({ id: 'OtpLogin' })
export type OtpLoginBody = z.infer<typeof OtpLoginBody>

export const User = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    username: z.string().nullable(),
    emailVerified: z.boolean(),
    phoneVerified: z.boolean(),
    role: UserRole,
    mustChangePassword: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

/** The refresh token travels only in an httpOnly cookie. */
export const Session = z.object({ accessToken: z.string(), expiresAt: Instant, user: User }).meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const LoggedOut = z.object({ message: z.literal('User logged out') }).meta({ id: 'LoggedOut' })
export type LoggedOut = z.infer<typeof LoggedOut>

/** Accounts of the demonstration data, shown on the sign-in page while developing. */
export const DemoAccountList = z
  .object({ items: z.array(z.object({ name: z.string(), email: z.string(), password: z.string(), role: UserRole })) })
  .meta({ id: 'DemoAccountList' })
export type DemoAccountList = z.infer<typeof DemoAccountList>
