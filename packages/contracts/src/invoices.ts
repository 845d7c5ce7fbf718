import { z } from 'zod'
import { Id, Instant, Minor } from './common.ts'

/** What an invoice or a credit note says; written once, with its number. */
export const InvoiceData = z
  .object({
    seller: z.object({
      name: z.string(),
      address: z.array(z.string()),
      gstin: z.string().nullable(),
      state: z.string(),
    }),
    buyer: z.object({ name: z.string(), email: z.string().nullable() }),
    booking: z.object({
      code: z.string(),
      movie: z.string(),
      theatre: z.string(),
      screen: z.string(),
      startsAt: Instant,
      timeZone: z.string(),
    }),
    lines: z.array(z.object({ what: z.string(), quantity: z.int(), eachMinor: z.int(), totalMinor: z.int() })),
    baseMinor: Minor,
    discountMinor: Minor,
    convenienceFeeMinor: Minor,
    taxMinor: Minor,
    taxPercent: z.number(),
    totalMinor: Minor,
    paid: z.array(z.object({ by: z.string(), amountMinor: Minor })),
    /** For a credit note: the invoice it takes back from. */
    invoiceNumber: z.string().nullable(),
    currency: z.string(),
  })
  .meta({ id: 'InvoiceData' })
export type InvoiceData = z.infer<typeof InvoiceData>

/** GET /api/bookings/:id/invoices */
export const InvoiceList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        number: z.string(),
        kind: z.enum(['INVOICE', 'CREDIT_NOTE']),
        issuedAt: Instant,
        totalMinor: Minor,
        pdfReady: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'InvoiceList' })
export type InvoiceList = z.infer<typeof InvoiceList>
