import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import type { Config } from '@marquee/core/config'
import type { Ctx } from '@marquee/core/context'
import fp from 'fastify-plugin'

/**
 * Cookies, CORS and the headers that keep a browser from doing more than we mean. The headers are built once: they do
 * not change, and building them per request is a large part of what a small answer costs.
 */
export const security = fp<{ ctx: Ctx }>(
  async (app, { ctx: { config } }) => {
    await app.register(cookie)
    await app.register(cors, {
      origin: config.http.origins,
      credentials: true,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: ['ETag', 'Retry-After'],
      maxAge: 600,
      strictPreflight: false,
    })
    const page = pageHeaders(config)
    const data = dataHeaders(config)
    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(request.url.startsWith('/api/') ? data : page)
      done()
    })
  },
  { name: 'security' },
)

const isHttps = (config: Config) => config.http.publicBaseUrl.startsWith('https:')
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** Answers are somebody's own unless a route says otherwise. */
const dataHeaders = (config: Config): Record<string, string> => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  ...(isHttps(config) && HSTS),
})

function pageHeaders(config: Config): Record<string, string> {
  const razorpay = config.payments.gateway === 'razorpay'
  return {
    'content-security-policy': Object.entries(contentPolicy(razorpay))
      .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
      .concat(isHttps(config) ? ['upgrade-insecure-requests'] : [])
      .join('; '),
    'cross-origin-opener-policy': razorpay ? 'same-origin-allow-popups' : 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(self "https://api.razorpay.com")',
    // The trailer player refuses to play when it is not told which site it is on.
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(isHttps(config) && HSTS),
  }
}

/** The gateway's checkout runs in our page and needs its own origins; nothing else does. */
const contentPolicy = (razorpay: boolean): Record<string, string[]> => ({
  'default-src': ["'self'"],
  'base-uri': ["'self'"],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
  'script-src': ["'self'", ...(razorpay ? ['https://checkout.razorpay.com'] : [])],
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
})
