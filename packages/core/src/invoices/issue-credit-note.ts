import type { InvoiceData } from '@marquee/contracts/invoices'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { formatMinor } from '../money.ts'
import { loadInvoiceFacts } from './invoice-facts.ts'
import { creditNoteAmounts } from './invoice-lines.ts'
import { issueInvoice } from './issue-invoice.ts'
import { type Issued, issueOnce } from './issue-once.ts'

const CANCELLATION = {
  creditNote: { select: { id: true, number: true } },
  booking: {
    select: { movedTo: { where: { confirmedAt: { not: null } }, select: { code: true, creditMinor: true } } },
  },
} satisfies Prisma.CancellationInclude

type CancellationRow = Prisma.CancellationGetPayload<{ include: typeof CANCELLATION }>

/**
 * The one credit note of a cancellation that gave something back: money, or credit for the booking that took its place.
 * The invoice it takes back from is issued first if it was not yet. @returns null when nothing came back.
 * @throws NOT_FOUND
 */
export async function issueCreditNote(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock'>,
  input: { cancellationId: string },
): Promise<Issued | null> {
  const cancellation = await ctx.db.cancellation.findUnique({
    where: { id: input.cancellationId },
    include: CANCELLATION,
  })
  if (!cancellation) throw notFound('Cancellation')
  if (cancellation.creditNote) return cancellation.creditNote
  const back = givenBack(cancellation)
  const totalMinor = back.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (totalMinor === 0) return null
  const { bookingId } = cancellation
  const invoice = await issueInvoice(ctx, { bookingId })
  const { booking, seats, common, sameState } = await loadInvoiceFacts(ctx, bookingId)
  const { by, percent, baseMinor } = cancellation
  const amounts = {
    seats: cancellation.seats,
    totalMinor,
    // The fee comes back only when it was not the guest who changed their mind.
    forSeatsMinor: by === 'GUEST' ? totalMinor : Math.min(totalMinor, baseMinor),
    note: by === 'GUEST' && percent < 100 ? partOf(percent, baseMinor, booking.discountMinor > 0) : '',
  }
  const data: InvoiceData = {
    ...common,
    ...creditNoteAmounts(booking, amounts, seats, sameState),
    paid: back,
    invoiceNumber: invoice.number,
    reason: reasonOf(cancellation),
  }
  return issueOnce(ctx, { kind: 'CREDIT_NOTE', bookingId, cancellationId: cancellation.id, data })
}

/** "75 % of ₹345.00, the price less its discount": what can be reckoned again from the invoice. */
const partOf = (percent: number, baseMinor: number, discounted: boolean) =>
  `${percent}\u00a0% of ${formatMinor(baseMinor)}${discounted ? ', the price less its discount' : ''}`

function givenBack({ by, refundMinor, toVoucherMinor, booking }: CancellationRow): InvoiceData['paid'] {
  const movedTo = by === 'MOVE' ? booking.movedTo[0] : undefined
  const ways = [
    { by: `Carried over to booking ${movedTo?.code}`, amountMinor: movedTo?.creditMinor ?? 0 },
    { by: 'Put back on the gift voucher', amountMinor: toVoucherMinor },
    { by: 'Refunded the way it was paid', amountMinor: refundMinor - toVoucherMinor },
  ]
  return ways.filter(({ amountMinor }) => amountMinor > 0)
}

const REASONS: Record<CancellationRow['by'], string> = {
  GUEST: 'Cancelled by the guest',
  CINEMA: 'Cancelled by the cinema',
  MOVE: 'Moved to another showtime',
}
/** The cinema's own words are for the guest; a guest's own are not for paper. */
const reasonOf = ({ by, reason }: CancellationRow) =>
  by === 'CINEMA' && reason ? `${REASONS[by]}: ${reason}` : REASONS[by]
