import { VerifiedPayment, VerifyPaymentBody } from '@marquee/contracts/payments'
import { receiveWebhook } from '@marquee/core/payments/receive-webhook'
import { verifyReturn } from '@marquee/core/payments/verify-return'
import { z } from 'zod'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const tags = ['payments']

/** Mounted at /api/payments. */
export const paymentRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/health',
    {
      schema: {
        tags,
        summary: 'Which gateway takes the money',
        response: { 200: z.object({ status: z.literal('ok'), gateway: z.string(), keyId: z.string() }) },
      },
    },
    async () => ({ status: 'ok' as const, gateway: ctx.gateway.name, keyId: ctx.gateway.keyId }),
  )

  app.post(
    '/verify',
    {
      schema: {
        tags,
        summary: "The browser's return from the gateway",
        body: VerifyPaymentBody,
        response: { 200: VerifiedPayment },
      },
    },
    async (request) => verifyReturn(ctx, request.actor, request.body),
  )

  // The signature covers the bytes as they came, so this scope parses nothing.
  await app.register(async (webhooks: typeof app) => {
    webhooks.removeAllContentTypeParsers()
    webhooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    webhooks.post(
      '/webhooks/:gateway',
      {
        config: { ...limit('webhook'), badToken: 'ignore' },
        schema: {
          tags,
          summary: 'Signed messages of the gateway',
          params: z.object({ gateway: z.string().max(20) }),
          headers: z.object({
            'x-razorpay-signature': z.string().max(200).optional(),
            'x-razorpay-event-id': z.string().min(1).max(100).optional(),
          }),
          response: { 200: z.object({ outcome: z.string() }) },
        },
      },
      async (request) =>
        receiveWebhook(ctx, {
          gateway: request.params.gateway,
          rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          signature: request.headers['x-razorpay-signature'],
          eventId: request.headers['x-razorpay-event-id'],
        }),
    )
  })
}
