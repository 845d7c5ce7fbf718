import type { AddressInfo } from 'node:net'
import { captureMessage } from '@marquee/core/notifications/capture-message'
import {
  type CarrierSimulator,
  type Change,
  createCarrierSimulator,
} from '@marquee/providers/carrier-simulator/simulator'
import { smsAsMail } from '@marquee/providers/open-vendors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { limit } from '../plugins/rate-limit.ts'
import { devPhoneRoutes } from './dev-phone.ts'
import type { Routes } from './routes.ts'

/**
 * The development carrier, an outside system that happens to live in this process, and the phones it rings. Never there
 * in production. Texts it takes are shown where mail goes, at once.
 */
export const devCarrierRoutes: Routes = async (app, { ctx }) => {
  const { config, log } = ctx
  const used = [...config.voice.providers, ...config.sms.providers].includes('dev')
  if (!used || config.mode === 'production') return

  const show = config.mail.provider === 'console' ? captureMessage.bind(null, ctx) : smsAsMail(ctx.mail)
  const { authId, authToken } = config.devCarrier.keys
  const { twilio } = config.voice
  const publicOrigin = new URL(config.http.publicBaseUrl).origin
  const carrier = createCarrierSimulator({
    file: config.devCarrier.file,
    home: publicOrigin,
    production: false,
    accounts: { plivo: { authId, authToken }, ...(twilio.accountSid && { twilio }) },
    perSecond: config.voice.callsPerSecond,
    inboundUrl: `${config.http.publicBaseUrl}/api/sms/{carrier}/inbound`,
    allowedOrigins: [publicOrigin],
    // It calls back to the process it runs in, whatever name the outside uses for that; the signature keeps the name.
    reach: (url) => url.replace(publicOrigin, `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`),
    onChange: async (change: Change) => {
      if (!('message' in change) || !change.isNew) return
      const { id, to, text } = change.message
      await show({ channel: 'sms', recipient: to, text, idempotencyKey: id })
    },
    log: (message) => log.warn(message),
  })
  // Only a process that can be called back acts; one that merely answers injected requests does not.
  app.addHook('onListen', async () => carrier.start())
  app.addHook('onClose', async () => carrier.stop())

  await app.register(wire, { ctx, carrier, prefix: '/dev/carrier' })
  await app.register(devPhoneRoutes, { ctx, carrier, prefix: '/api/dev' })
}

const wire: Routes<{ carrier: CarrierSimulator }> = async (app, { carrier }) => {
  // Bodies as they came: forms or JSON, and its errors have the carrier's own form, not ours.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const options = {
    schema: { hide: true },
    config: { ...limit('webhook'), badToken: 'ignore', access: 'public' },
  } as const
  app.route({ method: ['GET', 'POST', 'DELETE'], url: '/*', ...options, handler })

  async function handler(request: FastifyRequest, reply: FastifyReply) {
    const { pathname, searchParams } = new URL(request.url, 'http://carrier.invalid')
    const answer = await carrier.handle({
      method: request.method,
      path: pathname.slice(app.prefix.length),
      query: searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
      body: typeof request.body === 'string' ? request.body : '',
    })
    if (!answer.lost) return reply.code(answer.status).headers(answer.headers).serializer(String).send(answer.body)
    reply.hijack()
    reply.raw.destroy()
    return reply
  }
}
