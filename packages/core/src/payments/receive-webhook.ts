import { createHash } from 'node:crypto'
import type { GatewayEvent } from '@marquee/providers/payments/gateway'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { noteRefund } from './note-refund.ts'
import { storableJson } from './storable-json.ts'

/** The gateway hangs up after five seconds and sends again; after this it is told to, while it still listens. */
const ANSWER_WITHIN_MS = 4_000

type WebhookCtx = Pick<Ctx, 'pool' | 'db' | 'log' | 'gateway' | 'crashPoint'>

/**
 * A message from the gateway. Nothing is believed before its signature over the raw body is checked. A payment's message
 * and what it changes are one commit, keyed by the gateway's event id: a repeat changes nothing, a crash leaves nothing
 * half done, and the gateway sends again whatever we did not acknowledge. What it says of a refund is noted in a commit
 * of its own after that, before we acknowledge and also for a repeat: it only ever moves forward, so a crash between
 * the two is made good by the message sent again, or by the reconciler.
 * @throws BAD_SIGNATURE, VALIDATION, UNAVAILABLE (not done in time), or whatever kept it from being stored; the gateway
 *   sends again what was not acknowledged, and finds it done or does it then
 */
export async function receiveWebhook(
  ctx: WebhookCtx,
  input: { gateway: string; rawBody: Buffer; signature: string | undefined; eventId: string | undefined },
): Promise<{ outcome: string }> {
  if (input.gateway !== ctx.gateway.name) throw new AppError('NOT_FOUND', 'no such gateway')
  if (!input.signature || !ctx.gateway.verifyWebhook(input.rawBody, input.signature)) {
    throw new AppError('BAD_SIGNATURE', 'signature missing or wrong')
  }
  const payload = storableJson(input.rawBody.toString('utf8'))
  let event: GatewayEvent
  try {
    event = ctx.gateway.readWebhook(Buffer.from(payload))
  } catch (err) {
    // Signed, so the gateway's own: somebody must look. The message says what was wrong, never what was in it.
    ctx.log.error({ gateway: input.gateway, reason: problemOf(err) }, 'signed webhook of an unknown form')
    throw new AppError('VALIDATION', 'not a message of this gateway')
  }
  // Without an id of its own, the same bytes are the same event.
  const eventId = input.eventId ?? createHash('sha256').update(input.rawBody).digest('hex')
  const payment = event.kind === 'payment' ? event.payment : null
  const outcome = await inTime(store(ctx, { gateway: input.gateway, eventId, payload, event }))
  if (outcome === 'UNKNOWN_ORDER')
    ctx.log.error({ eventId, order: payment?.orderId }, 'money for an order we do not know')
  return { outcome }
}

async function store(
  ctx: WebhookCtx,
  { gateway, eventId, payload, event }: { gateway: string; eventId: string; payload: string; event: GatewayEvent },
): Promise<string> {
  const payment = event.kind === 'payment' ? event.payment : null
  ctx.crashPoint('settle:before-commit')
  const question = {
    name: 'receive_payment_event',
    text: 'SELECT outcome FROM receive_payment_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [
      newId(),
      gateway,
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
  return rows[0]?.outcome ?? 'IGNORED'
}

/** What is not done in time goes on by itself, within the pool's own bounds; only the answer does not wait for it. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new AppError('UNAVAILABLE', 'not stored in time: send it again'))
    timer = setTimeout(refuse, ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A JSON parser quotes what it could not read. */
const problemOf = (error: unknown) =>
  error instanceof z.ZodError ? error.issues.slice(0, 5).map((issue) => issue.path.join('.')) : 'not JSON'
