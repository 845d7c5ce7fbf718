import type { InvoiceData } from '@marquee/contracts/invoices'
import type { Ctx } from '../context.ts'
import { type BookingToInvoice, loadInvoiceFacts } from './invoice-facts.ts'
import { invoiceAmounts } from './invoice-lines.ts'
import { type Issued, issueOnce } from './issue-once.ts'

/**
 * The one invoice of a booking that was sold; asked again, the same one. What it says is frozen with its number.
 * @throws NOT_FOUND when there is no such booking, or it never was confirmed
 */
export async function issueInvoice(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock'>,
  input: { bookingId: string },
): Promise<Issued> {
  const { bookingId } = input
  const earlier = await ctx.db.invoice.findFirst({
    where: { bookingId, kind: 'INVOICE' },
    select: { id: true, number: true },
  })
  if (earlier) return earlier
  const { booking, seats, common, sameState } = await loadInvoiceFacts(ctx, bookingId)
  const data: InvoiceData = {
    ...common,
    ...invoiceAmounts(booking, seats, sameState),
    paid: paidBy(booking),
    invoiceNumber: null,
    reason: null,
  }
  return issueOnce(ctx, { kind: 'INVOICE', bookingId, cancellationId: null, data })
}

function paidBy(booking: BookingToInvoice): InvoiceData['paid'] {
  const { totalMinor, voucherMinor, creditMinor, voucher, movedFrom } = booking
  const paymentId = booking.payments.flatMap(({ captures }) => captures)[0]?.gatewayPaymentId
  const ways = [
    { by: movedFrom ? `Carried over from booking ${movedFrom.code}` : 'Carried over', amountMinor: creditMinor },
    { by: voucher ? `Gift voucher ending ${voucher.voucher.hint}` : 'Gift voucher', amountMinor: voucherMinor },
    {
      by: paymentId ? `Paid online, ${paymentId}` : 'Paid online',
      amountMinor: totalMinor - voucherMinor - creditMinor,
    },
  ]
  return ways.filter(({ amountMinor }) => amountMinor > 0)
}
