import { z } from 'zod'
import { Instant, Verbatim } from './common.ts'

export const VerifyTicketQuery = z.object({ token: Verbatim(2000).min(1) })
/** What the door needs to know; nothing about the guest. */
export const TicketVerdict = z
  .object({
    verdict: z.enum(['valid', 'cancelled', 'already_used', 'forged']),
    message: z.string(),
    ticket: z
      .object({
        code: z.string(),
        movie: z.string(),
        theatre: z.string(),
        screen: z.string(),
        seatIds: z.array(z.string()),
        startsAt: Instant,
        timeZone: z.string(),
        usedAt: Instant.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'TicketVerdict' })
export type TicketVerdict = z.infer<typeof TicketVerdict>

/** GET /api/bookings/:id/ticket: what the QR on the guest's own screen says. */
export const TicketCode = z.object({ code: z.string(), verifyUrl: z.url() }).meta({ id: 'TicketCode' })
export type TicketCode = z.infer<typeof TicketCode>
