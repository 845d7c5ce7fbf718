import { z } from 'zod'
import { Id, Instant, Minor } from './common.ts'

const Signed = z.int()

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
      nativeTitle: z.string().nullable(),
      theatre: z.string(),
      screen: z.string(),
      startsAt: Instant,
      timeZone: z.string(),
    }),
    /** The state the cinema stands in: decides between CGST with SGST and IGST. */
    placeOfSupply: z.string(),
    /** Before tax: seats by section, what comes off, the fee. Together with the taxes they are the total. */
    lines: z.array(
      z.object({
        what: z.string(),
        /** The seats, or how it was reckoned. */
        detail: z.string(),
        /** Services accounting code; null where the line is none of the seller's own services. */
        sac: z.string().nullable(),
        quantity: z.int(),
        /** Null where the total is not so many times one price. */
        eachMinor: Signed.nullable(),
        totalMinor: Signed,
      }),
    ),
    taxes: z.array(z.object({ name: z.string(), percent: z.number(), amountMinor: Minor })),
    baseMinor: Minor,
    discountMinor: Minor,
    convenienceFeeMinor: Minor,
    taxMinor: Minor,
    taxPercent: z.number(),
    totalMinor: Minor,
    /** How it was paid; on a credit note, how it goes back. Adds up to the total. */
    paid: z.array(z.object({ by: z.string(), amountMinor: Minor })),
    /** For a credit note: the invoice it takes back from, and why. */
    invoiceNumber: z.string().nullable(),
    reason: z.string().nullable(),
    currency: z.string(),
  })
  .meta({ id: 'InvoiceData' })
export type InvoiceData = z.infer<typeof InvoiceData>

export const InvoiceKind = z.enum(['INVOICE', 'CREDIT_NOTE'])
export type InvoiceKind = z.infer<typeof InvoiceKind>

/** GET /api/bookings/:id/invoices; the PDF of each is GET /api/invoices/:id.pdf, 503 until it is drawn. */
export const InvoiceList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        number: z.string(),
        kind: InvoiceKind,
        issuedAt: Instant,
        totalMinor: Minor,
        pdfReady: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'InvoiceList' })
export type InvoiceList = z.infer<typeof InvoiceList>
