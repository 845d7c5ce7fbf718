import type { ErrorBody, ErrorCode, FieldIssue } from '@marquee/contracts/errors'
import { AppError } from '@marquee/core/errors'
import { classifyFault } from '@marquee/core/faults'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'

/** The one place where a failure becomes a status. A new code does not compile until it has one. */
export const STATUS: Record<ErrorCode, number> = {
  VALIDATION: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  EMAIL_TAKEN: 409,
  PHONE_TAKEN: 409,
  USERNAME_TAKEN: 409,
  OTP_WRONG: 422,
  OTP_ENDED: 410,
  PASSWORD_CHANGE_REQUIRED: 403,
  BAD_CREDENTIALS: 401,
  SEATS_TAKEN: 409,
  TOO_MANY_SEATS: 422,
  HOLD_GONE: 409,
  HOLD_LIMIT: 409,
  SALES_CLOSED: 409,
  PRICE_CHANGED: 409,
  PROMO_REFUSED: 409,
  VOUCHER_REFUSED: 409,
  NOT_CANCELLABLE: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  BAD_SIGNATURE: 400,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  GATEWAY_UNAVAILABLE: 503,
  UNAVAILABLE: 503,
  INTERNAL: 500,
}

type Fault = { code: ErrorCode; status?: number; message: string; details?: ErrorBody['error']['details'] }

/** Requests that never reached a schema. They keep the status HTTP has for them. */
const UNREADABLE: Record<string, Fault> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'VALIDATION', status: 400, message: 'The body is not valid JSON' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'VALIDATION', status: 400, message: 'The body is empty: send JSON' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'VALIDATION',
    status: 400,
    message: 'The body does not have the length it announces',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'VALIDATION', status: 415, message: 'Send the body as application/json' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', message: 'The body is larger than this address takes' },
  FST_ERR_BAD_URL: { code: 'VALIDATION', status: 400, message: 'The address is not well formed' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'NOT_FOUND', message: 'Nothing is at this address' },
}

const INTERNAL: Fault = { code: 'INTERNAL', message: 'Something went wrong on our side. Try again in a moment.' }

/** Sends any error in the wire form. What is our own fault is logged whole and told in one general sentence. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, headers, text } = errorAnswer(error, request)
  // As text: an error must not have to pass the response schema of the route that failed.
  void reply.code(status).headers(headers).serializer(String).send(text)
}

/** What is answered to a request that failed, after telling its log. */
export function errorAnswer(error: unknown, { id, log }: Pick<FastifyRequest, 'id' | 'log'>) {
  const fault = toFault(error)
  const status = fault.status ?? STATUS[fault.code]
  if (status >= 500) log.error({ err: error, code: fault.code }, 'request failed')
  else log.debug({ err: error, code: fault.code }, 'request refused')
  const body: ErrorBody = {
    error: {
      code: fault.code,
      message: fault.message,
      ...(fault.details && { details: fault.details }),
      requestId: id,
    },
  }
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(status === 503 && { 'retry-after': '2' }),
  }
  return { status, headers, text: JSON.stringify(body) }
}

function toFault(error: unknown): Fault {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(
      (issue): FieldIssue => ({ field: fieldName(issue.instancePath), message: issue.message ?? 'is not valid' }),
    )
    const where = error.validationContext ?? 'request'
    return {
      code: 'VALIDATION',
      message: `The ${where === 'querystring' ? 'query' : where} is not valid`,
      details: { fields: fields.slice(0, 20) },
    }
  }
  if (isResponseSerializationError(error)) return INTERNAL
  const kind = classifyFault(error)
  if (kind === 'conflict')
    return { code: 'CONFLICT', message: 'This clashes with something that exists already, or that changed meanwhile' }
  if (kind === 'invalid')
    return { code: 'VALIDATION', message: 'Part of the request is no text, or no date, that can be kept' }
  if (kind === 'unavailable')
    return { code: 'UNAVAILABLE', message: 'We cannot reach part of our system. Try again in a moment.' }
  const { code, statusCode } = error as Partial<FastifyError>
  const unreadable = code === undefined ? undefined : UNREADABLE[code]
  if (unreadable) return unreadable
  // Plugins' own refusals (a bad range, a forbidden path): theirs is the status, ours the form.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const found = (Object.keys(STATUS) as ErrorCode[]).find((candidate) => STATUS[candidate] === statusCode)
    return { code: found ?? 'VALIDATION', status: statusCode, message: 'The request cannot be answered' }
  }
  return INTERNAL
}

/** `/seatIds/0` → `seatIds.0`. The body itself has no name. */
const fieldName = (path: string) => path.replace(/^\//, '').replaceAll('/', '.') || 'body'

export const errors = fp(
  async (app) => {
    app.setErrorHandler(sendError)
  },
  { name: 'errors' },
)
