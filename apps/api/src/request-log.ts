import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify'

/** Longer than any answer of ours should take. */
const SLOW_MS = 1_000

/** One line per request at most: a log of every good answer would cost more than some of the answers. */
export class RequestLog extends LogController {
  override incomingRequest() {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply) {
    const ms = Math.round(reply.elapsedTime)
    // Most answers: nothing to say, and nothing made for it.
    if (!error && !isWorthALine(ms, request.log.level)) return
    const line = { method: request.method, path: pathOf(request.url), status: reply.statusCode, ms }
    if (error) request.log.error({ ...line, err: error }, 'answer could not be sent')
    else tellOfAnswer(request.log, line)
  }
}

export const isWorthALine = (ms: number, level: string) => ms > SLOW_MS || level === 'debug' || level === 'trace'

export type AnswerLine = { method: string; path: string; status: number; ms: number }

export function tellOfAnswer(log: Pick<FastifyBaseLogger, 'warn' | 'debug'>, line: AnswerLine): void {
  if (line.ms > SLOW_MS) log.warn(line, 'slow request')
  else log.debug(line, 'request')
}

/** Without the query: it may hold a ticket's token, or what somebody searched for. */
const pathOf = (url: string) => url.split('?', 1)[0]!
