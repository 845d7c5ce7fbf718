import { type DomNode, isElement, type PageDom } from './visible-text.ts'

/** Whole statements only: a sentence that merely contains the words says nothing about this film. */
const NOTHING_LEFT =
  /^(?:sorry[,!.]? )?(?:(?:all )?(?:shows?|tickets?|sessions?|screenings?|seats?|this (?:show|film|movie|screening|event)) (?:is |are )?(?:now )?(?:all )?)?(?:sold[ -]?out|house ?full)[.!]*$/i
const NOT_ON_SALE =
  /^(?:sorry[,!.]? )?(?:(?:online )?(?:bookings?|ticket sales?|sales?) (?:is|are|has|have)(?: now)? (?:not (?:yet )?(?:opened|open|started|available)|closed)|no (?:shows?|show ?times?|sessions?|screenings?)(?: (?:are|is))?(?: available| found| scheduled)?)[.!]*$/i

/** Parts of a page that speak of something else, or of one session among many. */
const ELSEWHERE = new Set([
  'a',
  'button',
  'li',
  'option',
  'label',
  'td',
  'nav',
  'footer',
  'aside',
  'svg',
  'dialog',
  'select',
])
const RELATED =
  /related|recommend|similar|upcoming|you-?may|also-?like|carousel|legend|footer|showtime|session|time-?slot/i
/** Next to these words a statement is part of a legend. */
const LEGEND = /\b(?:available|filling fast|almost full|selling fast|few left|limited)\b/i

function isElsewhere(node: DomNode): boolean {
  for (let here: DomNode | null = node; here; here = here.parent) {
    if (!isElement(here)) continue
    if (ELSEWHERE.has(here.name) || here.attribs.role === 'button') return true
    if (RELATED.test(`${here.attribs.class ?? ''} ${here.attribs.id ?? ''}`)) return true
  }
  return false
}

export type SoldOutText = { kind: 'sold-out' | 'not-on-sale'; text: string; where: string }

/**
 * What the page says to everybody about its film as a whole: that nothing is left, or is not sold. Only what people see, and not
 * what stands in links, buttons, lists, legends or beside other films. At most a few; a veto, never a proof.
 */
export function soldOutTexts(dom: PageDom, filmTitle = ''): SoldOutText[] {
  const found: SoldOutText[] = []
  const heading = dom.$('title').first().text().trim().toLowerCase()
  // Films are called "Housefull" and "Sold Out".
  const isTitle = (statement: string) => {
    const text = statement.toLowerCase()
    return text === filmTitle.trim().toLowerCase() || (heading.startsWith(text) && heading.length > text.length + 8)
  }
  for (const element of dom.$('h1,h2,h3,h4,h5,h6,p,div,span,strong,b,em,section').toArray()) {
    let text = ''
    let nested = false
    for (const child of element.children) {
      if (child.type === 'text') text += child.data
      else if (isElement(child) && !['b', 'strong', 'em', 'i', 'br', 'svg', 'img'].includes(child.name)) nested = true
      else if (isElement(child)) text += ` ${dom.textIn(child)} `
    }
    const statement = text.replace(/\s+/g, ' ').trim()
    if (nested || statement.length < 7 || statement.length > 80) continue
    const kind = NOTHING_LEFT.test(statement) ? 'sold-out' : NOT_ON_SALE.test(statement) ? 'not-on-sale' : null
    if (kind === null || isTitle(statement) || found.some(({ text }) => text === statement)) continue
    if (dom.isHidden(element) || isElsewhere(element)) continue
    const around = element.parent && isElement(element.parent) && element.parent.name !== 'body' ? element.parent : null
    if (around && LEGEND.test(dom.textIn(around).slice(0, 300))) continue
    found.push({ kind, text: statement, where: element.name })
    if (found.length >= 5) break
  }
  return found
}
