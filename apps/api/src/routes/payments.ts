import { PaymentMethodList, VerifiedPayment, VerifyPaymentBody } from '@marquee/contracts/payments'
import { listPaymentMethods } from '@marquee/core/payments/list-payment-methods'
import { verifyReturn } from '@marquee/core/payments/verify-return'
import { z } from 'zod'
import type { Routes } from './routes.ts'
import { signedMessages } from './signed-messages.ts'

const tags = ['payments']

/** Mounted at /api/payments. */
export const paymentRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/health',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Which gateway takes the money',
        response: { 200: z.object({ status: z.literal('ok'), gateway: z.string(), keyId: z.string() }) },
      },
    },
    async () => ({ status: 'ok' as const, gateway: ctx.gateway.name, keyId: ctx.gateway.keyId }),
  )

  app.get(
    '/methods',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'How one can pay just now', response: { 200: PaymentMethodList } },
    },
    async () => listPaymentMethods(ctx),
  )

  app.post(
    '/verify',
    {
      config: { access: 'user' },
      schema: {
        tags,
        summary: "The browser's return from the gateway",
        body: VerifyPaymentBody,
        response: { 200: VerifiedPayment },
      },
    },
    async (request) => verifyReturn(ctx, request.actor, request.body),
  )

  await app.register(signedMessages, {
    ctx,
    url: '/webhooks/:gateway',
    docs: { tags, summary: 'Signed messages of the gateway' },
  })
}
