import type { Ctx } from '../context.ts'
import { ticketMailKey } from './mail-ticket.ts'

/** Younger bookings are left to the jobs of their own commit. */
const AFTER_SECONDS = 120
const WITHIN_DAYS = 3
const BATCH = 200

/**
 * Confirmed bookings whose ticket mail neither went out nor was refused for good: their jobs were lost with Redis or gave
 * up. Oldest first, bounded.
 */
export async function findUnsentTickets(ctx: Pick<Ctx, 'pool'>): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT b.id FROM bookings b
      WHERE b.status = 'CONFIRMED'
        AND b.confirmed_at BETWEEN clock_timestamp() - make_interval(days => $1) AND clock_timestamp() - make_interval(secs => $2)
        AND EXISTS (SELECT FROM outbox_events o WHERE o.key = 'booking.confirmed:' || b.id) -- not the demo's house sales
        AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = $3 || b.id AND d.channel = 'email' AND d.state IN ('SENT', 'FAILED'))
      ORDER BY b.confirmed_at LIMIT $4`,
    [WITHIN_DAYS, AFTER_SECONDS, ticketMailKey(''), BATCH],
  )
  return rows.map((row) => row.id)
}
