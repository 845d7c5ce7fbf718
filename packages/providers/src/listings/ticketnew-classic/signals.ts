import type { Evidence, FetchedPage, ListingTarget } from '../listing-source.ts'
import type { Proof } from '../reading/decide.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { soldOutTexts } from '../reading/sold-out-text.ts'
import type { DomElement, PageDom } from '../reading/visible-text.ts'
import { DAY_TABS, dayOf, filmIdOf, hrefOf } from './addresses.ts'
import { CINEMA_NAMES } from './sessions.ts'

/** Tabs that a film's page has besides that of its shows. */
const OTHER_TABS =
  /^(?:about|synopsis|summary|cast(?: ?(?:&|and) ?crew)?|reviews?|critic reviews|trailers?|videos|photos|posters)$/i
const COMING_SOON =
  /^(?:coming soon|notify me|remind me|releasing (?:on|soon)\b.{0,40}|(?:advance )?bookings?(?: for this (?:movie|film))? (?:has|have|is|are|will)(?: not|n't)?(?: yet)? (?:be )?(?:started|open(?:ed)?|available)?.{0,60})$/i
const NOT_STARTED = /\bbookings?\b.{0,40}\b(?:not|n't)(?: yet)?\b.{0,20}\b(?:started|open|opened|begun|available)\b/i

export type Signals = {
  /** Days the page links to, and the one that it shows. */
  days: string[]
  shownDay: string | null
  showlisting: DomElement | null
  theatres: number
  saysNotOpen: Evidence[]
  proofs: Proof[]
  hasTabs: boolean
  /** Every day that the page draws says which one it is. */
  daysAreWhole: boolean
}

/** The link that leads to the shows. It alone has been there without any. */
function showlistingOf(dom: PageDom): DomElement | null {
  const anchors = dom.$('a').toArray()
  return anchors.find((anchor) => /^showlisting$/i.test(dom.textIn(anchor)) && !dom.isHidden(anchor)) ?? null
}

type Day = { date: string; shown: boolean; element: DomElement }

/** Links to days of this very film; greyed ones are not open. */
function dayLinks(dom: PageDom, page: FetchedPage, target: ListingTarget, showlisting: DomElement | null): Day[] {
  return dom
    .$(`a[href*="fromdate="], ${DAY_TABS}`)
    .toArray()
    .flatMap((element) => {
      const url = hrefOf(element.attribs.href, page.finalUrl)
      const date = url && dayOf(url)
      const film = url && filmIdOf(url)
      const classes = `${element.attribs.class ?? ''} ${dom.$(element).closest('#ulShowDate li').attr('class') ?? ''}`
      const off = /disabled|grey|inactive/i.test(classes) || element.attribs['aria-disabled'] === 'true'
      if (!date || film !== target.siteMovieId || element === showlisting || off || dom.isHidden(element)) return []
      const { attribs } = element
      const shown =
        /(?<!in|de)(?:selected|active|current)/i.test(classes) ||
        attribs['aria-selected'] === 'true' ||
        attribs['aria-current'] !== undefined
      return [{ date, shown, element }]
    })
}

export function signalsOn(dom: PageDom, page: FetchedPage, target: ListingTarget): Signals {
  const { $ } = dom
  const showlisting = showlistingOf(dom)
  const days = dayLinks(dom, page, target, showlisting)
  const tabDay = showlisting && hrefOf(showlisting.attribs.href, page.finalUrl)
  const marked = $('[data-date]')
    .toArray()
    .map((element) => element.attribs['data-date'])
  const shownDay =
    days.find(({ shown }) => shown)?.date ?? (tabDay && dayOf(tabDay)) ?? marked.find((day) => day) ?? null
  const theatres = $(CINEMA_NAMES)
    .toArray()
    .filter((one) => !dom.isHidden(one))
  const proofs: Proof[] = []
  if (showlisting)
    proofs.push({
      ...evidenceOf('link.showlisting', 'weak', 'a', $.html(showlisting)),
      place: 'showlisting',
      date: shownDay,
    })
  for (const { date, element } of days)
    proofs.push({ ...evidenceOf('link.day', 'weak', 'a[href*=fromdate]', $.html(element)), place: 'days', date })
  for (const { kind, text, where } of soldOutTexts(dom, target.title))
    proofs.push({ ...evidenceOf(`text.${kind}`, 'veto', where, text), place: 'text', date: null })

  const hasTabs = $('a,button,[role="tab"]')
    .toArray()
    .some((tab) => OTHER_TABS.test(dom.textIn(tab)))
  const saysNotOpen: Evidence[] = []
  for (const element of $('h2,h3,h4,p,button,span,div').toArray()) {
    if (element.children.some((child) => child.type === 'tag') || dom.isHidden(element)) continue
    if ($(element).closest('a,nav,footer,aside,li').length > 0) continue
    const text = dom.textIn(element)
    if (text.length > 160 || !(COMING_SOON.test(text) || NOT_STARTED.test(text))) continue
    saysNotOpen.push(evidenceOf('text.coming-soon', 'weak', element.name, text))
    if (NOT_STARTED.test(text))
      proofs.push({ ...evidenceOf('text.not-started', 'veto', element.name, text), place: 'text', date: null })
    if (saysNotOpen.length >= 4) break
  }
  if (!showlisting && hasTabs && theatres.length === 0)
    saysNotOpen.push(evidenceOf('tab.no-showlisting', 'weak', 'a', 'no "Showlisting" among the tabs'))
  return {
    days: [...new Set(days.map(({ date }) => date))].sort(),
    shownDay,
    showlisting,
    theatres: theatres.length,
    saysNotOpen,
    proofs,
    hasTabs,
    daysAreWhole: $(DAY_TABS)
      .toArray()
      .every((tab) => {
        const url = hrefOf(tab.attribs.href, page.finalUrl)
        return url !== null && dayOf(url) !== null && !dom.isHidden(tab)
      }),
  }
}
