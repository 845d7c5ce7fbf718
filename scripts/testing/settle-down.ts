import { expireBookings } from '@marquee/core/bookings/expire-bookings'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { reconcilePayments } from '@marquee/core/payments/reconcile-payments'
import { eventually } from './eventually.ts'
import { compareBooks } from './gateway-books.ts'
import type { House } from './house.ts'

/** What is still on its way: nothing, once the repairs of a crash are done. */
const ON_ITS_WAY = `
  SELECT 'outbox ' || key AS what FROM outbox_events WHERE published_at IS NULL
  UNION ALL SELECT 'refund ' || id FROM refunds WHERE state <> 'PROCESSED'
  UNION ALL SELECT 'no ticket ' || b.code FROM bookings b WHERE b.status = 'CONFIRMED' AND NOT EXISTS (SELECT FROM ticket_documents d WHERE d.booking_id = b.id)
  UNION ALL SELECT 'no mail ' || b.code FROM bookings b WHERE b.status = 'CONFIRMED'
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = 'ticket.mail:' || b.id AND d.state = 'SENT')
  UNION ALL SELECT 'no cancellation mail ' || c.id FROM cancellations c WHERE c.by <> 'MOVE'
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = 'cancellation.mail:' || c.id AND d.state = 'SENT')
  UNION ALL SELECT 'still in a cancelled showtime ' || b.code FROM bookings b JOIN showtimes s ON s.id = b.showtime_id
    WHERE s.status = 'CANCELLED' AND b.status IN ('CONFIRMED', 'PENDING')
  UNION ALL SELECT 'no refund mail ' || r.id FROM refunds r
    WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = 'refund.mail:' || r.id AND d.state = 'SENT')`

/**
 * Waits until everything that was begun has ended. The reconciler's turn comes at once instead of in half a minute: its
 * rows are made older, which is all that waiting would do.
 */
export async function settleDown(house: House, withinMs = 40_000): Promise<void> {
  const { ctx } = house
  await eventually(async () => {
    await ctx.pool.query(
      `UPDATE payments SET created_at = created_at - interval '1 minute', checked_at = NULL WHERE state IN ('CREATED', 'FAILED')`,
    )
    await ctx.pool.query(
      `UPDATE refunds SET updated_at = least(updated_at, now() - interval '2 minutes'), checked_at = NULL WHERE state IN ('DUE', 'PENDING')`,
    )
    await reconcilePayments(ctx)
    await expireBookings(ctx)
    const open = await stillOpen(house)
    if (open.length > 0) throw new Error(`still open: ${open.slice(0, 10).join('; ')}\n${house.output()}`)
  }, withinMs)
}

async function stillOpen({ ctx, ledger }: House): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ what: string }>(ON_ITS_WAY)
  return [...rows.map((row) => row.what), ...(await compareBooks(ledger, ctx.pool))]
}

/** Every promise at once, when nothing is in flight. @returns what is broken */
export async function audit({ ctx, ledger }: House): Promise<string[]> {
  const { violations } = await checkInvariants(ctx, { quiet: true })
  const { rows: twice } = await ctx.pool.query<{ what: string }>(
    // Who paid twice and both times too late is told of two refunds of one booking and one sum: each mail names its own.
    `SELECT count(*) || ' mails "' || subject || '" to ' || recipient AS what
       FROM captured_messages
      GROUP BY subject, recipient, substring(text from '/bookings/([0-9a-f-]{36})'), substring(text from '/refunds/([\\w-]+)')
     HAVING count(*) > 1`,
  )
  return [
    ...violations.map((violation) => `${violation.invariant} ${violation.detail}`),
    ...twice.map((row) => row.what),
    ...(await compareBooks(ledger, ctx.pool)),
  ]
}
