import { createDemoCinema } from '@marquee/providers/listings/simulator/demo-cinema'
import { sendAnswer } from '@marquee/providers/listings/simulator/send-answer'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

/** Between two pieces of a page that comes too slowly to wait for. */
const DRIP_MS = 2_000

/** A cinema's website to watch, with its control room at `/control`: an outside system in this process, never in production. */
export const devCinemaRoutes: Routes = async (app, { ctx }) => {
  const { config } = ctx
  if (config.mode === 'production') return

  const cinema = createDemoCinema({ file: config.devCinema.file, basePath: app.prefix })
  app.addHook('onClose', async () => cinema.close())

  // Its control room posts forms.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const options = {
    schema: { hide: true },
    config: { ...limit('webhook'), badToken: 'ignore', access: 'public' },
  } as const
  app.route({ method: ['GET', 'POST'], url: '/', ...options, handler })
  app.route({ method: ['GET', 'POST'], url: '/*', ...options, handler })

  async function handler(request: FastifyRequest, reply: FastifyReply) {
    const { pathname, searchParams } = new URL(request.url, 'http://cinema.invalid')
    const answer = cinema.handle({
      method: request.method,
      path: pathname.slice(app.prefix.length),
      query: searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
      body: typeof request.body === 'string' ? request.body : '',
      origin: `${request.protocol}://${request.host}`,
    })
    reply.code(answer.status).headers(answer.headers)
    // Faults of the wire: more is promised than comes, or it comes too slowly to wait for.
    if (answer.endsAfterBytes === undefined && !answer.drips) return reply.serializer(String).send(answer.body)
    reply.hijack()
    sendAnswer(reply.raw, answer, DRIP_MS)
    return reply
  }
}
