/** `end` is the index after the value. */
export type ScannedJson = { value: unknown; start: number; end: number }

const SPACE = /\s/
const WORD = /[A-Za-z0-9_$.+-]/

/** A value without an end is looked for to the end of the page: not too often. */
const MOST_TRIES = 30

/** The end of a string that starts at `from` with a quote, or null when the text ends inside. */
function stringEnd(text: string, from: number): number | null {
  const quote = text[from]
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote) return i + 1
  }
  return null
}

/** The end of a value that starts at `from`, by balanced brackets outside of strings; null when the text ends inside. */
function valueEnd(text: string, from: number): number | null {
  const first = text[from]
  if (first === '"' || first === "'") return stringEnd(text, from)
  if (first !== '{' && first !== '[') {
    let end = from
    while (end < text.length && WORD.test(text[end]!)) end++
    // A bare word at the very end may be half a word.
    return end === from || end === text.length ? null : end
  }
  const open: string[] = []
  for (let i = from; i < text.length; ) {
    const c = text[i]!
    if (c === '"') {
      const end = stringEnd(text, i)
      if (end === null) return null
      i = end
      continue
    }
    if (c === '{') open.push('}')
    else if (c === '[') open.push(']')
    else if (c === '}' || c === ']') {
      if (open.pop() !== c) return null
      if (open.length === 0) return i + 1
    }
    i++
  }
  return null
}

/** Scripts write `undefined` and `NaN` where JSON has null. Only outside of strings. */
function withoutUndefined(text: string): string {
  let out = ''
  let kept = 0
  for (let i = 0; i < text.length; ) {
    const c = text[i]!
    if (c === '"') {
      i = stringEnd(text, i) ?? text.length
      continue
    }
    const word = c === 'u' || c === 'N' ? /^(?:undefined|NaN)\b/.exec(text.slice(i, i + 10)) : null
    if (word) {
      out += `${text.slice(kept, i)}null`
      i += word[0].length
      kept = i
    } else i++
  }
  return out + text.slice(kept)
}

/** JSON, or JSON as scripts write it (with `undefined`). Undefined when it is neither. */
export function parseJson(written: string): unknown {
  // Some files begin with a mark of their encoding.
  const text = written.startsWith('\uFEFF') ? written.slice(1) : written
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(withoutUndefined(text))
    } catch {
      return undefined
    }
  }
}

/** The text of a string literal of a script, in single or double quotes. Null when it cannot be read. */
function literalText(literal: string): string | null {
  if (literal.startsWith('"')) {
    const value = parseJson(literal.replaceAll("\\'", "'").replace(/\\x([0-9a-fA-F]{2})/g, '\\u00$1'))
    return typeof value === 'string' ? value : null
  }
  const inner = literal
    .slice(1, -1)
    .replace(/\\x([0-9a-fA-F]{2})/g, '\\u00$1')
    .replaceAll("\\'", "'")
    .replace(/\\[\s\S]|"/g, (c) => (c === '"' ? '\\"' : c))
  const value = parseJson(`"${inner}"`)
  return typeof value === 'string' ? value : null
}

/**
 * The JSON value that starts at `from`, after blanks; `JSON.parse("…")` is read too. Null unless the whole value is there:
 * a page that was cut never gives half an object.
 */
export function scanJson(text: string, from: number): ScannedJson | null {
  let start = from
  while (start < text.length && SPACE.test(text[start]!)) start++
  if (text.startsWith('JSON.parse(', start)) {
    let quote = start + 'JSON.parse('.length
    while (quote < text.length && SPACE.test(text[quote]!)) quote++
    const end = text[quote] === '"' || text[quote] === "'" ? stringEnd(text, quote) : null
    if (end === null) return null
    const inner = literalText(text.slice(quote, end))
    const value = inner === null ? undefined : parseJson(inner)
    return value === undefined ? null : { value, start, end }
  }
  const end = valueEnd(text, start)
  if (end === null) return null
  const value = parseJson(text.slice(start, end))
  return value === undefined ? null : { value, start, end }
}

/**
 * Values given to a name in a script: `window.NAME = {…}`, `var NAME = […]`, `NAME = …`, `window["NAME"] = …`.
 * In page order; those that are not whole are left out.
 */
export function assignedJson(page: string, name: string): ScannedJson[] {
  const escaped = name.replace(/[$.*+?^(){}|[\]\\]/g, '\\$&')
  const before = new RegExp(`(?<![\\w$])${escaped}(?:["']\\])?\\s*=(?!=)`, 'g')
  const found: ScannedJson[] = []
  let tries = 0
  for (const match of page.matchAll(before)) {
    const value = scanJson(page, match.index + match[0].length)
    if (value) found.push(value)
    if (++tries >= MOST_TRIES) break
  }
  return found
}

/**
 * What stands in `<script>` elements whose opening tag `accepts`; null for one that is not whole, is not JSON or has
 * something behind its value. `</script>` inside a string does not end it.
 */
export function scriptJson(page: string, accepts: (openingTag: string) => boolean): (ScannedJson | null)[] {
  const found: (ScannedJson | null)[] = []
  let failures = 0
  const opening = /<script\b[^>]{0,1000}>/gi
  for (let match = opening.exec(page); match; match = opening.exec(page)) {
    if (!accepts(match[0])) continue
    const from = match.index + match[0].length
    const value = scanJson(page, from)
    const rest = value ? /^[\s;]*<\/script\b/i.exec(page.slice(value.end, value.end + 400)) : null
    found.push(value && rest ? value : null)
    if (value) opening.lastIndex = value.end
    else failures++
    if (found.length >= 200 || failures >= MOST_TRIES) break
  }
  return found
}

/** Whether an opening tag carries this id, in any quotes or none. */
export const hasId = (openingTag: string, id: string) =>
  new RegExp(`\\sid\\s*=\\s*["']?${id.replace(/[$.*+?^(){}|[\]\\]/g, '\\$&')}(?=["'\\s>])`, 'i').test(openingTag)
