import type { ErrorBody, ErrorCode, FieldIssue } from '@marquee/contracts/errors'

/** Failures that happen before the API can answer. */
export type ApiErrorCode = ErrorCode | 'OFFLINE' | 'TIMEOUT' | 'ABORTED'

const WORDS: Partial<Record<ApiErrorCode, string>> = {
  OFFLINE: 'You seem to be offline. Check the connection and try again.',
  TIMEOUT: 'Marquee took too long to answer. Try again in a moment.',
  RATE_LIMITED: 'Too many tries in a short time. Wait a minute, then try again.',
  UNAVAILABLE: 'This part of Marquee is resting for a moment. Try again shortly.',
  INTERNAL: 'Something broke on our side. Try again; if it stays, quote the reference below.',
  NOT_FOUND: 'There is nothing here any more.',
}

/** Every failed request of the web app, whatever went wrong. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  /** HTTP status, 0 when no answer came. */
  readonly status: number
  readonly fields: FieldIssue[]
  readonly seatIds: string[]
  readonly requestId: string | null

  constructor(input: {
    code: ApiErrorCode
    status?: number
    message?: string
    fields?: FieldIssue[]
    seatIds?: string[]
    requestId?: string | null
  }) {
    super(input.message ?? WORDS[input.code] ?? 'That did not work. Try again in a moment.')
    this.name = 'ApiError'
    this.code = input.code
    this.status = input.status ?? 0
    this.fields = input.fields ?? []
    this.seatIds = input.seatIds ?? []
    this.requestId = input.requestId ?? null
  }

  /** A later try of the same read may work. */
  get retryable(): boolean {
    return this.status === 0 ? this.code !== 'ABORTED' : this.status >= 500 || this.status === 429
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error
}

/** @param status HTTP status of an answer that is not 2xx; a proxy's own error page has no wire error in it. */
export function fromResponse(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) {
    const { code, message, details, requestId } = body.error
    return new ApiError({ code, status, message, fields: details?.fields, seatIds: details?.seatIds, requestId })
  }
  if (status === 404) return new ApiError({ code: 'NOT_FOUND', status })
  if (status === 429) return new ApiError({ code: 'RATE_LIMITED', status })
  if (status === 502 || status === 503 || status === 504) return new ApiError({ code: 'UNAVAILABLE', status })
  return new ApiError({ code: 'INTERNAL', status })
}

export function isApiError(error: unknown, ...codes: ApiErrorCode[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code))
}
