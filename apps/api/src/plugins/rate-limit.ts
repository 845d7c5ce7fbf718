import { type AttemptCount, countAttempt } from '@marquee/core/auth/count-attempt'
import type { Ctx } from '@marquee/core/context'
import { AppError } from '@marquee/core/errors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** Requests per window for one person, or one address when nobody is signed in. */
const LIMITS = {
  /** An office or a mobile network can share one address. */
  read: { max: 1_200, windowSeconds: 60, shared: false },
  write: { max: 120, windowSeconds: 60, shared: false },
  /** Picking ten seats one at a time and changing one's mind, twice over. */
  seats: { max: 300, windowSeconds: 60, shared: false },
  /** Guessing passwords: counted over all processes, always by address. */
  auth: { max: 20, windowSeconds: 60, shared: true },
  /** A page renews its session once when it loads. */
  session: { max: 120, windowSeconds: 60, shared: false },
  /** Files of the web app: one first visit asks for dozens. */
  files: { max: 6_000, windowSeconds: 60, shared: false },
  /** The payment gateway sends in bursts, from few addresses; each message is signed. */
  webhook: { max: 6_000, windowSeconds: 60, shared: false },
} as const satisfies Record<string, { max: number; windowSeconds: number; shared: boolean }>

export type LimitGroup = keyof typeof LIMITS

declare module 'fastify' {
  interface FastifyContextConfig {
    limit?: LimitGroup
  }
}

/** For a route's `config`. Without it GET counts as `read` and everything else as `write`. */
export const limit = (group: LimitGroup) => ({ limit: group })

/** Keys kept per group and window, so that an attack from many addresses cannot fill the memory. */
const MAX_KEYS = 100_000

/** Fixed windows in the memory of this process: two look-ups and an addition per request, nothing to sweep. */
export function createCounter(windowSeconds: number) {
  const windowMs = windowSeconds * 1_000
  let counts = new Map<string, number>()
  let endsAt = 0
  return (key: string, now = performance.now()): AttemptCount => {
    if (now >= endsAt) {
      counts = new Map()
      endsAt = now + windowMs
    }
    const count = (counts.get(key) ?? 0) + 1
    if (count > 1 || counts.size < MAX_KEYS) counts.set(key, count)
    return { count, resetMs: endsAt - now }
  }
}

/** Refuses with 429 whoever asks too often. Runs after `auth`, which knows who that is. */
export const rateLimit = fp<{ ctx: Ctx }>(
  async (app, { ctx }) => {
    const counters = Object.fromEntries(
      Object.entries(LIMITS).map(([group, { windowSeconds }]) => [group, createCounter(windowSeconds)]),
    ) as Record<LimitGroup, ReturnType<typeof createCounter>>

    app.addHook('onRequest', (request, reply, done) => {
      const group =
        request.routeOptions.config.limit ?? (request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write')
      const { max, windowSeconds, shared } = LIMITS[group]
      const key = shared ? `ip:${networkOf(request.ip)}` : keyOf(request)
      const decide = ({ count, resetMs }: AttemptCount) => {
        if (count <= max * ctx.config.http.rateLimitScale) return done()
        const seconds = Math.max(1, Math.ceil(resetMs / 1_000))
        reply.header('retry-after', String(seconds))
        done(
          new AppError(
            'RATE_LIMITED',
            `Too many requests. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
          ),
        )
      }
      if (!shared) return decide(counters[group](key))
      countAttempt(ctx, { key: `${group}:${key}`, windowSeconds }).then(
        (count) => decide(count ?? counters[group](key)),
        done,
      )
    })
  },
  { name: 'rate-limit', dependencies: ['errors', 'auth'] },
)

const keyOf = ({ actor, ip }: FastifyRequest) => (actor.kind === 'user' ? actor.userId : networkOf(ip))

/** One IPv6 customer has at least a /64 to pick addresses from, so its first four groups are who asks. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [head = '', tail] = ip.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups.slice(0, 4).join(':')
}
