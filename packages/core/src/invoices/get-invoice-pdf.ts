import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'

/**
 * An invoice or a credit note of one of the asker's own bookings.
 * @throws UNAUTHENTICATED; NOT_FOUND for anybody else's; UNAVAILABLE while it is still being drawn (ask again in a moment)
 */
export async function getInvoicePdf(
  ctx: Pick<Ctx, 'db'>,
  actor: Actor,
  input: { invoiceId: string },
): Promise<{ filename: string; bytes: Uint8Array }> {
  const { userId } = authorise(actor, 'user')
  const invoice = await ctx.db.invoice.findFirst({
    where: { id: input.invoiceId, booking: { userId } },
    select: { number: true, kind: true, pdf: true },
  })
  if (!invoice) throw notFound('Invoice')
  if (!invoice.pdf) throw new AppError('UNAVAILABLE', 'Your document is being made. Try again in a few seconds.')
  const what = invoice.kind === 'INVOICE' ? 'invoice' : 'credit-note'
  return { filename: `marquee-${what}-${invoice.number.replaceAll('/', '-')}.pdf`, bytes: invoice.pdf }
}
