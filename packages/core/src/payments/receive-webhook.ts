import { createHash } from 'node:crypto'
import type { GatewayEvent } from '@marquee/providers/payments/gateway'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { noteRefund } from './note-refund.ts'
import { storableJson } from './storable-json.ts'

type WebhookCtx = Pick<Ctx, 'pool' | 'db' | 'log' | 'gateway' | 'crashPoint'>

/**
 * A message from the gateway. Nothing is believed before its signature over the raw body is checked. A payment's message
 * and what it changes are one commit, keyed by the gateway's event id: a repeat changes nothing, a crash leaves nothing
 * half done, and the gateway sends again whatever we did not acknowledge. What it says of a refund is noted in a commit
 * of its own after that, before we acknowledge and also for a repeat: it only ever moves forward, so a crash between
 * the two is made good by the message sent again, or by the reconciler.
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
  const payload = storableJson(input.rawBody.toString('utf8'))
  let event: GatewayEvent
  try {
    event = ctx.gateway.readWebhook(Buffer.from(payload))
  } catch (err) {
    ctx.log.error({ err, gateway: input.gateway }, 'signed webhook of an unknown form')
    throw new AppError('VALIDATION', 'not a message of this gateway')
  }
  // Without an id of its own, the same bytes are the same event.
  const eventId = input.eventId ?? createHash('sha256').update(input.rawBody).digest('hex')
  const payment = event.kind === 'payment' ? event.payment : null
  ctx.crashPoint('settle:before-commit')
  const question = {
    name: 'receive_payment_event',
    text: 'SELECT outcome FROM receive_payment_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [
      newId(),
      input.gateway,
      eventId,
      event.type,
      payload,
      payment?.orderId ?? null,
      payment?.paymentId ?? null,
      payment?.status ?? null,
      payment?.amountMinor ?? null,
      payment?.currency ?? null,
    ],
  }
  const { rows } = await onceMoreOnDeadlock(() => ctx.pool.query<{ outcome: string }>(question))
  ctx.crashPoint('settle:after-commit')
  if (event.kind === 'refund') await noteRefund(ctx, { gatewayRefundId: event.refundId, status: event.status })
  const outcome = rows[0]?.outcome ?? 'IGNORED'
  if (outcome === 'UNKNOWN_ORDER')
    ctx.log.error({ eventId, order: payment?.orderId }, 'money for an order we do not know')
  return { outcome }
}
