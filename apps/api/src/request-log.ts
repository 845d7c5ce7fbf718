import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'

/** Longer than any answer of ours should take. */
const SLOW_MS = 1_000

/** One line per request at most: a log of every good answer would cost more than some of the answers. */
export class RequestLog extends LogController {
  override incomingRequest() {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply) {
    const ms = Math.round(reply.elapsedTime)
    // Most answers: nothing to say, and nothing made for it.
    if (!error && ms <= SLOW_MS && !isWordy(request.log.level)) return
    const line = { method: request.method, path: pathOf(request.url), status: reply.statusCode, ms }
    if (error) request.log.error({ ...line, err: error }, 'answer could not be sent')
    else if (ms > SLOW_MS) request.log.warn(line, 'slow request')
    else request.log.debug(line, 'request')
  }
}

const isWordy = (level: string) => level === 'debug' || level === 'trace'

/** Without the query: it may hold a ticket's token, or what somebody searched for. */
const pathOf = (url: string) => url.split('?', 1)[0]
