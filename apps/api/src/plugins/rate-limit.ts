import { fastifyRateLimit } from '@fastify/rate-limit'
import { countAttempt } from '@marquee/core/auth/count-attempt'
import type { Actor, Ctx } from '@marquee/core/context'
import { AppError } from '@marquee/core/errors'
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { FixedWindows } from './fixed-windows.ts'
import { networkOfAddress } from './network.ts'

/** Requests a minute for one person, or one network when nobody is signed in. */
export const LIMITS = {
  /** An office or a mobile network can share one address. */
  read: 1_200,
  write: 120,
  /** Picking ten seats one at a time and changing one's mind, twice over. */
  seats: 300,
  /** Guessing passwords: counted over all processes, always by address. */
  auth: 20,
  /** A person's whole history in one file. */
  export: 6,
  /** A page renews its session once when it loads. */
  session: 120,
  /** Files of the web app: one first visit asks for dozens. */
  files: 6_000,
  /** The payment gateway sends in bursts, from few addresses; each message is signed. */
  webhook: 6_000,
} as const

export type LimitGroup = keyof typeof LIMITS

declare module 'fastify' {
  interface FastifyContextConfig {
    limit?: LimitGroup
  }
  interface FastifyRequest {
    limitGroup: LimitGroup | undefined
  }
  interface FastifyInstance {
    /** Counts one more choice of seats. @returns 0 when it may be made, else the milliseconds until it may. */
    countSeatChoice(actor: Actor, address: string | undefined): number
  }
}

/** For a route's `config`. Without it GET counts as `read` and everything else as `write`. */
export const limit = (group: LimitGroup) => ({ limit: group, ...(group === 'seats' && COUNTED_HERE) })

/** Not by the plugin, whose count takes a few promises: see FixedWindows. */
const COUNTED_HERE = { rateLimit: false } as const

export const WINDOW_SECONDS = 60
/** Keys kept, so that an attack from many addresses cannot fill the memory. */
export const MAX_KEYS = 100_000

/** Refuses with 429 whoever asks too often. Runs after `auth`, which knows who that is. */
export const rateLimit = fp<{ ctx: Ctx }>(
  async (app, { ctx }) => {
    app.decorateRequest('limitGroup', undefined)
    const most = (group: LimitGroup) => LIMITS[group] * ctx.config.http.rateLimitScale
    await app.register(fastifyRateLimit, {
      timeWindow: WINDOW_SECONDS * 1_000,
      cache: MAX_KEYS,
      keyGenerator: (request) => `${groupOf(request)} ${whoAsks(request)}`,
      max: (request) => most(groupOf(request)),
      // Only the refusal says something; on every answer they would be bytes that nobody reads.
      addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
      addHeaders: {
        'x-ratelimit-limit': false,
        'x-ratelimit-remaining': false,
        'x-ratelimit-reset': false,
        'retry-after': true,
      },
      errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
    })
    const countSharedAttempts = async (request: FastifyRequest, reply: FastifyReply) => {
      // Without Redis the count of this process, above, has to do.
      const attempts = await countAttempt(ctx, {
        key: `auth:ip:${networkOfAddress(request.ip)}`,
        windowSeconds: WINDOW_SECONDS,
      })
      if (!attempts || attempts.count <= most('auth')) return
      reply.header('retry-after', String(secondsOf(attempts.resetMs)))
      throw tooMany(attempts.resetMs)
    }
    const seats = new FixedWindows({ lengthMs: WINDOW_SECONDS * 1_000, maxKeys: MAX_KEYS })
    const countSeatChoice = (actor: Actor, address: string | undefined) =>
      seats.count(personOrNetwork(actor, address), most('seats'), Date.now())
    app.decorate('countSeatChoice', countSeatChoice)
    const countSeats: onRequestHookHandler = (request, reply, done) => {
      const waitMs = countSeatChoice(request.actor, request.ip)
      if (waitMs === 0) return done()
      reply.header('retry-after', String(secondsOf(waitMs)))
      done(tooMany(waitMs))
    }
    app.addHook('onRoute', (route) => {
      const hook = { auth: countSharedAttempts, seats: countSeats }[route.config?.limit as string]
      if (!hook) return
      const others = route.onRequest ?? []
      route.onRequest = [...(Array.isArray(others) ? others : [others]), hook]
    })
  },
  { name: 'rate-limit', dependencies: ['errors', 'auth'] },
)

/** Asked several times of each request, and the framework puts a route's options together anew each time. */
const groupOf = (request: FastifyRequest): LimitGroup => {
  request.limitGroup ??= chooseGroup(request)
  return request.limitGroup
}

const chooseGroup = (request: FastifyRequest): LimitGroup =>
  request.routeOptions.config.limit ?? (request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write')

const whoAsks = (request: FastifyRequest) =>
  groupOf(request) === 'auth' ? networkOfAddress(request.ip) : personOrNetwork(request.actor, request.ip)

const personOrNetwork = (actor: Actor, address: string | undefined) =>
  actor.kind === 'user' ? actor.userId : networkOfAddress(address)

const secondsOf = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))

function tooMany(resetMs: number) {
  const seconds = secondsOf(resetMs)
  return new AppError(
    'RATE_LIMITED',
    `Too many requests. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  )
}
