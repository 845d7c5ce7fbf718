import type { Ctx } from '../context.ts'
import { SWEEP_AFTER_SECONDS, SWEEP_WITHIN_DAYS } from '../jobs/sweep-turn.ts'
import { ticketMailKey } from './mail-ticket.ts'

const BATCH = 200

/**
 * Confirmed bookings whose ticket mail neither went out nor was refused for good: their jobs were lost with Redis or gave
 * up. A show that is over needs no ticket. Bounded, and in no order: two hundred that can never be sent hold up nobody.
 */
export async function findUnsentTickets(ctx: Pick<Ctx, 'pool'>): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT b.id FROM bookings b JOIN showtimes s ON s.id = b.showtime_id AND s.ends_at > now()
      WHERE b.status = 'CONFIRMED' AND b.email <> ''
        AND b.confirmed_at BETWEEN now() - make_interval(days => $1) AND now() - make_interval(secs => $2)
        AND EXISTS (SELECT FROM outbox_events o WHERE o.key = 'booking.confirmed:' || b.id) -- not the demo's house sales
        AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = $3 || b.id AND d.channel = 'email' AND d.state IN ('SENT', 'FAILED'))
      ORDER BY random() LIMIT $4`,
    [SWEEP_WITHIN_DAYS, SWEEP_AFTER_SECONDS, ticketMailKey(''), BATCH],
  )
  return rows.map((row) => row.id)
}
