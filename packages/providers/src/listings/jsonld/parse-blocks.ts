/** Nobody's page has more. */
const BLOCK_LIMIT = 500
/** Some servers write the slash and the plus as entities. */
const OPENING =
  /<script\b[^>]*\stype\s*=\s*["']?\s*application(?:\/|&#x2f;|&#47;|&sol;)ld(?:\+|&#x2b;|&#43;|&plus;)json\b[^>]*>/gi

/**
 * Hand-written blocks have commas before closing brackets and line breaks inside of texts; browsers refuse them and search
 * engines read them. Whatever else is wrong stays wrong, so that half a block is none.
 */
function mended(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') {
      const from = i
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++
      out += text
        .slice(from, i + 1)
        .replace(/\p{Cc}/gu, (control) => (control === '\n' ? '\\n' : control === '\t' ? '\\t' : ' '))
    } else if (c === ',' && /^\s*[}\]]/.test(text.slice(i + 1, i + 200))) out += ' '
    else out += c
  }
  return out
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(mended(text))
    } catch {
      return undefined
    }
  }
}

/** All blocks of linked data in page order, each whole; null for one that cannot be read or is not closed. */
export function parseBlocks(body: string): ({ value: unknown } | null)[] {
  const found: ({ value: unknown } | null)[] = []
  for (const opening of body.matchAll(OPENING)) {
    const from = opening.index + opening[0].length
    const closing = /<\/script\b/gi
    closing.lastIndex = from
    const end = closing.exec(body)?.index ?? -1
    const text = (end < 0 ? '' : body.slice(from, end))
      // Old wrappers for parsers that did not know scripts.
      .replace(/^\s*(?:\/\/\s*)?(?:<!\[CDATA\[|<!--)/, '')
      .replace(/(?:\/\/\s*)?(?:\]\]>|-->)\s*$/, '')
      .trim()
      .replace(/;$/, '')
    const value = text === '' ? undefined : parse(text)
    found.push(value === undefined ? null : { value })
    if (found.length >= BLOCK_LIMIT) break
  }
  return found
}
