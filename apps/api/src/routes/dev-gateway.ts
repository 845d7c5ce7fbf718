import { createSimulator } from '@marquee/providers/payments/simulator/simulator'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

/** The development payment gateway, an outside system that happens to live in this process. Never there in production. */
export const devGatewayRoutes: Routes = async (app, { ctx }) => {
  const { config, log } = ctx
  if (config.payments.gateway !== 'dev' || config.mode === 'production') return

  const simulator = createSimulator({
    file: config.payments.devFile,
    keyId: config.payments.keyId,
    keySecret: config.payments.keySecret,
    webhookSecret: config.payments.webhookSecret,
    // It calls back to the process it runs in, whatever name the outside uses for that.
    webhookUrl: new URL('/api/payments/webhooks/dev', config.payments.baseUrl).href,
    allowedReturnOrigins: [...new Set([new URL(config.http.publicBaseUrl).origin, ...config.http.origins])],
    basePath: app.prefix,
    log: (message) => log.warn(message),
  })
  // Only a process that can be called back sends; one that merely answers injected requests does not.
  app.addHook('onListen', async () => simulator.start())
  app.addHook('onClose', async () => simulator.stop())

  // Bodies as they came: its page posts forms, and its errors have the gateway's own form, not ours.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const options = {
    schema: { hide: true },
    config: { ...limit('webhook'), badToken: 'ignore', access: 'public' },
  } as const
  app.route({ method: ['GET', 'POST'], url: '/*', ...options, handler })

  async function handler(request: FastifyRequest, reply: FastifyReply) {
    const { pathname, searchParams } = new URL(request.url, 'http://gateway.invalid')
    const answer = simulator.handle({
      method: request.method,
      path: pathname.slice(app.prefix.length),
      query: searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
      body: typeof request.body === 'string' ? request.body : '',
    })
    return reply.code(answer.status).headers(answer.headers).serializer(String).send(answer.body)
  }
}
