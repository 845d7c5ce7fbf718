export type XmlElement = { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] }

/** The document is not what the carrier can read. */
export class AnswerError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AnswerError'
  }
}

const OPEN = /<([A-Za-z][\w.-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const CLOSE = /<\/([A-Za-z][\w.-]*)\s*>/y
const SKIPPED = /<!--(?:(?!--)[\s\S])*-->/y
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y
const TEXT = /[^<]+/y
const DECLARATION = /^\s*<\?xml\s[^?]*\?>/
/** XML 1.0 knows no others, escaped or not. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u
const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-fA-F]+));/g
const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Reads one strict document: what a lenient reader would let pass must be found out here, not by the real carrier. */
export function readXml(text: string): XmlElement {
  if (FORBIDDEN.test(text)) throw new AnswerError('a character that no XML can hold')
  const body = text.replace(DECLARATION, '').trim()
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(body)
    if (found) at = pattern.lastIndex
    return found
  }
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  while (at < body.length) {
    const inner = open.at(-1)!
    const start = take(OPEN)
    if (start) {
      const element = { name: start[1]!, attributes: readAttributes(start[2] ?? ''), children: [] }
      inner.children.push(element)
      if (!start[3]) open.push(element)
      continue
    }
    const end = take(CLOSE)
    if (end) {
      if (open.length === 1 || inner.name !== end[1]) throw new AnswerError(`</${end[1]}> closes nothing`)
      open.pop()
      continue
    }
    if (take(SKIPPED)) continue
    const verbatim = take(CDATA)
    const found = verbatim ? null : take(TEXT)
    if (!verbatim && !found) throw new AnswerError(`cannot be read from "${body.slice(at, at + 20)}" on`)
    inner.children.push(verbatim ? verbatim[1]! : plain(found![0]))
  }
  if (open.length > 1) throw new AnswerError(`<${open.at(-1)!.name}> is never closed`)
  const [only, ...more] = root.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  if (!only || typeof only === 'string' || more.length > 0) throw new AnswerError('one element has to hold everything')
  return only
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', quoted, single] of text.matchAll(ATTRIBUTE)) {
    if (name in attributes) throw new AnswerError(`${name} is there twice`)
    attributes[name] = plain(quoted ?? single ?? '')
  }
  return attributes
}

function plain(text: string): string {
  if (text.replace(ENTITY, '').includes('&')) throw new AnswerError('an ampersand that begins nothing')
  return text.replace(ENTITY, (_all, name: keyof typeof NAMED | undefined, decimal?: string, hex?: string) =>
    name ? NAMED[name] : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex!, 16)),
  )
}

/** The words in an element. */
export const wordsOf = (element: XmlElement): string =>
  element.children
    .map((child) => (typeof child === 'string' ? child : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
