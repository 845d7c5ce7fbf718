import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import { ApiError } from '../../lib/api-error.ts'

/** Puts what the API said beside the field it is about. Answers the sentence for above the form, or null. */
export function spreadErrors<T extends FieldValues>(
  error: unknown,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): string | null {
  if (!(error instanceof ApiError)) return 'Something unexpected happened. Try again in a moment.'
  const known = error.fields.filter((issue) => (fields as readonly string[]).includes(issue.field))
  for (const [index, issue] of known.entries()) {
    setError(issue.field as Path<T>, { message: issue.message }, { shouldFocus: index === 0 })
  }
  return known.length > 0 ? null : error.message
}
