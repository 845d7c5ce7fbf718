import { z } from 'zod'
import { Id, Instant, Text, Verbatim } from './common.ts'

export const UserRole = z.enum(['customer', 'host', 'admin', 'superadmin'])
export type UserRole = z.infer<typeof UserRole>

export const Email = Text(254).toLowerCase().pipe(z.email('enter an email address, for example asha@example.com'))
/** 72 bytes is what the originals allowed; longer ones gain nothing. */
export const Password = Verbatim(72).min(8, 'use at least 8 characters')

export const RegisterBody = z
  .object({
    name: Text(100).min(1, 'tell us your name'),
    email: Email,
    password: Password,
  })
  .meta({ id: 'Register' })
export type RegisterBody = z.infer<typeof RegisterBody>

export const LoginBody = z
  .object({ email: Email, password: Verbatim(72).min(1, 'enter your password') })
  .meta({ id: 'Login' })
export type LoginBody = z.infer<typeof LoginBody>

export const User = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
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
