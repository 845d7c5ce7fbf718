import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import { ApiError } from './api-error.ts'

/** The contracts' messages go after a field's name, in lower case and without an end: alone they are a sentence. */
export function asSentence(message: string | undefined): string | undefined {
  if (!message) return undefined
  const begun = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}

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
