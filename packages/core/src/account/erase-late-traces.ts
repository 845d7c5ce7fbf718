import type { Ctx } from '../context.ts'
import { ORDER_OF_MESSAGE, WITHOUT_PAYER } from './payer-traces.ts'

/** The gateway tells of refunds for weeks; a message older than that is gone by the general rule. */
const FOR_DAYS = 90

/**
 * What came in about a person after they were erased: the gateway's messages about their refunds, and a booking that was
 * being made at that moment. Every hour; few people leave, so it is little work. @returns rows changed
 */
export async function eraseLateTraces(ctx: Pick<Ctx, 'pool'>): Promise<number> {
  const late = `users u JOIN bookings b ON b.user_id = u.id WHERE u.deleted_at > now() - interval '${FOR_DAYS} days'`
  const bookings = await ctx.pool.query(
    `UPDATE bookings SET email = '' WHERE id IN (SELECT b.id FROM ${late} AND b.email <> '')`,
  )
  const messages = await ctx.pool.query(
    `UPDATE webhook_events SET payload = ${WITHOUT_PAYER}
      WHERE payload <> ${WITHOUT_PAYER} AND ${ORDER_OF_MESSAGE} IN
        (SELECT p.gateway_order_id FROM payments p WHERE p.booking_id IN (SELECT b.id FROM ${late}))`,
  )
  return (bookings.rowCount ?? 0) + (messages.rowCount ?? 0)
}
