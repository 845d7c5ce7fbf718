import { createHash } from 'node:crypto'
import type { GatewayEvent } from '@marquee/providers/payments/gateway'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { noteRefund } from './note-refund.ts'

type WebhookCtx = Pick<Ctx, 'pool' | 'db' | 'log' | 'gateway' | 'crashPoint'>

/**
 * A message from the gateway. Nothing is believed before its signature over the raw body is checked. The message and
 * what it changes are one commit, keyed by the gateway's event id: a repeat changes nothing, a crash leaves nothing half
 * done, and the gateway sends again whatever we did not acknowledge.
 * @throws BAD_SIGNATURE, VALIDATION, or whatever kept it from being stored (then the gateway repeats it)
 */
export async function receiveWebhook(
  ctx: WebhookCtx,
  input: { gateway: string; rawBody: Buffer; signature: string | undefined; eventId: string | undefined },
): Promise<{ outcome: string }> {
  if (input.gateway !== ctx.gateway.name) throw new AppError('NOT_FOUND', 'no such gateway')
  if (!input.signature || !ctx.gateway.verifyWebhook(input.rawBody, input.signature)) {
    ctx.log.warn({ gateway: input.gateway, signed: Boolean(input.signature) }, 'webhook refused: bad signature')
    throw new AppError('BAD_SIGNATURE', 'signature missing or wrong')
  }
  let event: GatewayEvent
  try {
    event = ctx.gateway.readWebhook(input.rawBody)
  } catch (err) {
    ctx.log.error({ err, gateway: input.gateway }, 'signed webhook of an unknown form')
    throw new AppError('VALIDATION', 'not a message of this gateway')
  }
  // Without an id of its own, the same bytes are the same event.
  const eventId = input.eventId ?? createHash('sha256').update(input.rawBody).digest('hex')
  const payment = event.kind === 'payment' ? event.payment : null
  ctx.crashPoint('settle:before-commit')
  const { rows } = await ctx.pool.query<{ outcome: string }>({
    name: 'receive_payment_event',
    text: 'SELECT outcome FROM receive_payment_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [
      newId(),
      input.gateway,
      eventId,
      event.type,
      input.rawBody.toString('utf8'),
      payment?.orderId ?? null,
      payment?.paymentId ?? null,
      payment?.status ?? null,
      payment?.amountMinor ?? null,
      payment?.currency ?? null,
    ],
  })
  ctx.crashPoint('settle:after-commit')
  if (event.kind === 'refund') await noteRefund(ctx, { gatewayRefundId: event.refundId, status: event.status })
  const outcome = rows[0]?.outcome ?? 'IGNORED'
  if (outcome === 'UNKNOWN_ORDER')
    ctx.log.error({ eventId, order: payment?.orderId }, 'money for an order we do not know')
  return { outcome }
}
