import type { FetchedPage, ListingTarget } from '../listing-source.ts'
import { isCity } from '../reading/city-names.ts'
import type { PageDom } from '../reading/visible-text.ts'
import { DAY_TABS, filmIdOf, hrefOf, isTown, townOf } from './addresses.ts'

const words = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export const headingOf = (dom: PageDom): string =>
  dom
    .$('h1,h2')
    .toArray()
    .map((heading) => dom.textIn(heading))
    .find((text) => text !== '') ?? ''

/** Addresses by which the page names itself: in its head, and on its own tabs and days. */
function ownAddresses(dom: PageDom, page: FetchedPage): URL[] {
  const { $ } = dom
  const head = [$('link[rel="canonical"]').attr('href'), $('meta[property="og:url"]').attr('content')]
  const own = $('a[href]')
    .toArray()
    .filter((anchor) => {
      const href = anchor.attribs.href ?? ''
      // A mere `#about` would be read as the address that was asked for.
      if (!/-movie-detail-|Online-Advance-Booking/i.test(href)) return false
      return /[?&]fromdate=|#/.test(href) || $(anchor).is(DAY_TABS) || /^showlisting$/i.test(dom.textIn(anchor))
    })
    .map((anchor) => anchor.attribs.href)
  return [...head, ...own].map((href) => hrefOf(href, page.finalUrl)).filter((url) => url !== null)
}

/**
 * Which film the page is of: by the addresses that it gives for itself. A page that gives none is of the film at whose address
 * it was served, but only when its heading is that film's title; that much suffices to say "not open", and for no more.
 */
export function servedFilm(
  dom: PageDom,
  page: FetchedPage,
  target: ListingTarget,
): { id: string | null; sure: boolean } {
  const ids = [...new Set(ownAddresses(dom, page).map(filmIdOf))].filter((id) => id !== null)
  const other = ids.find((id) => id !== target.siteMovieId)
  if (other !== undefined) return { id: other, sure: false }
  if (ids.length > 0) return { id: target.siteMovieId, sure: true }
  const address = URL.canParse(page.finalUrl) ? filmIdOf(new URL(page.finalUrl)) : null
  const named = words(headingOf(dom)) === words(target.title)
  return { id: named && address === target.siteMovieId ? target.siteMovieId : null, sure: false }
}

/** Whether the page is of the asked city; null where it names none. Its cinemas know best, then its title and its head. */
export function cityFits(dom: PageDom, page: FetchedPage, target: ListingTarget): boolean | null {
  const { $ } = dom
  const { city } = target
  const towns = $('a[href]')
    .toArray()
    .filter((anchor) => $(anchor).closest('footer').length === 0)
    .map((anchor) => hrefOf(anchor.attribs.href, page.finalUrl))
    .map((url) => url && townOf(url))
    .filter((town) => town !== null)
  const own = [
    $('link[rel="canonical"]'),
    ...$(DAY_TABS)
      .toArray()
      .map((tab) => $(tab)),
  ]
    .map((element) => hrefOf(element.attr('href'), page.finalUrl))
    .map((url) => url && townOf(url))
    .filter((town) => town !== null)
  if (own.length > 0) return own.every((town) => isTown(town, city))
  if (towns.length > 0) return towns.every((town) => isTown(town, city))
  const title = /\bin ([\p{L}][\p{L} /-]{2,40}?)(?:\s*[|,:–-]\s|\s*$|\.)/u.exec($('title').first().text())?.[1]
  if (title) return isCity(title, city)
  const shown = $('header,[class*="city" i],[class*="location" i]')
    .toArray()
    .map((element) => dom.textIn(element))
    .filter((text) => text !== '' && text.length < 400)
  if (shown.length === 0) return null
  return shown.some((text) => ` ${words(text)} `.includes(` ${words(city.name)} `)) ? true : null
}
