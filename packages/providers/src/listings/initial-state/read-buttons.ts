import type { Evidence } from '../listing-source.ts'
import type { Proof } from '../reading/decide.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { arrayOf, objectsIn } from '../reading/json-value.ts'
import { type DomElement, isElement, type PageDom } from '../reading/visible-text.ts'
import { dateOf } from '../reading/zoned-time.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const RELEASE = /^releas(?:ing|es) on\s+(\d{1,2})\s+([a-z]{3})[a-z]*,?\s+(\d{4})$/i
const OTHERS = 'a, aside, footer, [class*="carousel"], [class*="related"], [class*="recommend"]'

/** The page says on which day its film comes out, and that day lies ahead. */
function releaseAhead({ $, isHidden }: PageDom, today: string | null): Evidence | null {
  for (const node of $('span, div, p, h2, h3, h4, li').toArray().slice(0, 20_000)) {
    const text = node.children
      .map((child) => (child.type === 'text' ? child.data : ' '))
      .join('')
      .trim()
    const [, day, name, year] = RELEASE.exec(text) ?? []
    const month = MONTHS.indexOf((name ?? '').toLowerCase()) + 1
    if (!day || month === 0 || isHidden(node) || $(node).closest(OTHERS).length > 0) continue
    const date = dateOf(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`)
    if (today !== null && date !== null && date > today)
      return evidenceOf('film.release-ahead', 'weak', node.name, text)
  }
  return null
}

/** The list of languages and formats that the button of the page offers; codes of this film only. */
function offered(roots: unknown[], codes: Set<string>): { where: string; piece: unknown } | null {
  for (const { value, path } of roots.flatMap((root) => objectsIn(root) ?? [])) {
    for (const option of arrayOf(value.pageCta)) {
      const named = JSON.stringify(option).match(/ET\d{6,12}/g) ?? []
      if (named.some((code) => codes.has(code))) return { where: `${path}.pageCta`, piece: option }
    }
  }
  return null
}

/**
 * The page of a film, without its showtimes. Its button for booking is one weak proof; what the button offers, in the state, or
 * a link to the showtimes is another, from another place.
 */
export function buttonsOf(dom: PageDom, roots: unknown[], codes: Set<string>, today: string | null) {
  const { $, isHidden } = dom
  const shown = (selector: string): DomElement | undefined =>
    $(selector)
      .toArray()
      .filter(isElement)
      .find(
        (node) => !isHidden(node) && node.attribs.disabled === undefined && node.attribs['aria-disabled'] !== 'true',
      )
  const proofs: Proof[] = []
  const saysNotOpen: Evidence[] = []
  const add = (place: string, evidence: Evidence) => proofs.push({ ...evidence, place, date: null })
  const after = shown('[data-phase="postRelease"]')
  const before = shown('[data-phase="preRelease"]')
  for (const code of codes) {
    const link = shown(`a[href*="buytickets"][href*="${code}"]`)
    if (link) add('link', evidenceOf('link.showtimes', 'weak', 'a[href*="buytickets"]', JSON.stringify(link.attribs)))
  }
  if (after) {
    add('button', evidenceOf('button.book', 'weak', '[data-phase="postRelease"]', JSON.stringify(after.attribs)))
    const options = offered(roots, codes)
    if (options) add('state', evidenceOf('button.offers', 'weak', options.where, options.piece))
  } else {
    if (before)
      saysNotOpen.push(
        evidenceOf('button.interested', 'weak', '[data-phase="preRelease"]', JSON.stringify(before.attribs)),
      )
    const ahead = releaseAhead(dom, today)
    if (ahead) saysNotOpen.push(ahead)
  }
  return { proofs, saysNotOpen }
}
