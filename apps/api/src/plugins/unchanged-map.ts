import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Ctx } from '@marquee/core/context'
import fp from 'fastify-plugin'
import { beforeRouting } from './before-routing.ts'
import { addressOf, networkOfAddress } from './network.ts'
import { LIMITS, MAX_KEYS, WINDOW_SECONDS } from './rate-limit.ts'
import { servesOtherOrigins } from './security.ts'

const SEAT_MAP = /^\/api\/showtimes\/([\da-f-]{36})\/seat-map$/

/**
 * Answers "304, nothing changed" to a seat map before a route is looked for: it is what every viewer of a rush asks
 * again and again, and finding that out needs one look into memory. It only ever says yes, and only to the plainest of
 * requests; whatever is unusual (another origin, a hall not followed, too many from one address) goes the ordinary way,
 * where `seatRoutes` and all limits are.
 */
export const unchangedMap = fp<{ ctx: Ctx }>(
  async (app, { ctx }) => {
    const most = LIMITS.read * ctx.config.http.rateLimitScale
    const vary = servesOtherOrigins(ctx.config) ? { vary: 'Origin' } : {}
    const asked = new Map<string, number>()
    const window = setInterval(() => asked.clear(), WINDOW_SECONDS * 1_000)
    window.unref()
    app.addHook('onClose', async () => clearInterval(window))

    function mayAsk(request: IncomingMessage): boolean {
      const network = networkOfAddress(addressOf(ctx, request))
      if (asked.size >= MAX_KEYS && !asked.has(network)) return false
      const count = (asked.get(network) ?? 0) + 1
      asked.set(network, count)
      return count <= most
    }

    function answered(request: IncomingMessage, response: ServerResponse): boolean {
      const known = request.headers['if-none-match']
      if (known === undefined || request.method !== 'GET' || request.headers.origin !== undefined) return false
      const showtimeId = SEAT_MAP.exec(request.url ?? '')?.[1]
      const room = showtimeId && app.seatFeed.peek(showtimeId)
      if (!room || room.body.etag !== known || !mayAsk(request)) return false
      // RFC 9110, 15.4.5: what the whole answer would say about keeping it.
      response.writeHead(304, { etag: known, 'cache-control': 'no-cache', ...vary }).end()
      return true
    }

    beforeRouting(app, (request, response, ordinary) => {
      if (!answered(request, response)) ordinary(request, response)
    })
  },
  { name: 'unchanged-map', dependencies: ['seat-feed', 'rate-limit'] },
)
