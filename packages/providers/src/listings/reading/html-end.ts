const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/
const RAW = /^(?:script|style|textarea|title|iframe|noscript|template)$/
/** More behind the end of a page than this is not looked through. */
const TAIL_LIMIT = 300_000

/**
 * Whether an HTML document is there to its end: `</html>`, not inside a script or a comment, and behind it only what is whole
 * in itself. Pages are served without a length, so a cut one looks like any other.
 */
export function htmlEnds(body: string): boolean {
  const closings = [...body.matchAll(/<\/html\s{0,20}>/gi)]
  // Appended things may hold such a tag themselves: the last three are tried.
  return closings
    .slice(-3)
    .some(({ index, 0: tag }) => !isInside(body, index) && isWhole(body.slice(index + tag.length)))
}

/** Inside a script, a style, a comment, or a document within the document. */
function isInside(body: string, at: number): boolean {
  const before = body.slice(0, at)
  if (before.lastIndexOf('<!--') > before.lastIndexOf('-->')) return true
  const low = before.toLowerCase()
  if (low.lastIndexOf('<script') > low.lastIndexOf('</script')) return true
  return low.lastIndexOf('<style') > low.lastIndexOf('</style')
}

/** Every tag in it is whole and every element closed. */
function isWhole(tail: string): boolean {
  if (tail.length > TAIL_LIMIT) return false
  const open: string[] = []
  const tag = /<(\/?)([a-z][a-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/iy
  for (let i = tail.indexOf('<'); i >= 0; i = tail.indexOf('<', i)) {
    if (tail.startsWith('<!--', i)) {
      const end = tail.indexOf('-->', i + 4)
      if (end < 0) return false
      i = end + 3
      continue
    }
    tag.lastIndex = i
    const match = tag.exec(tail)
    if (!match) {
      // Half a tag at the very end, or a sign in a text.
      if (/^<(?:[a-z/!]|$)/i.test(tail.slice(i, i + 2))) return false
      i++
      continue
    }
    i = tag.lastIndex
    const name = match[2]!.toLowerCase()
    if (match[1]) {
      if (open.at(-1) === name) open.pop()
      else if (open.includes(name)) return false
    } else if (RAW.test(name)) {
      const end = new RegExp(`</${name}\\s{0,20}>`, 'i').exec(tail.slice(i))
      if (!end) return false
      i += end.index + end[0].length
    } else if (!VOID.test(name) && !match[3]!.endsWith('/')) open.push(name)
  }
  return open.length === 0
}
