/** A whole pair, or any one escape, so that the second half of `\\` is never taken for the start of another. */
const ESCAPE = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|.)/g
const NO_TEXT = /^\\u(?:0000|[dD][89a-fA-F][\da-fA-F]{2})$/

/**
 * JSON that a jsonb column takes: NUL and halves of a pair, which may be written in JSON and are no text in Postgres,
 * become the replacement character. Everything else stays as it was sent, to the byte.
 */
export const storableJson = (json: string) =>
  json.replace(ESCAPE, (written) => (NO_TEXT.test(written) ? '\\ufffd' : written))
