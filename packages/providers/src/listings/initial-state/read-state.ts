import { arrayOf, idOf, isObject, JSON_LIMITS, type JsonObject, objectOf, textOf } from '../reading/json-value.ts'
import { dateOf, epochOf } from '../reading/zoned-time.ts'
import { type Around, codeOf, EVENT_CODE, readShow, type StateShow } from './read-show.ts'

export type StateReading = {
  shows: StateShow[]
  /** Days of the date strip: true where it can be chosen. Those of a cinema only where they cannot. */
  strip: Map<string, boolean>
  stripWhere: string
  /** The strip is of a film; a cinema's own says nothing of a film's other days. */
  listsDays: boolean
  /** An answer about one cinema, with all of its films. */
  isCinema: boolean
  /** Event codes and regions that the state itself was filled for. */
  requestCodes: Set<string>
  regions: Set<string>
  /** Code and names of the region that the page was drawn for; the address only repeats what was asked. */
  drawnFor: string[]
  /** When the newest of its answers came, milliseconds since 1970. */
  answeredAt: number | null
  /** Dimension and language by event code. */
  films: Map<string, { format: string | null; language: string | null }>
  /** Cinemas that do not sell here. */
  shut: Set<string>
  /** Names of cinemas by their code, for cards that have the code only. */
  cinemas: Map<string, string>
  /** Lists of cinemas that are there, also empty ones. */
  lists: number
  /** Something that looks like a showing and cannot be read as one. */
  broken: number
}

const codesIn = (text: string): string[] => text.match(/ET\d{6,12}/g) ?? []
/** A list is written as an array or parted by commas. */
const codeList = (value: unknown): string =>
  arrayOf(value)
    .filter((one) => typeof one === 'string')
    .join() ||
  (textOf(value) ?? '')

/** A key of a map of cinemas. */
const VENUE_CODE = /^[A-Z0-9]{2,12}$/
const OF_CINEMA = /^getShowtimesByVenue-([A-Z0-9]{2,12})-\d{8}/

/** A stored request, such as `fetchPrimaryDynamic-ET00000001-…-20261128-HYD`, names what its answer is about. */
function requestAround(key: string, value: JsonObject, around: Around): Around {
  const args = objectOf(value.originalArgs)
  const named = codeOf(args.refEventCode) ?? codeOf(args.eventCode)
  const codes = [...new Set([...(named ? [named] : []), ...codesIn(codeList(args.etCodes)), ...codesIn(key)])]
  const venue = OF_CINEMA.exec(key)?.[1] ?? null
  if (codes.length === 0 && venue === null) return around
  const last = /-\d{8}-([A-Z][A-Z0-9]{1,9})$/.exec(key)?.[1] ?? null
  return {
    ...around,
    requestCodes: codes,
    region: textOf(args.regionCode) ?? last ?? around.region,
    venueCode: venue ?? around.venueCode,
  }
}

/** Of nothing but numbers: a page keeps how long it waits for its showtimes under the same name. */
const isSetting = (item: unknown) =>
  typeof item === 'number' || (isObject(item) && Object.values(item).every((value) => typeof value === 'number'))

const showtimesOf = (node: JsonObject): unknown[] | null => {
  for (const key of ['showtimes', 'ShowTimes']) {
    const list = node[key]
    if (Array.isArray(list) && (list.length === 0 || !list.every(isSetting))) return list
  }
  return null
}

/** What a card, a section or a stored request says about all that is inside of it. */
function aroundWithin(node: JsonObject, key: string, around: Around): Around {
  let within = around
  if (isObject(node.originalArgs) || ((EVENT_CODE.test(key) || OF_CINEMA.test(key)) && isObject(node.data))) {
    within = requestAround(key, node, within)
  }
  const data = objectOf(node.additionalData)
  // A cinema's own answer has the cinema beside its films.
  const beside = objectOf(node.Venues)
  const venue =
    idOf(data.venueCode) ??
    (node.type === 'venue-card' ? idOf(node.id) : null) ??
    idOf(node.VenueCode) ??
    idOf(beside.VenueCode)
  const name = textOf(data.venueName) ?? textOf(node.VenueName) ?? textOf(beside.VenueName)
  if (venue) within = { ...within, venueCode: venue, venueName: name }
  else if (textOf(beside.VenueName)) within = { ...within, venueName: name }
  if (textOf(beside.RegionCode)) within = { ...within, region: textOf(beside.RegionCode) }
  // Chips for choosing a format carry codes too; only what holds showings speaks for them.
  if (showtimesOf(node) || venue || Array.isArray(node.showtimesSections) || Array.isArray(node.showtimeWidgets)) {
    const code = codeOf(data.eventCode) ?? codeOf(node.eventCode) ?? codeOf(node.EventCode)
    if (code) within = { ...within, eventCode: code }
  }
  return within
}

