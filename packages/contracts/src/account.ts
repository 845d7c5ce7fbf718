import { z } from 'zod'
import { Password, User, Username } from './auth.ts'
import { Currency, Id, Instant, PersonName, Verbatim } from './common.ts'
import { OtpProof } from './otp.ts'

/** PATCH /api/account; answers the User, as GET does. `username: null` gives it up. */
export const ProfilePatch = z
  .object({ name: PersonName(100, 'tell us your name'), username: Username.nullable() })
  .partial()
  .meta({ id: 'ProfilePatch' })
export type ProfilePatch = z.infer<typeof ProfilePatch>

/**
 * PUT /api/account/password; answers a new Session, its refresh token in the cookie. Every other session is ended, and so
 * are all access tokens from before. A wrong present password is VALIDATION on its field: 401 would read as signed out.
 */
export const ChangePasswordBody = z
  .object({ currentPassword: Verbatim(72).min(1, 'enter your present password'), newPassword: Password })
  .meta({ id: 'ChangePassword' })
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>

/** POST /api/auth/password/reset, with a proof of purpose "reset-password"; answers Done. Ends every session. */
export const ResetPasswordBody = z.object({ proof: OtpProof, newPassword: Password }).meta({ id: 'ResetPassword' })
export type ResetPasswordBody = z.infer<typeof ResetPasswordBody>

/**
 * PUT /api/account/email and /phone; answers the User. The proof, of purpose "change-email" or "change-phone", says which
 * address or number. EMAIL_TAKEN, PHONE_TAKEN and a wrong password (VALIDATION on its field) leave it good. The password may
 * be left out only where there is none: a new address is a new way in.
 */
export const ChangeContactBody = z
  .object({ proof: OtpProof, password: Verbatim(72).optional() })
  .meta({ id: 'ChangeContact' })
export type ChangeContactBody = z.infer<typeof ChangeContactBody>

/**
 * GET /api/account/sessions: the hundred used last. DELETE /api/account/sessions/:id ends one, POST
 * /api/account/sessions/end-all ends every one, this one too; both answer Done.
 */
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

/**
 * POST /api/account/delete; answers Done, and every session is over. Who has no password, or does not remember it, proves
 * themselves by a code of purpose "login". Tickets for films to come stay good at the door; nobody can be written to about
 * them any more, and they can no longer be cancelled online.
 */
export const DeleteAccountBody = z
  .object({ password: Verbatim(72).optional(), proof: OtpProof.optional(), confirm: z.literal('DELETE') })
  .meta({ id: 'DeleteAccount' })
export type DeleteAccountBody = z.infer<typeof DeleteAccountBody>

export const Done = z.object({ message: z.string() }).meta({ id: 'Done' })
export type Done = z.infer<typeof Done>

/** GET /api/account/export: everything kept about the person who asks, as a file. */
export const AccountExport = z
  .object({
    madeAt: Instant,
    profile: User.extend({ lastAccessAt: Instant.nullable() }),
    sessions: z.array(
      z.object({ device: z.string(), startedAt: Instant, lastUsedAt: Instant, endedAt: Instant.nullable() }),
    ),
    bookings: z.array(
      z.object({
        code: z.string(),
        status: z.string(),
        movie: z.string(),
        theatre: z.string(),
        city: z.string(),
        startsAt: Instant,
        email: z.string(),
        createdAt: Instant,
        confirmedAt: Instant.nullable(),
        cancelledAt: Instant.nullable(),
        currency: Currency,
        baseMinor: z.int(),
        discountMinor: z.int(),
        convenienceFeeMinor: z.int(),
        taxMinor: z.int(),
        totalMinor: z.int(),
        voucherMinor: z.int(),
        creditMinor: z.int(),
        promoCode: z.string().nullable(),
        seats: z.array(z.object({ seatId: z.string(), section: z.string(), priceMinor: z.int() })),
        tickets: z.array(z.object({ seatId: z.string(), status: z.string(), usedAt: Instant.nullable() })),
        cancellations: z.array(
          z.object({ by: z.string(), reason: z.string(), refundMinor: z.int(), createdAt: Instant }),
        ),
        invoices: z.array(z.object({ number: z.string(), kind: z.string(), issuedAt: Instant })),
      }),
    ),
    payments: z.array(
      z.object({
        bookingCode: z.string(),
        gateway: z.string(),
        orderId: z.string().nullable(),
        state: z.string(),
        amountMinor: z.int(),
        currency: Currency,
        createdAt: Instant,
        captured: z.array(z.object({ paymentId: z.string(), amountMinor: z.int(), capturedAt: Instant })),
      }),
    ),
    refunds: z.array(
      z.object({
        bookingCode: z.string(),
        reference: z.string(),
        state: z.string(),
        amountMinor: z.int(),
        reason: z.string(),
        createdAt: Instant,
        processedAt: Instant.nullable(),
      }),
    ),
    /** What was sent, when and where to; not its words. */
    messages: z.array(
      z.object({ channel: z.string(), recipient: z.string(), about: z.string(), sentAt: Instant.nullable() }),
    ),
    adminRequests: z.array(
      z.object({ organisation: z.string(), message: z.string(), state: z.string(), createdAt: Instant }),
    ),
    /** What is waited for, and what was told of it. */
    alerts: z.array(
      z.object({
        film: z.string(),
        city: z.string(),
        name: z.string(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
        state: z.string(),
        channels: z.array(z.string()),
        partySize: z.int(),
        filters: z.record(z.string(), z.unknown()),
        createdAt: Instant,
        told: z.array(
          z.object({
            kind: z.string(),
            state: z.string(),
            openedAt: Instant,
            attempts: z.array(
              z.object({
                channel: z.string(),
                outcome: z.string(),
                sentAt: Instant.nullable(),
                /** Pressed during a call. */
                keys: z.string(),
              }),
            ),
          }),
        ),
      }),
    ),
    notifications: z.array(
      z.object({
        kind: z.string(),
        title: z.string(),
        body: z.string(),
        createdAt: Instant,
        readAt: Instant.nullable(),
      }),
    ),
    /** What was agreed to beyond what a booking needs, word for word. */
    consents: z.array(z.object({ what: z.string(), givenAt: Instant, withdrawnAt: Instant.nullable() })),
  })
  .meta({ id: 'AccountExport' })
export type AccountExport = z.infer<typeof AccountExport>
