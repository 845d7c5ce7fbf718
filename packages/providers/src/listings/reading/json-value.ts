export type JsonObject = { [key: string]: unknown }

/** Nobody's page needs more; a hostile one is cut off here. */
export const JSON_LIMITS = { depth: 64, nodes: 400_000, items: 5_000 }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object, or an empty one: for chains through a page whose types nobody guarantees. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {})

/** The items of an array, or none. Never more than the limit. */
export const arrayOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, JSON_LIMITS.items) : [])

/** A text that is not empty, trimmed; null for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null

/** An id is a text or a whole number; the result is its text. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  return textOf(value)
}

/** A finite number, or a text that is only a number. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(value.trim())) return Number(value)
  return null
}

/** The value at a path of own keys, undefined where it breaks off. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let here: unknown = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as JsonObject)[key]
  }
  return here
}

/** One object of a tree and the way to it. */
export type FoundObject = { value: JsonObject; path: string }

/**
 * Every object of a tree, breadth first, without recursion and within the limits.
 * Null when the tree is deeper or larger than they allow: half a reading would be none.
 */
export function objectsIn(root: unknown): FoundObject[] | null {
  const found: FoundObject[] = []
  let level: { value: unknown; path: string }[] = [{ value: root, path: '' }]
  let nodes = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > JSON_LIMITS.depth) return null
    const next: { value: unknown; path: string }[] = []
    for (const { value, path } of level) {
      if (typeof value !== 'object' || value === null) continue
      if (!Array.isArray(value)) found.push({ value: value as JsonObject, path })
      for (const [key, child] of Object.entries(value)) {
        if (++nodes > JSON_LIMITS.nodes) return null
        if (typeof child !== 'object' || child === null) continue
        next.push({ value: child, path: Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key })
      }
    }
    level = next
  }
  return found
}
