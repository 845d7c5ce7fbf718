import { pino } from 'pino'

/** An address, wherever it stands; a version in a path ("client@7.10.0") has no such end. */
const ADDRESS = /[\w.+'-]+@(?:[a-z\d-]+\.)+[a-z]{2,}\b/gi
const NUMBER = /\+[1-9]\d{7,14}\b/g
/** What a column held: Postgres says it of the row that clashed. */
const VALUE = /(Key \([^=]*\)=)\([^)]*\)/g

/** Without what tells of a person. */
export const maskPeople = (text: string): string =>
  text.replaceAll(VALUE, '$1(…)').replaceAll(ADDRESS, '…@…').replaceAll(NUMBER, '+…')

/**
 * An error as it is logged. Mail servers, SMS providers and the database name the address, number or row in what they
 * answer; whoever reads a log needs the reason alone. Passwords and codes are in no error: see `redact`.
 */
export function errorForLog(error: Error): unknown {
  const { type, message, stack, ...rest } = pino.stdSerializers.err(error)
  const plain = { type, message: maskPeople(String(message)), stack: maskPeople(String(stack)) }
  try {
    return { ...(JSON.parse(maskPeople(JSON.stringify(rest))) as object), ...plain }
  } catch {
    // Something in it refers to itself, or is no JSON once it is masked.
    return plain
  }
}
