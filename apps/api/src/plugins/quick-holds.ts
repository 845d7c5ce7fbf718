import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { HOLD_TOKEN_HEADER } from '@marquee/contracts/seats'
import type { Actor, Ctx } from '@marquee/core/context'
import { beginHold } from '@marquee/core/seats/begin-hold'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import { lazyLog } from '../lazy-log.ts'
import { isWorthALine, tellOfAnswer } from '../request-log.ts'
import { beforeRouting } from './before-routing.ts'
import { errorAnswer } from './errors.ts'
import { addressOf, placeOfActor } from './network.ts'
import { dataHeaders, servesOtherOrigins } from './security.ts'

const PATH = /^\/api\/showtimes\/([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\/holds$/
const TOKEN = /^[A-Za-z0-9_-]{43}$/
const BODY = /^\{"seatIds":\["([A-Z]{1,2}[1-9][0-9]?(?:","[A-Z]{1,2}[1-9][0-9]?){0,9})"\]\}$/
/** Ten seats as our pages write them are shorter. */
const MOST_BYTES = 128
const JSON_TYPE = ['content-type', 'application/json; charset=utf-8']

/**
 * Answers `POST /api/showtimes/:id/holds` as our own pages send it, before a route is looked for: what is done for any
 * request is a good part of what these cost. Token, limit, verb and answers are those of the route (`seatRoutes`), one
 * after the other. It refuses only what the verb refuses. Whatever is not plain goes the ordinary way: pages of another
 * origin, a form of its own, a token that is no longer good, too many choices, a body that comes later than its head.
 */
export const quickHolds = fp<{ ctx: Ctx; newRequestId: () => string }>(
  async (app, { ctx, newRequestId }) => {
    // Each answer would have to say which pages may read it.
    if (servesOtherOrigins(ctx.config)) return
    const always = Object.entries(dataHeaders(ctx.config)).flat()
    let isClosing = false
    app.addHook('preClose', (done) => {
      isClosing = true
      done()
    })

    beforeRouting(app, (request, response, ordinary) => {
      const showtimeId = isClosing ? null : showtimeOf(request)
      if (!showtimeId) return ordinary(request, response)
      // So small a body comes with its head; the parser has handed it over when this turn of the queue is done.
      process.nextTick(holdOrPass, showtimeId, request, response, ordinary)
    })

    function holdOrPass(
      showtimeId: string,
      request: IncomingMessage,
      response: ServerResponse,
      ordinary: RequestListener,
    ): void {
      const actor = goodActor(request.headers.authorization)
      const body = actor && readBody(request)
      if (!body) {
        ordinary(request, response)
        return
      }
      const address = addressOf(ctx, request)
      const seatIds = plainSeatIds(body.toString('latin1'))
      if (!seatIds || app.countSeatChoice(actor, address) > 0) {
        request.unshift(body)
        ordinary(request, response)
        return
      }
      const began = performance.now()
      const place = placeOfActor(actor, address)
      beginHold(ctx, { place, showtimeId, seatIds, holdToken: holdTokenOf(request) })
        .then(
          (hold) => {
            answer(response, 200, JSON_TYPE, JSON.stringify(hold))
            tell(request, 200, performance.now() - began)
          },
          (error: unknown) => {
            const id = newRequestId()
            const { status, headers, text } = errorAnswer(error, { id, log: logOf(id) })
            answer(response, status, Object.entries(headers).flat(), text)
            tell(request, status, performance.now() - began, id)
          },
        )
        .catch((error: unknown) => {
          ctx.log.error({ err: error }, 'answer could not be sent')
          response.destroy()
        })
    }

    /** Null: the route will say what is wrong. */
    function goodActor(authorization: string | undefined): Actor | null {
      try {
        const actor = app.actorOf(authorization)
        return actor.kind === 'user' && actor.mustChangePassword ? null : actor
      } catch {
        return null
      }
    }

    function answer(response: ServerResponse, status: number, headers: string[], text: string): void {
      response.writeHead(status, [...always, ...headers, 'content-length', String(Buffer.byteLength(text))]).end(text)
      // Says that its body was read to the end, or the connection would keep the request until the next one.
      response.req.read(0)
    }

    const logOf = (reqId: string) => lazyLog(ctx.log as FastifyBaseLogger, { reqId })

    function tell({ method = '', url = '' }: IncomingMessage, status: number, ms: number, id = ''): void {
      if (isWorthALine(ms, ctx.log.level))
        tellOfAnswer(logOf(id || newRequestId()), { method, path: url, status, ms: Math.round(ms) })
    }
  },
  { name: 'quick-holds', dependencies: ['auth', 'rate-limit', 'security'] },
)

/** Null: not a hold, or not a plain one. */
function showtimeOf({ method, url = '', headers }: IncomingMessage): string | null {
  if (method !== 'POST' || !url.endsWith('/holds') || headers['content-type'] !== 'application/json') return null
  const bytes = Number(headers['content-length'])
  if (!(bytes > 0 && bytes <= MOST_BYTES)) return null
  const holdToken = headers[HOLD_TOKEN_HEADER]
  if (holdToken !== undefined && !(typeof holdToken === 'string' && TOKEN.test(holdToken))) return null
  return PATH.exec(url)?.[1] ?? null
}

const holdTokenOf = ({ headers }: IncomingMessage) => headers[HOLD_TOKEN_HEADER] as string | undefined

/** Null: not here yet, or not whole. */
const readBody = (request: IncomingMessage): Buffer | null =>
  request.readableLength === Number(request.headers['content-length']) ? request.read() : null

/** The seats of a body as JSON.stringify writes it. It says yes to less than the contract does, never to more. */
export function plainSeatIds(text: string): string[] | null {
  const seatIds = BODY.exec(text)?.[1]?.split('","')
  return seatIds?.every((id, at) => seatIds.indexOf(id) === at) ? seatIds : null
}
