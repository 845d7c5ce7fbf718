import type { InvoiceData, InvoiceKind } from '@marquee/contracts/invoices'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { nextNumber, numberIn, seriesOf, takeNumber } from './series.ts'

export type Issued = { id: string; number: string }

/**
 * Gives a document its number and writes it, in one transaction with the order to draw it. Of two that do so at once the
 * second waits for the series, then finds the document written and takes no number.
 */
export async function issueOnce(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  document: { kind: InvoiceKind; bookingId: string; cancellationId: string | null; data: InvoiceData },
): Promise<Issued> {
  const { kind, bookingId, cancellationId, data } = document
  return ctx.db.$transaction(async (tx) => {
    const issuedAt = ctx.clock.now()
    const series = seriesOf(kind, issuedAt)
    const next = await nextNumber(tx, series)
    const earlier = await tx.invoice.findFirst({
      where: kind === 'INVOICE' ? { bookingId, kind } : { cancellationId },
      select: { id: true, number: true },
    })
    if (earlier) return earlier
    const issued = { id: newId(), number: numberIn(series, next) }
    await tx.invoice.create({ data: { ...issued, kind, bookingId, cancellationId, data, issuedAt } })
    await takeNumber(tx, series)
    await tx.outboxEvent.create({
      data: { key: `invoice.render:${issued.id}`, topic: 'invoice.render', payload: { invoiceId: issued.id } },
    })
    return issued
  })
}
