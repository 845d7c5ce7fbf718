import { z } from 'zod'

/** Every way a request can fail. The API maps each to one status, the web app to one sentence. */
export const ErrorCode = z.enum([
  'VALIDATION',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'EMAIL_TAKEN',
  'PHONE_TAKEN',
  'USERNAME_TAKEN',
  'OTP_WRONG',
  'OTP_ENDED',
  'PASSWORD_CHANGE_REQUIRED',
  'BAD_CREDENTIALS',
  'SEATS_TAKEN',
  'TOO_MANY_SEATS',
  'HOLD_GONE',
  'HOLD_LIMIT',
  'SALES_CLOSED',
  'PRICE_CHANGED',
  'PROMO_REFUSED',
  'VOUCHER_REFUSED',
  'NOT_CANCELLABLE',
  'IDEMPOTENCY_KEY_REUSED',
  'BAD_SIGNATURE',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMITED',
  'GATEWAY_UNAVAILABLE',
  'UNAVAILABLE',
  'INTERNAL',
])
export type ErrorCode = z.infer<typeof ErrorCode>

export const FieldIssue = z.object({ field: z.string(), message: z.string() })
export type FieldIssue = z.infer<typeof FieldIssue>

export const ErrorBody = z
  .object({
    error: z.object({
      code: ErrorCode,
      message: z.string(),
      /** VALIDATION: what is wrong with which field. SEATS_TAKEN: the seats in conflict. */
      details: z.object({ fields: z.array(FieldIssue).optional(), seatIds: z.array(z.string()).optional() }).optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' })
export type ErrorBody = z.infer<typeof ErrorBody>
