import type { Ctx } from '../context.ts'

export type UnopenedPayment = { id: string; amountMinor: number; currency: string; bookingCode: string; payBy: Date }

/**
 * Opens the order at the gateway and writes its id down. Repeatable: our payment id is the receipt, and the gateway gives
 * the same order for the same receipt. Two at once: the first one written counts, and both answer with it. @throws GatewayError
 */
export async function openOrder(
  ctx: Pick<Ctx, 'pool' | 'gateway' | 'crashPoint'>,
  payment: UnopenedPayment,
): Promise<string> {
  const { orderId } = await ctx.gateway.createOrder({
    receipt: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    notes: { booking: payment.bookingCode },
    payBy: payment.payBy,
  })
  ctx.crashPoint('order:after-create')
  const { rows } = await ctx.pool.query<{ gateway_order_id: string }>({
    name: 'open_order',
    text: `UPDATE payments SET gateway_order_id = coalesce(gateway_order_id, $2),
                  updated_at = CASE WHEN gateway_order_id IS NULL THEN clock_timestamp() ELSE updated_at END
            WHERE id = $1 RETURNING gateway_order_id`,
    values: [payment.id, orderId],
  })
  return rows[0]?.gateway_order_id ?? orderId
}
