import { randomBytes } from 'node:crypto'
import websocket from '@fastify/websocket'
import type { Ctx } from '@marquee/core/context'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { lazyLog } from './lazy-log.ts'
import { access } from './plugins/access.ts'
import { auth } from './plugins/auth.ts'
import { errors, sendError } from './plugins/errors.ts'
import { openapi } from './plugins/openapi.ts'
import { quickHolds } from './plugins/quick-holds.ts'
import { rateLimit } from './plugins/rate-limit.ts'
import { seatFeed } from './plugins/seat-feed.ts'
import { security } from './plugins/security.ts'
import { staticFiles } from './plugins/static.ts'
import { unchangedMap } from './plugins/unchanged-map.ts'
import { RequestLog } from './request-log.ts'
import { ROUTES } from './routes/index.ts'

/** No request of ours is larger: ten seats, one form, one signed message of the gateway. */
const BODY_LIMIT_BYTES = 64 * 1024
/** The largest message a viewer of a seat map sends is a token. */
const WS_MESSAGE_LIMIT_BYTES = 4 * 1024

const CLOSING_LOOK_MS = 100

/** The API, ready to listen or to inject into. Never listens itself; closing it closes what it opened, not `ctx`. */
export async function buildApp(ctx: Ctx): Promise<FastifyInstance> {
  const newRequestId = requestIds()
  const app = Fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    logController: new RequestLog(),
    childLoggerFactory: (log, bindings, options) => lazyLog(log, bindings, options),
    genReqId: newRequestId,
    // One proxy in front: the last address it added is the client's; earlier ones are whatever the client sent.
    trustProxy: ctx.config.http.trustProxy && ((_address, hop) => hop === 0),
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 120 },
    // A client that sends its headers or body drop by drop is cut off within ten seconds. Not sooner: while this process
    // stalls nobody is read, and when it goes on these clocks are looked at before what has arrived meanwhile.
    requestTimeout: 9_000,
    connectionTimeout: 60_000,
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 500 },
    frameworkErrors: sendError,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  closeConnectionsOnceIdle(app as unknown as FastifyInstance)
  await app.register(errors)
  await app.register(access)
  await app.register(security, { ctx })
  await app.register(auth, { ctx })
  await app.register(rateLimit, { ctx })
  await app.register(openapi)
  await app.register(websocket, { options: { maxPayload: WS_MESSAGE_LIMIT_BYTES } })

  await app.register(seatFeed, { ctx })
  await app.register(unchangedMap, { ctx })
  await app.register(quickHolds, { ctx, newRequestId })

  for (const { plugin, prefix } of ROUTES) await app.register(plugin, { ctx, prefix })
  await app.register(staticFiles, { ctx })
  return app as unknown as FastifyInstance
}

/** A connection that is busy when closing begins ends with its answer; it is not waited for until its guest has had enough. */
function closeConnectionsOnceIdle(app: FastifyInstance): void {
  app.addHook('preClose', (done) => {
    if (app.server.listening) {
      const look = setInterval(() => app.server.closeIdleConnections(), CLOSING_LOOK_MS)
      app.server.once('close', () => clearInterval(look))
    }
    done()
  })
}

/** Short and unique enough to find a request in the log: who started this process, and the how-manieth. */
function requestIds(): () => string {
  const process = randomBytes(4).toString('hex')
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}