/** A day can be chosen or not; of one that says neither nothing is known. */
const canBeChosen = (value: unknown): boolean | null =>
  value === false || value === 'false' ? true : value === true || value === 'true' ? false : null

/** What an object says of the page as a whole. */
function note(reading: StateReading, node: JsonObject, key: string, path: string) {
  if (/^current(?:Region)?$/.test(key)) {
    const region = textOf(node.regionCode) ?? (/region/i.test(path) ? textOf(node.code) : null)
    if (region) reading.regions.add(region)
  }
  if (key === 'rgn' && reading.drawnFor.length === 0) {
    const names = [node.regionCode, node.regionNameSlug, node.regionName].map(textOf)
    reading.drawnFor = names.filter((name) => name !== null)
  }
  if (node.type === 'groupList' || node.type === 'venueGroup') reading.lists++
  const day = dateOf(node.id)
  const style = textOf(node.styleId)
  if (day && style && /^date-(selected|default|disabled)\b/.test(style)) {
    reading.strip.set(day, !/^date-disabled\b/.test(style))
    reading.stripWhere ||= path
    reading.listsDays = true
  }
  if (isObject(node.Venues) || isObject(node.showDetailsTransformed) || OF_CINEMA.test(key)) reading.isCinema = true
  const code = codeOf(node.eventCode) ?? codeOf(node.EventCode)
  const language = [node.eventLanguage, node.eventLang, node.EventLanguage, node.EventLang].map(textOf)
  const format = textOf(node.eventDimension) ?? textOf(node.EventDimension)
  const spoken = language.find((text) => text !== null) ?? null
  if (code && (format || spoken) && !reading.films.has(code)) reading.films.set(code, { format, language: spoken })
  const venue = idOf(node.venueCode) ?? idOf(node.VenueCode)
  if (venue && (node.allowSales === 'N' || node.AllowSales === 'N')) reading.shut.add(venue)
  const name = textOf(node.venueName) ?? textOf(node.VenueName)
  const called = venue ?? (VENUE_CODE.test(key) ? key : null)
  if (name && called && !reading.cinemas.has(called)) reading.cinemas.set(called, name)
  const answered = /showtimes|primarydynamic/i.test(key) ? epochOf(node.fulfilledTimeStamp) : null
  if (answered) reading.answeredAt = Math.max(reading.answeredAt ?? 0, answered.getTime())
}

/** The older interface lists its days apart from the showings. */
function readDays(reading: StateReading, days: unknown[], path: string) {
  const listed = days.map((entry) => {
    const { DateCode, isDisabled } = objectOf(entry)
    return [dateOf(idOf(DateCode)), canBeChosen(isDisabled)] as const
  })
  for (const [day, enabled] of listed) {
    if (day === null || enabled === null || (reading.isCinema && enabled)) continue
    reading.strip.set(day, enabled)
    reading.stripWhere ||= `${path}.ShowDatesArray`
    reading.listsDays = true
  }
}

const emptyReading = (): StateReading => ({
  shows: [],
  strip: new Map(),
  stripWhere: '',
  listsDays: false,
  isCinema: false,
  requestCodes: new Set(),
  regions: new Set(),
  drawnFor: [],
  answeredAt: null,
  films: new Map(),
  shut: new Set(),
  cinemas: new Map(),
  lists: 0,
  broken: 0,
})

const NOWHERE: Around = { eventCode: null, requestCodes: [], region: null, venueCode: null, venueName: null }

/** Null when the tree is larger or deeper than any page of the site. */
export function readState(root: unknown): StateReading | null {
  const reading = emptyReading()
  const days: { list: unknown[]; path: string }[] = []
  let level: { value: unknown; key: string; path: string; around: Around }[] = [
    { value: root, key: '', path: '', around: NOWHERE },
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
        note(reading, value, key, path)
        if (Array.isArray(value.ShowDatesArray)) days.push({ list: arrayOf(value.ShowDatesArray), path })
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
  // Whose days they are is known at the end.
  for (const { list, path } of days) readDays(reading, list, path)
  reading.listsDays &&= !reading.isCinema
  return reading
}
