import {
  arrayOf,
  idOf,
  isObject,
  JSON_LIMITS,
  type JsonObject,
  numberOf,
  objectOf,
  textOf,
} from '../reading/json-value.ts'
import { dateOf } from '../reading/zoned-time.ts'

/** An event code: one for each language and format of a film. */
export const EVENT_CODE = /ET\d{6,12}/

/** A showing as the page state lists it, before anything is decided about it. */
export type StateShow = {
  sessionId: string
  /** Of the section, the card or the showing itself; null where the page names the film only once. */
  eventCode: string | null
  /** Of the stored request whose answer it stands in. */
  requestCodes: string[]
  region: string | null
  venueCode: string | null
  venueName: string | null
  /** Its own day, YYYY-MM-DD. */
  date: string | null
  /** `0915`, or `09:15 AM`. */
  time: string | null
  /** When its sale closes, as far as anything says so: seconds since 1970, or local, YYYYMMDDHHMM. */
  cutOffs: unknown[]
  availStatus: number | null
  /** Listed without any number and with an empty list of categories: it is not sold yet. */
  planned: boolean
  format: string | null
  language: string | null
  where: string
  piece: JsonObject
}

export type StateReading = {
  shows: StateShow[]
  /** Days of the date strip: true where it can be chosen. */
  strip: Map<string, boolean>
  stripWhere: string
  /** Event codes and regions that the state itself was filled for. */
  requestCodes: Set<string>
  regions: Set<string>
  /** Lists of cinemas that are there, also empty ones. */
  lists: number
  /** Something that looks like a showing and cannot be read as one. */
  broken: number
}

type Around = {
  eventCode: string | null
  requestCodes: string[]
  region: string | null
  venueCode: string | null
  venueName: string | null
}

const codesIn = (text: string): string[] => text.match(/ET\d{6,12}/g) ?? []
/** A list is written as an array or parted by commas. */
const codeList = (value: unknown): string =>
  arrayOf(value)
    .filter((one) => typeof one === 'string')
    .join() ||
  (textOf(value) ?? '')
const codeOf = (value: unknown): string | null => {
  const text = textOf(value)
  return text && /^ET\d{6,12}$/i.test(text) ? text.toUpperCase() : null
}

/** A stored request, such as `fetchPrimaryDynamic-ET00000001-…-20261128-HYD`, names what its answer is about. */
function requestAround(key: string, value: JsonObject, around: Around): Around {
  const args = objectOf(value.originalArgs)
  const named = codeOf(args.refEventCode) ?? codeOf(args.eventCode)
  const codes = [...new Set([...(named ? [named] : []), ...codesIn(codeList(args.etCodes)), ...codesIn(key)])]
  if (codes.length === 0) return around
  const last = /-\d{8}-([A-Z][A-Z0-9]{1,9})$/.exec(key)?.[1] ?? null
  return { ...around, requestCodes: codes, region: textOf(args.regionCode) ?? last ?? around.region }
}

/** Words of a format line such as `English • IMAX 2D`. */
function formatOf(show: JsonObject, data: JsonObject) {
  const widgets = arrayOf(
    objectOf(objectOf(objectOf(show.customGestureCTA).additionalData).bottomSheetData).widgets,
  ).map((widget) => textOf(objectOf(objectOf(widget).variableData).format))
  const line = (widgets.find((text) => text !== null) ?? '').split('|')[0]!.split('•')
  const attribute = textOf(show.screenAttr) ?? textOf(data.attributes)
  return {
    language: line.length > 1 ? textOf(line[0]) : textOf(data.language),
    format: textOf(line.at(-1)) ?? attribute,
  }
}

/** The code in the address that a showing leads to, where it has one. */
function linkedCode(show: JsonObject): string | null {
  const cta = objectOf(show.cta)
  for (const url of [cta.url, cta.ctaUrl, show.ctaUrl, show.url, objectOf(cta.additionalData).url]) {
    const code = typeof url === 'string' ? EVENT_CODE.exec(url)?.[0] : null
    if (code) return code
  }
  return codeOf(objectOf(cta.analytics).event_code)
}

/** What the letters of the older interface are as numbers. */
const LETTERS: Record<string, number> = { A: 3, F: 2, L: 1, S: 0, N: 0 }
const isBlank = (value: unknown) => value === '' || value === null

