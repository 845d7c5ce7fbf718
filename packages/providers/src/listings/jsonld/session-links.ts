import { type DomElement, isElement, type PageDom } from '../reading/visible-text.ts'
import { sameAddress } from './identity.ts'

export type LinkState = 'enabled' | 'sold-out' | 'off-sale'
export type SessionLink = { state: LinkState; where: string; piece: string }

const SOLD_OUT_CLASS = /(?:^|[\s_-])sold-?out(?:$|\s)/i
const OFF_SALE_CLASS = /(?:^|[\s_-])(?:off-?sale|(?:before|after)-?sales?|coming-?soon)(?:$|\s)/i
/** Words are a veto only, in the languages of cinemas that publish linked data. */
const SOLD_OUT_TEXT =
  /\b(?:sold[ -]?out|house ?full|ausverkauft|uitverkocht|complet|esaurit[oi]|agotad[oa]s?|esgotad[oa]s?|lleno|tükendi|wyprzedane|vyprodáno|slutsåld|udsolgt)\b|распродано|אזלו/i
const OFF_SALE_TEXT = /\b(?:off sale|not on sale|sales closed|booking closed|coming soon)\b/i

export type LinkIndex = {
  /**
   * By the session's own addresses, or one step below them, or, as the box office is often another site, its own numbers in any
   * address. Else a mark on its time of day (`2026-11-28T19:30`, local): such a one is only a veto.
   */
  find(own: { addresses: string[]; numbers: string[] }, localTime: string): SessionLink | null
}

/** Numbers long enough to be of one thing only. */
export const numbersIn = (text: string): string[] => text.match(/(?<!\d)\d{4,15}(?!\d)/g) ?? []

/** `…/bookings/177` of `…/bookings/177/the-title`; only below a step with a number of its own. */
const parentOf = (address: string): string | null =>
  /^([^?#]*\/[^/?#]*\d[^/?#]*)\/[^/?#]*[^/?#\d][^/?#]*$/.exec(address)?.[1] ?? null

const hrefOf = ({ attribs }: DomElement) =>
  attribs.href ?? attribs['data-href'] ?? attribs['data-url'] ?? attribs.formaction

/**
 * The links and buttons of a page by the address that they lead to. A hidden one is none; one that cannot be pressed, or on
 * which or next to which something visible says that nothing is left, is a veto.
 */
export function linksOf(dom: PageDom, base: string): LinkIndex {
  const { $, isHidden, textIn } = dom
  const byAddress = new Map<string, DomElement[]>()
  const byParent = new Map<string, DomElement[]>()
  const byNumber = new Map<string, DomElement[]>()
  const all = $('a[href], button, [data-href], [data-url]').toArray().filter(isElement).slice(0, 20_000)
  for (const element of all) {
    const href = hrefOf(element)
    const address = href && URL.canParse(href, base) ? sameAddress(new URL(href, base).href) : null
    const known = address ? (byAddress.get(address) ?? []) : []
    if (address && known.length < 10) byAddress.set(address, [...known, element])
    const parent = address && parentOf(address)
    const below = parent ? (byParent.get(parent) ?? []) : []
    if (parent && below.length < 10) byParent.set(parent, [...below, element])
    for (const number of address ? numbersIn(address).slice(0, 10) : []) {
      const others = byNumber.get(number) ?? []
      if (others.length < 10) byNumber.set(number, [...others, element])
    }
  }

  /** The smallest thing around the link that still belongs to this session alone. */
  const scopeOf = (element: DomElement): DomElement[] => {
    const scope = [element]
    for (let at = element.parent; isElement(at) && scope.length < 4 && at.name !== 'body'; at = at.parent) {
      if ($(at).find('a[href], button').length > 1) break
      scope.push(at)
    }
    return scope
  }

  const stateOf = (element: DomElement): SessionLink | null => {
    if (isHidden(element)) return null
    const scope = scopeOf(element)
    const marked = (pattern: RegExp) =>
      scope.some(({ attribs }) => pattern.test(attribs.class ?? '')) ||
      $(scope.at(-1)!)
        .find('[class]')
        .toArray()
        .slice(0, 50)
        .some((inner) => isElement(inner) && pattern.test(inner.attribs.class ?? '') && !isHidden(inner))
    const text = textIn(scope.at(-1)!).slice(0, 500)
    const link = (state: LinkState): SessionLink => ({
      state,
      where: hrefOf(element) === undefined ? element.name : `${element.name}[href="${hrefOf(element)}"]`,
      piece: $.html(element).slice(0, 2_000),
    })
    if (marked(SOLD_OUT_CLASS) || SOLD_OUT_TEXT.test(text)) return link('sold-out')
    if (marked(OFF_SALE_CLASS) || OFF_SALE_TEXT.test(text)) return link('off-sale')
    const { attribs } = element
    const disabled =
      attribs.disabled !== undefined ||
      attribs['aria-disabled'] === 'true' ||
      /(?:^|\s)(?:is-)?disabled(?:$|\s)/i.test(attribs.class ?? '')
    return link(disabled ? 'off-sale' : 'enabled')
  }

  const marksAt = new Map<string, SessionLink[]>()
  for (const time of $('time[datetime]').toArray().filter(isElement).slice(0, 5_000)) {
    const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(time.attribs.datetime ?? '')?.[0]
    const holder = time.parent
    if (!at || !isElement(holder) || isHidden(time) || $(holder).find('time').length > 1) continue
    const link = stateOf(holder)
    if (link) marksAt.set(at, [...(marksAt.get(at) ?? []).slice(0, 20), link])
  }

  return {
    find({ addresses, numbers }, localTime) {
      const at = addresses.flatMap((address) => byAddress.get(address) ?? [])
      const exact = at.length > 0 ? at : addresses.flatMap((address) => byParent.get(address) ?? [])
      const found = (exact.length > 0 ? exact : numbers.flatMap((number) => byNumber.get(number) ?? []))
        .map(stateOf)
        .filter((link) => link !== null)
      // One veto outweighs a second link that lacks it.
      const own = found.find(({ state }) => state !== 'enabled') ?? found[0]
      if (own) return own
      const marks = marksAt.get(localTime) ?? []
      // Of several at the same time one that can be booked may be this one.
      return marks.every(({ state }) => state !== 'enabled') ? (marks[0] ?? null) : null
    },
  }
}
