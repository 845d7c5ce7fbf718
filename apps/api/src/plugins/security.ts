import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { Config } from '@marquee/core/config'
import type { Ctx } from '@marquee/core/context'
import Fastify from 'fastify'
import fp from 'fastify-plugin'

/** CORS and the headers that keep a browser from doing more than we mean. */
export const security = fp<{ ctx: Ctx }>(
  async (app, { ctx: { config } }) => {
    if (servesOtherOrigins(config)) {
      await app.register(cors, {
        origin: config.http.origins,
        credentials: true,
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
        exposedHeaders: ['ETag', 'Retry-After'],
        maxAge: 600,
        strictPreflight: false,
      })
    }
    const page = await pageHeaders(config)
    const data = dataHeaders(config)
    app.addHook('onRequest', (request, reply, done) => {
      // Data is never a page, whatever it says.
      reply.headers(request.url.startsWith('/api/') ? data : page)
      done()
    })
  },
  { name: 'security' },
)

/**
 * Whether pages of another origin may call us (FRONTEND_ORIGIN). Where page and API are one origin, as they come, a browser
 * asks for no permission, and to say nothing is how others are kept out; it saves every answer a hook.
 */
export const servesOtherOrigins = ({ http }: Pick<Config, 'http'>) =>
  http.origins.some((origin) => origin !== new URL(http.publicBaseUrl).origin)

/**
 * What helmet puts on a page. It says the same each time, so it is asked once: as a plugin of the whole app it costs
 * every answer a hook, also the ones that are no pages.
 */
async function pageHeaders(config: Config): Promise<Record<string, string>> {
  const isHttps = config.http.publicBaseUrl.startsWith('https:')
  const razorpay = config.payments.gateway === 'razorpay'
  const asked = Fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy(razorpay, isHttps) },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: razorpay ? 'same-origin-allow-popups' : 'same-origin' },
    // The trailer player refuses to play when it is not told which site it is on.
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
  })
  asked.get('/', async (_request, reply) => reply.getHeaders())
  const answer = await asked.inject('/')
  await asked.close()
  return {
    ...answer.json<Record<string, string>>(),
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(self "https://api.razorpay.com")',
  }
}

/** Answers are somebody's own unless a route says otherwise. */
export const dataHeaders = (config: Config): Record<string, string> => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  ...(config.http.publicBaseUrl.startsWith('https:') && {
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  }),
})

/**
 * The gateway's checkout runs in our page and needs its own origins; nothing else does. Its script, what that fetches to
 * judge the risk of a payment, the frame it pays in, its calls, the banks' logos, and the form by which it leaves for a
 * bank where windows are blocked. The pages are one application, so the first one opened must allow it already; the
 * script itself is only fetched by who pays.
 */
const contentPolicy = (razorpay: boolean, isHttps: boolean): Record<string, string[]> => ({
  'default-src': ["'self'"],
  'base-uri': ["'self'"],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'", ...(razorpay ? ['https://api.razorpay.com'] : [])],
  'script-src': ["'self'", ...(razorpay ? ['https://checkout.razorpay.com', 'https://cdn.razorpay.com/static/'] : [])],
  'script-src-attr': ["'none'"],
  // Dialogs and toasts put their rules into style elements while the page runs.
  'style-src': ["'self'", "'unsafe-inline'"],
  'connect-src': [
    "'self'",
    'ws:',
    'wss:',
    ...(razorpay ? ['https://api.razorpay.com', 'https://lumberjack.razorpay.com'] : []),
  ],
  'img-src': ["'self'", 'data:', 'blob:', ...(razorpay ? ['https://cdn.razorpay.com'] : [])],
  'font-src': ["'self'", 'data:'],
  'media-src': ["'self'", 'data:'],
  'frame-src': [
    "'self'",
    'https://www.youtube-nocookie.com',
    ...(razorpay ? ['https://api.razorpay.com', 'https://checkout.razorpay.com'] : []),
  ],
  ...(isHttps && { 'upgrade-insecure-requests': [] }),
})