function readShow(value: unknown, around: Around, where: string): StateShow | null {
  if (!isObject(value)) return null
  const data = isObject(value.additionalData) ? value.additionalData : value
  const sessionId = idOf(data.sessionId) ?? idOf(data.SessionId)
  if (!sessionId) return null
  const stamp = /^(\d{8})(\d{4})$/.exec(String(idOf(data.showDateTime) ?? idOf(data.ShowDateTime) ?? ''))
  return {
    sessionId,
    eventCode: codeOf(data.eventCode) ?? codeOf(value.eventCode) ?? linkedCode(value) ?? around.eventCode,
    requestCodes: around.requestCodes,
    region: around.region,
    venueCode: idOf(data.venueCode) ?? around.venueCode,
    venueName: textOf(data.venueName) ?? around.venueName,
    // The day that it was asked for is never taken instead: the page serves another one without a word.
    date: dateOf(idOf(data.showDateCode) ?? idOf(data.ShowDateCode) ?? idOf(data.dateCode) ?? stamp?.[1]),
    time:
      idOf(data.showTimeCode) ?? idOf(data.ShowTimeCode) ?? stamp?.[2] ?? textOf(data.showTime) ?? textOf(value.title),
    cutOffs: [data.cutOffDateTimeEpoch, data.CutOffDateTimeEpoch, data.cutOffDateTime, data.CutOffDateTime],
    availStatus: numberOf(data.availStatus ?? data.AvailStatus) ?? LETTERS[textOf(data.Availability) ?? ''] ?? null,
    planned: isBlank(data.availStatus) && Array.isArray(data.categories) && data.categories.length === 0,
    ...formatOf(value, data),
    where,
    piece: value,
  }
}

const showtimesOf = (node: JsonObject): unknown[] | null => {
  for (const key of ['showtimes', 'ShowTimes']) if (Array.isArray(node[key])) return node[key] as unknown[]
  return null
}

/** What a card, a section or a stored request says about all that is inside of it. */
function aroundWithin(node: JsonObject, key: string, around: Around): Around {
  let within = around
  if (isObject(node.originalArgs) || (EVENT_CODE.test(key) && isObject(node.data))) {
    within = requestAround(key, node, within)
  }
  const data = objectOf(node.additionalData)
  const venue = idOf(data.venueCode) ?? (node.type === 'venue-card' ? idOf(node.id) : null) ?? idOf(node.VenueCode)
  if (venue) within = { ...within, venueCode: venue, venueName: textOf(data.venueName) ?? textOf(node.VenueName) }
  // Chips for choosing a format carry codes too; only what holds showings speaks for them.
  if (showtimesOf(node) || venue || Array.isArray(node.showtimesSections) || Array.isArray(node.showtimeWidgets)) {
    const code = codeOf(data.eventCode) ?? codeOf(node.eventCode) ?? codeOf(node.EventCode)
    if (code) within = { ...within, eventCode: code }
  }
  return within
}

/** Null when the tree is larger or deeper than any page of the site. */
export function readState(root: unknown): StateReading | null {
  const reading: StateReading = {
    shows: [],
    strip: new Map(),
    stripWhere: '',
    requestCodes: new Set(),
    regions: new Set(),
    lists: 0,
    broken: 0,
  }
  const nowhere: Around = { eventCode: null, requestCodes: [], region: null, venueCode: null, venueName: null }
  let level: { value: unknown; key: string; path: string; around: Around }[] = [
    { value: root, key: '', path: '', around: nowhere },
  ]
  let nodes = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > JSON_LIMITS.depth) return null
    const next: typeof level = []
    for (const { value, key, path, around } of level) {
      let within = around
      const listed = new Set<unknown>()
      if (isObject(value)) {
        within = aroundWithin(value, key, around)
        for (const code of within.requestCodes) reading.requestCodes.add(code)
        if (within.region) reading.regions.add(within.region)
        if (/^current(?:Region)?$/.test(key)) {
          const region = textOf(value.regionCode) ?? (/region/i.test(path) ? textOf(value.code) : null)
          if (region) reading.regions.add(region)
        }
        if (value.type === 'groupList' || value.type === 'venueGroup') reading.lists++
        const day = dateOf(value.id)
        const style = textOf(value.styleId)
        if (day && style && /^date-(selected|default|disabled)\b/.test(style)) {
          reading.strip.set(day, !/^date-disabled\b/.test(style))
          reading.stripWhere ||= path
        }
        const showtimes = showtimesOf(value)
        if (showtimes) {
          reading.lists++
          listed.add(showtimes)
          for (const [index, item] of showtimes.slice(0, JSON_LIMITS.items).entries()) {
            const show = readShow(item, within, `${path}.showtimes[${index}]`)
            if (show) reading.shows.push(show)
            else reading.broken++
          }
        }
      }
      if (typeof value !== 'object' || value === null) continue
      for (const [name, child] of Object.entries(value)) {
        if (++nodes > JSON_LIMITS.nodes) return null
        if (typeof child !== 'object' || child === null || listed.has(child)) continue
        const step = Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name
        next.push({ value: child, key: name, path: step, around: within })
      }
    }
    level = next
  }
  return reading
}
