// The servers we compare with, each as small as it can be. PEER chooses: hello | bare | naive | check-ours | check-library.
import { createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createAccessTokens } from '@marquee/core/auth/access-tokens'
import { systemClock } from '@marquee/core/clock'
import type { Config } from '@marquee/core/config'
import type { Ctx } from '@marquee/core/context'
import { queueHold } from '@marquee/core/seats/hold-queue'
import { hallKeys } from '@marquee/core/seats/hold-scripts'
import Fastify from 'fastify'
import { Redis } from 'ioredis'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { answer } from '../answer.ts'

const secret = process.env.JWT_SECRET ?? ''
const app = Fastify({ logger: false })
const bearer = (header = '') => header.slice(7)

/** The token check as it is written in most examples: the secret as a string, on every request. */
const verifyWithLibrary = (header?: string) =>
  jwt.verify(bearer(header), secret, { algorithms: ['HS256'] }) as { sub: string }

/** The script by itself, under a prefix of its own. */
function naiveHolds() {
  const redis = new Redis(process.env.REDIS_URL ?? '')
  const lua = readFileSync(new URL('../../packages/core/src/seats/scripts/hold.lua', import.meta.url), 'utf8')
  redis.defineCommand('hold', { numberOfKeys: 5, lua })
  const script = redis as unknown as { hold(...args: string[]): Promise<string> }
  const hold = async (holder: string, showtimeId: string, seats: number[]) => {
    const hall = `naive:seat_lock:{${showtimeId}}`
    const keys = ['naive:seat_expiries', `${hall}:h`, `${hall}:x`, `${hall}:m`, 'naive:unused']
    const answer = await script.hold(...keys, 'naive:', holder, showtimeId, '180000 480000 0 10 0 0', seats.join())
    return answer.split(' ').map(Number)
  }
  return { redis, hold }
}

const PEERS: Record<string, () => void> = {
  hello() {
    app.get('/', async () => ({ hello: 'world' }))
  },
  /** The least that holds seats over HTTP as we do: the script, shared by guests, and nothing that a service needs besides. */
  bare() {
    const client = new Redis(process.env.REDIS_URL ?? '')
    const redis = { run: (command: (to: Redis) => Promise<unknown>) => command(client) } as Ctx['redis']
    const config = { holds: { prefix: 'naive' } } as Config
    app.post('/', async (request) => {
      const { showtimeId, seats } = request.body as { showtimeId: string; seats: number[] }
      const [hash, ends, map] = hallKeys({ config }, showtimeId)
      const hold = { holder: `bare ${seats[0]}`, showtimeId, terms: '180000 480000 0 10 0 0', seats: seats.join() }
      const [outcome] = await queueHold({ redis, config }, { keys: [hash, ends, map, map], ...hold })
      return { ok: outcome === 1 }
    })
  },
  /** A hold as it is first written: library token check, zod in the handler, the script, and a PUBLISH after it. */
  naive() {
    const { redis, hold } = naiveHolds()
    const Body = z.object({
      showtimeId: z.string().min(1).max(64),
      seats: z.array(z.int().min(0).max(2500)).min(1).max(10),
    })
    app.post('/', async (request, reply) => {
      let user: { sub: string }
      try {
        user = verifyWithLibrary(request.headers.authorization)
      } catch {
        return reply.code(401).send({ error: 'unauthorised' })
      }
      const body = Body.safeParse(request.body)
      if (!body.success) return reply.code(422).send({ error: 'not valid' })
      const { showtimeId, seats } = body.data
      const [outcome, until] = await hold(user.sub, showtimeId, seats)
      if (outcome !== 1) return reply.code(409).send({ error: 'taken' })
      await redis.publish(`naive-seats:${showtimeId}`, JSON.stringify({ seats, until }))
      return { ok: true, showtimeId, seats, expiresAt: until }
    })
  },
  'check-ours'() {
    const none = { has: () => false, announce: async () => {}, close: () => {} }
    const tokens = createAccessTokens({ jwtKey: createSecretKey(Buffer.from(secret)), clock: systemClock }, none)
    app.get('/', async (request) => {
      const actor = tokens.verify(bearer(request.headers.authorization))
      return { user: actor.kind === 'user' ? actor.userId : null }
    })
  },
  'check-library'() {
    app.get('/', async (request) => ({ user: verifyWithLibrary(request.headers.authorization).sub }))
  },
}

PEERS[process.env.PEER ?? '']?.()
await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
answer({ port: () => (typeof address === 'object' && address ? address.port : 0) })
