import type { GatewayPayment } from '@marquee/providers/payments/gateway'
import type { Ctx } from '../context.ts'

/**
 * Money is set aside at the gateway and not taken. It is taken while the seats it is for are kept; otherwise it is left
 * alone and noted, so that the guest is told: the gateway gives it back by itself, and nothing was charged.
 * @returns what the payment is now, as the gateway says. @throws GatewayError
 */
export async function captureAuthorised(
  ctx: Pick<Ctx, 'pool' | 'log' | 'gateway'>,
  input: { paymentId: string; attempt: GatewayPayment },
): Promise<GatewayPayment> {
  const { paymentId, attempt } = input
  const { rows } = await ctx.pool.query<{ open: boolean; kept: boolean }>({
    name: 'may_capture',
    text: `SELECT p.state IN ('CREATED', 'FAILED') AS open,
                  p.amount_minor = $2 AND p.currency = $3 AND b.status = 'PENDING' AND b.pay_by > clock_timestamp()
                  AND s.status = 'SCHEDULED' AND s.film_starts_at > clock_timestamp() AS kept
             FROM payments p JOIN bookings b ON b.id = p.booking_id JOIN showtimes s ON s.id = b.showtime_id WHERE p.id = $1`,
    values: [paymentId, attempt.amountMinor, attempt.currency],
  })
  const { open = false, kept = false } = rows[0] ?? {}
  if (open && kept) {
    const { amountMinor, currency } = attempt
    return ctx.gateway.capture({ paymentId: attempt.paymentId, amountMinor, currency })
  }
  if (open)
    await ctx.pool.query(
      'UPDATE payments SET set_aside_at = clock_timestamp() WHERE id = $1 AND set_aside_at IS NULL',
      [paymentId],
    )
  ctx.log.info({ paymentId, gatewayPaymentId: attempt.paymentId }, 'money set aside is left to go back by itself')
  return attempt
}
