import type { ErrorBody, ErrorCode, FieldIssue } from '@marquee/contracts/errors'

type Details = NonNullable<ErrorBody['error']['details']>

/** The one error a verb throws on purpose. Anything else is a fault, logged whole and sent as INTERNAL. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Details | undefined
  constructor(code: ErrorCode, message: string, details?: Details) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

/** Another person's row is not found either: its existence is nobody's business. */
export const notFound = (what: string) => new AppError('NOT_FOUND', `${what} not found`)

export const invalid = (field: string, message: string) => {
  const fields: FieldIssue[] = [{ field, message }]
  return new AppError('VALIDATION', `${field}: ${message}`, { fields })
}
