import { type CheerioAPI, load } from 'cheerio/slim'

export type DomNode = Parameters<CheerioAPI['contains']>[0]
export type DomElement = Extract<DomNode, { attribs: unknown }>

export type PageDom = {
  $: CheerioAPI
  /** Whether people do not see it: it or something around it is hidden. */
  isHidden(node: DomNode): boolean
  /** What people read in it, blanks collapsed. Script and hidden text are left out. */
  textIn(node: DomNode): string
  /** Whether the first begins earlier in the page than the second. */
  isBefore(a: DomNode, b: DomNode): boolean
}

/** Text beyond this is not read. */
const TEXT_LIMIT = 200_000
/** Style rules beyond this are not looked at, nor selectors that would take long. */
const RULE_LIMIT = 150
const SELECTOR_PARTS = 4
/** No page that people read is deeper or larger. */
const DEPTH_LIMIT = 400
const NODE_LIMIT = 400_000
const NEVER_SHOWN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'title',
  'meta',
  'link',
  'object',
  'iframe',
])

export const isElement = (node: DomNode | null | undefined): node is DomElement =>
  node !== null && node !== undefined && 'attribs' in node

type StyleRule = { selector: string; hides: boolean; weight: number }

const hidesIn = (declarations: string): boolean | null => {
  if (/(?:^|[;\s])display\s*:\s*none|(?:^|[;\s])visibility\s*:\s*(?:hidden|collapse)/i.test(declarations)) return true
  return /(?:^|[;\s])display\s*:/i.test(declarations) ? false : null
}

/** How specific a selector is, by the counting of CSS, in one number. */
const weightOf = (selector: string) =>
  (selector.match(/#/g)?.length ?? 0) * 10_000 +
  (selector.match(/[.[]/g)?.length ?? 0) * 100 +
  (selector.match(/(?:^|[\s>+~])[a-z]/gi)?.length ?? 0)

function withoutComments(css: string): string {
  let out = ''
  let from = 0
  for (;;) {
    const open = css.indexOf('/*', from)
    const close = open < 0 ? -1 : css.indexOf('*/', open + 2)
    if (close < 0) return out + css.slice(from, open < 0 ? undefined : open)
    out += css.slice(from, open)
    from = close + 2
  }
}

/** Rules of inline style sheets that hide or show, outside of @-rules (those hold in some windows only). */
function styleRules(css: string): StyleRule[] {
  const rules: StyleRule[] = []
  const plain = withoutComments(css)
  let depth = 0
  let start = 0
  let selector = ''
  let insideAt = false
  for (let i = 0; i < plain.length && rules.length < RULE_LIMIT * 4; i++) {
    if (plain[i] === '{') {
      if (depth === 0) {
        selector = plain.slice(start, i).trim()
        insideAt = selector.startsWith('@')
      }
      depth++
      if (depth === 1) start = i + 1
    } else if (plain[i] === '}') {
      depth = Math.max(0, depth - 1)
      if (depth > 0) continue
      const hides = insideAt ? null : hidesIn(plain.slice(start, i))
      for (const one of hides === null ? [] : selector.split(','))
        rules.push({ selector: one.trim(), hides: hides!, weight: weightOf(one) })
      start = i + 1
    } else if (plain[i] === ';' && depth === 0) start = i + 1
  }
  return rules
}

/** Elements that inline style sheets hide, the more specific and the later rule winning. */
function hiddenByStyle($: CheerioAPI): Set<DomNode> {
  const css = $('style')
    .toArray()
    .map((element) => $(element).text())
    .join('\n')
  const rules = styleRules(css.slice(0, 500_000))
  const hidden = new Set<DomNode>()
  if (!rules.some((rule) => rule.hides)) return hidden
  // States such as :hover are not how the page is first seen.
  const usable = rules.filter(
    ({ selector }) =>
      selector !== '' &&
      selector.length <= 200 &&
      !/[:@*]/.test(selector) &&
      selector.split(/[\s>+~]+/).length <= SELECTOR_PARTS,
  )
  for (const rule of usable.slice(0, RULE_LIMIT).sort((a, b) => a.weight - b.weight)) {
    try {
      for (const element of $(rule.selector).toArray())
        if (rule.hides) hidden.add(element)
        else hidden.delete(element)
    } catch {
      // A selector that is none hides nothing.
    }
  }
  return hidden
}

const CLOSED_BY_ITSELF =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option|path|circle|rect|use)$/i

/** How deep the markup goes at most, roughly and quickly: building a tree of it would take long before that is known. */
function refuseTooDeep(html: string): void {
  let depth = 0
  const tag = /<(\/?)([a-z][a-z0-9-]{0,30})/gi
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    const name = match[2]!.toLowerCase()
    if (name === 'script' || name === 'style') {
      // What looks like a tag in a script is none.
      const end = match[1] ? -1 : html.indexOf(`</${match[2]}`, tag.lastIndex)
      if (end >= 0) tag.lastIndex = end + name.length + 2
    } else if (!CLOSED_BY_ITSELF.test(name)) depth = match[1] ? Math.max(0, depth - 1) : depth + 1
    if (depth > DEPTH_LIMIT * 10) throw new Error('The page is too deep to be read.')
  }
}

/** The place of every node in the page. Throws when the page is deeper or larger than the limits. */
function placesOf($: CheerioAPI): Map<DomNode, number> {
  const places = new Map<DomNode, number>()
  const left: [DomNode, number][] = [[$.root()[0]!, 0]]
  while (left.length > 0) {
    const [node, depth] = left.pop()!
    places.set(node, places.size)
    if (depth > DEPTH_LIMIT || places.size > NODE_LIMIT)
      throw new Error('The page is too deep or too large to be read.')
    if ('children' in node)
      for (let i = node.children.length - 1; i >= 0; i--) left.push([node.children[i] as DomNode, depth + 1])
  }
  return places
}

/**
 * Reads HTML for what people see. Takes any text; broken markup is read as far as it can be. Throws when the page is deeper or
 * larger than any that people read.
 */
export function openHtml(html: string): PageDom {
  refuseTooDeep(html)
  const $ = load(html)
  const places = placesOf($)
  const byStyle = hiddenByStyle($)
  const hidesItself = (node: DomNode): boolean => {
    if (!isElement(node)) return false
    const { name, attribs } = node
    return (
      NEVER_SHOWN.has(name) ||
      attribs.hidden !== undefined ||
      attribs['aria-hidden'] === 'true' ||
      (name === 'input' && attribs.type === 'hidden') ||
      (attribs.style !== undefined && hidesIn(attribs.style) === true) ||
      byStyle.has(node)
    )
  }
  const isHidden = (node: DomNode): boolean => {
    for (let here: DomNode | null = node; here; here = here.parent) if (hidesItself(here)) return true
    return false
  }
  const textIn = (node: DomNode): string => {
    if (isHidden(node)) return ''
    const parts: string[] = []
    let length = 0
    const left: DomNode[] = [node]
    while (left.length > 0 && length < TEXT_LIMIT) {
      const here = left.pop()!
      if (here.type === 'text') {
        parts.push(here.data)
        length += here.data.length
      } else if ('children' in here && (here === node || !hidesItself(here))) {
        parts.push(' ')
        for (let i = here.children.length - 1; i >= 0; i--) left.push(here.children[i] as DomNode)
      }
    }
    return parts.join('').replace(/\s+/g, ' ').trim()
  }
  const isBefore = (a: DomNode, b: DomNode) => (places.get(a) ?? 0) < (places.get(b) ?? 0)
  return { $, isHidden, textIn, isBefore }
}
