import { Text, Verbatim } from '@marquee/contracts/common'
import type { Ctx } from '@marquee/core/context'
import { receiveWebhook } from '@marquee/core/payments/receive-webhook'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { limit } from '../plugins/rate-limit.ts'

type Options = {
  ctx: Ctx
  /** With `:gateway` in it where the sender says which gateway it is; otherwise it is the configured one. */
  url: string
  /** How this address is described, if at all. */
  docs: { tags: string[]; summary: string } | { hide: true }
}

/** An address for the gateway's signed messages. The signature covers the bytes as they came: nothing here parses them. */
export const signedMessages: FastifyPluginAsyncZod<Options> = async (app, { ctx, url, docs }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // Forged, cut short, too large: whatever is refused, by whichever part of us, is written down, and never what it said.
  app.addHook('onError', async (request, reply, error) => {
    const { 'content-length': bytes, 'x-razorpay-signature': signature } = request.headers
    const reason = error.code ?? error.name
    const message = { reason, bytes, signed: signature !== undefined, ip: request.ip, status: reply.statusCode }
    request.log.warn(message, 'webhook refused')
  })
  app.post(
    url,
    {
      config: { ...limit('webhook'), badToken: 'ignore', access: 'signed' },
      schema: {
        ...docs,
        ...(url.includes(':gateway') && { params: z.object({ gateway: Text(20) }) }),
        headers: z.object({
          'x-razorpay-signature': Verbatim(200).optional(),
          'x-razorpay-event-id': Verbatim(100).min(1).optional(),
        }),
        response: { 200: z.object({ outcome: z.string() }) },
      },
    },
    async (request) =>
      receiveWebhook(ctx, {
        gateway: (request.params as { gateway?: string }).gateway ?? ctx.gateway.name,
        rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        signature: request.headers['x-razorpay-signature'],
        eventId: request.headers['x-razorpay-event-id'],
      }),
  )
}
