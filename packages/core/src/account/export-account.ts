import type { AccountExport } from '@marquee/contracts/account'
import { exportAlerts } from '../alerts/export-alerts.ts'
import { authorise } from '../auth/access.ts'
import { provedContacts } from '../auth/otp/find-owner.ts'
import { toUserView } from '../auth/user-view.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { accountMailKeys } from './account-mails.ts'
import { startOf } from './list-sessions.ts'

const BOOKING = {
  seats: { orderBy: { seat: 'asc' } },
  tickets: { orderBy: { seat: 'asc' } },
  payments: {
    orderBy: { createdAt: 'asc' },
    include: { captures: { orderBy: { capturedAt: 'asc' }, include: { refunds: { orderBy: { createdAt: 'asc' } } } } },
  },
  cancellations: { orderBy: { createdAt: 'asc' } },
  invoices: { orderBy: { issuedAt: 'asc' }, select: { number: true, kind: true, issuedAt: true } },
  promo: { include: { promo: { select: { code: true } } } },
  showtime: {
    select: {
      startsAt: true,
      movie: { select: { title: true } },
      screen: { select: { theatre: { select: { name: true, city: { select: { name: true } } } } } },
    },
  },
} satisfies Prisma.BookingInclude
type BookingRow = Prisma.BookingGetPayload<{ include: typeof BOOKING }>

/** Everything kept about the person who asks, and about nobody else. @throws AppError UNAUTHENTICATED */
export async function exportAccount(ctx: Pick<Ctx, 'db' | 'clock' | 'config'>, actor: Actor): Promise<AccountExport> {
  const { userId } = authorise(actor, 'user')
  const user = await ctx.db.user.findFirst({
    where: { id: userId, deletedAt: null },
    include: {
      refreshTokens: { orderBy: { createdAt: 'asc' } },
      bookings: { orderBy: { createdAt: 'asc' }, include: BOOKING },
      adminRequests: { orderBy: { createdAt: 'asc' } },
    },
  })
  if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
  // Not what they only typed: what was sent there may have been for its owner.
  const messages = await ctx.db.delivery.findMany({
    where: { OR: [{ recipient: { in: provedContacts(user) } }, { eventKey: { startsWith: accountMailKeys(userId) } }] },
    orderBy: { createdAt: 'asc' },
  })
  return {
    madeAt: ctx.clock.now().toISOString(),
    profile: { ...toUserView(user), lastAccessAt: text(user.lastAccessAt) },
    sessions: sessionsOf(user.refreshTokens),
    bookings: user.bookings.map(bookingOf),
    payments: user.bookings.flatMap(paymentsOf),
    refunds: user.bookings.flatMap(refundsOf),
    messages: messages.map(({ channel, recipient, template, sentAt }) => ({
      channel,
      recipient,
      about: template,
      sentAt: text(sentAt),
    })),
    adminRequests: user.adminRequests.map(({ organisation, message, state, createdAt }) => ({
      organisation,
      message,
      state,
      createdAt: createdAt.toISOString(),
    })),
    ...(await exportAlerts(ctx, userId)),
  }
}

const text = (at: Date | null) => at?.toISOString() ?? null

function sessionsOf(tokens: { familyId: string; device: string; createdAt: Date; revokedAt: Date | null }[]) {
  return [...Map.groupBy(tokens, (token) => token.familyId)].map(([id, family]) => {
    const last = family.at(-1)
    return {
      device: last?.device ?? '',
      startedAt: startOf(id).toISOString(),
      lastUsedAt: (last?.createdAt ?? startOf(id)).toISOString(),
      endedAt: text(last?.revokedAt ?? null),
    }
  })
}

function bookingOf(row: BookingRow): AccountExport['bookings'][number] {
  const { theatre } = row.showtime.screen
  return {
    code: row.code,
    status: row.status,
    movie: row.showtime.movie.title,
    theatre: theatre.name,
    city: theatre.city.name,
    startsAt: row.showtime.startsAt.toISOString(),
    email: row.email,
    createdAt: row.createdAt.toISOString(),
    confirmedAt: text(row.confirmedAt),
    cancelledAt: text(row.cancelledAt),
    currency: 'INR',
    baseMinor: row.baseMinor,
    discountMinor: row.discountMinor,
    convenienceFeeMinor: row.convenienceFeeMinor,
    taxMinor: row.taxMinor,
    totalMinor: row.totalMinor,
    voucherMinor: row.voucherMinor,
    creditMinor: row.creditMinor,
    promoCode: row.promo?.promo.code ?? null,
    seats: row.seats.map(({ label, section, priceMinor }) => ({ seatId: label, section, priceMinor })),
    tickets: row.tickets.map(({ label, status, usedAt }) => ({ seatId: label, status, usedAt: text(usedAt) })),
    cancellations: row.cancellations.map(({ by, reason, refundMinor, createdAt }) => ({
      by,
      reason,
      refundMinor,
      createdAt: createdAt.toISOString(),
    })),
    invoices: row.invoices.map(({ number, kind, issuedAt }) => ({ number, kind, issuedAt: issuedAt.toISOString() })),
  }
}

const paymentsOf = (row: BookingRow): AccountExport['payments'] =>
  row.payments.map((payment) => ({
    bookingCode: row.code,
    gateway: payment.gateway,
    orderId: payment.gatewayOrderId,
    state: payment.state,
    amountMinor: payment.amountMinor,
    currency: 'INR',
    createdAt: payment.createdAt.toISOString(),
    captured: payment.captures.map(({ gatewayPaymentId, amountMinor, capturedAt }) => ({
      paymentId: gatewayPaymentId,
      amountMinor,
      capturedAt: capturedAt.toISOString(),
    })),
  }))

const refundsOf = (row: BookingRow): AccountExport['refunds'] =>
  row.payments
    .flatMap((payment) => payment.captures)
    .flatMap((capture) => capture.refunds)
    .map((refund) => ({
      bookingCode: row.code,
      reference: refund.reference,
      state: refund.state,
      amountMinor: refund.amountMinor,
      reason: refund.reason,
      createdAt: refund.createdAt.toISOString(),
      processedAt: text(refund.processedAt),
    }))
