type Difference = { name: string; was: string | null; is: string | null }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value of an audit entry on one line; null where there was none. */
function words(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value === '' ? '(empty)' : value
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map((one) => words(one) ?? '–').join('; ')
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${words(inner) ?? '–'}`)
      .join(', ')
  return JSON.stringify(value)
}

/** Every value by its name, with null where there was none. What an act only wrote has no before, what it erased no after. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [before, after].map((side) => (isRecord(side) ? side : side == null ? {} : { value: side }))
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])
  return [...names].map((name) => ({ name, was: words(was?.[name]), is: words(is?.[name]) }))
}
