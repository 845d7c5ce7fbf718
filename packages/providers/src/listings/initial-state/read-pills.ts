import type { Bookability } from '../reading/decide.ts'
import { parseJson } from '../reading/embedded-json.ts'
import { arrayOf, at, idOf, numberOf, textOf } from '../reading/json-value.ts'
import type { DomElement, PageDom } from '../reading/visible-text.ts'
import { dateOf, timeOf } from '../reading/zoned-time.ts'

/** A showing as pages of 2017 to 2023 draw it: a link with data attributes. */
export type Pill = {
  sessionId: string
  eventCode: string | null
  venueCode: string | null
  venueName: string | null
  /** Local, YYYYMMDDHHMM: when its sale closes. */
  cutOff: string | null
  time: { hour: number; minute: number }
  format: string | null
  href: string | null
  /** Unclear where neither number nor letter says anything that is known. */
  state: Bookability
  where: string
  piece: string
}

const PILLS = 'a.showtime-pill, a.__showtime-link, a[data-session-id][data-showtime-code]'
const SOLD_CLASS = /(?:^|\s)_(?:soldout|sold)(?:\s|$)/
const CLOSED_CLASS = /(?:^|\s)_(?:disabled|unavailable)(?:\s|$)/

/** Four digits of a clock, or `10:45 AM`. */
export function clockOf(value: unknown): { hour: number; minute: number } | null {
  const text = textOf(value)
  const digits = text ? /^(\d{1,2})(\d{2})$/.exec(text) : null
  return digits ? timeOf(`${digits[1]}:${digits[2]}`) : timeOf(text)
}

/** The letter is the site's own code, as the number is; the words inside the link are for people and are not asked. */
function stateOf(pill: DomElement, around: DomElement | undefined): Bookability {
  const { attribs } = pill
  const classes = `${attribs.class ?? ''} ${around?.attribs.class ?? ''}`
  if (SOLD_CLASS.test(classes)) return 'sold-out'
  const categories = arrayOf(parseJson(attribs['data-cat-popup'] ?? '')).map((one) => numberOf(at(one, 'availStatus')))
  if (categories.length > 0 && categories.every((left) => left === 0)) return 'sold-out'
  // Seats there may be, but none that are sold here.
  const offline = attribs['data-online'] === 'N' || around?.attribs['data-online'] === 'N' || CLOSED_CLASS.test(classes)
  const number = numberOf(attribs['data-overall-avail-status'])
  if (number === 0) return 'sold-out'
  if (offline) return 'closed'
  if (number !== null) return number >= 1 && number <= 3 ? 'bookable' : 'unclear'
  const letter = textOf(attribs['data-availability'])
  if (letter === 'A' || letter === 'F' || letter === 'L') return 'bookable'
  if (letter === 'S' || letter === 'N') return 'sold-out'
  const percent = numberOf(attribs['data-seats-percent'])
  return percent === null ? 'unclear' : percent > 0 ? 'bookable' : 'sold-out'
}

/** Showings that people see. `unreadable` counts those without an id or a time. */
export function readPills({ $, isHidden, textIn }: PageDom): { pills: Pill[]; unreadable: number } {
  const pills: Pill[] = []
  let unreadable = 0
  for (const [index, node] of $(PILLS).toArray().slice(0, 5_000).entries()) {
    if (isHidden(node)) continue
    const { attribs } = node
    const sessionId = idOf(attribs['data-session-id'])
    const time =
      clockOf(attribs['data-showtime-code']) ?? clockOf(attribs['data-display-showtime'] ?? attribs['data-date-time'])
    if (!sessionId || !time) {
      unreadable++
      continue
    }
    const row = $(node).closest('li.list, [data-venue-name], [data-name][data-id]')
    const nameNode = row.find('[class*="__venue-name"], [class*="_venue-name"]').get(0)
    const code = textOf(attribs['data-event-id'])
    pills.push({
      sessionId,
      eventCode: code && /^ET\d{6,12}$/i.test(code) ? code.toUpperCase() : null,
      venueCode: textOf(attribs['data-venue-code']) ?? textOf(row.attr('data-id')),
      venueName: textOf(row.attr('data-name')) ?? (nameNode ? textOf(textIn(nameNode)) : null),
      cutOff: /^\d{12}$/.test(attribs['data-cut-off-date-time'] ?? '') ? attribs['data-cut-off-date-time']! : null,
      time,
      format: textOf(attribs['data-attributes']),
      href: textOf(attribs.href),
      state: stateOf(node, $(node).parent('[data-online], [class*="showtime-pill-container"]').get(0)),
      where: `a.showtime-pill:eq(${index})`,
      piece: JSON.stringify(attribs),
    })
  }
  return { pills, unreadable }
}

/** The day on which a showing starts: of those around its closing, the one that is nearest to it. Null without a closing. */
export function dayOfPill(pill: Pill): string | null {
  const day = pill.cutOff ? dateOf(pill.cutOff.slice(0, 8)) : null
  if (!day) return null
  const closing = Number(pill.cutOff!.slice(8, 10)) * 60 + Number(pill.cutOff!.slice(10))
  const start = pill.time.hour * 60 + pill.time.minute
  const shift = start - closing < -720 ? 1 : start - closing > 720 ? -1 : 0
  return new Date(Date.parse(`${day}T00:00:00Z`) + shift * 86_400_000).toISOString().slice(0, 10)
}
