import type { CancellationView, RefundView } from '@marquee/contracts/cancellations'
import type { Prisma, Refund } from '../generated/prisma/client.ts'
import { REFUND_REASONS } from './states.ts'

type CancellationRow = Prisma.CancellationGetPayload<{
  include: { refunds: true; creditNote: { select: { number: true } } }
}>

/** One act of cancelling, as its guest sees it. */
export const cancellationView = (row: CancellationRow, seats: { seat: number; label: string }[]): CancellationView => ({
  id: row.id,
  by: row.by,
  seatIds: seats.filter(({ seat }) => row.seats.includes(seat)).map(({ label }) => label),
  refundMinor: row.refundMinor,
  toVoucherMinor: row.toVoucherMinor,
  percent: row.percent,
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
  refunds: row.refunds.map(refundView),
  creditNoteNumber: row.creditNote?.number ?? null,
})

export const refundView = (refund: Refund): RefundView => ({
  reference: refund.reference,
  state: refund.state,
  amountMinor: refund.amountMinor,
  reason: REFUND_REASONS[refund.reason] ?? 'This payment goes back in full.',
  startedAt: refund.createdAt.toISOString(),
  promisedBy: refund.promisedBy?.toISOString() ?? null,
  processedAt: refund.processedAt?.toISOString() ?? null,
})
