import { arrayOf, idOf, isObject, type JsonObject, numberOf, objectOf, textOf } from '../reading/json-value.ts'
import { dateOf } from '../reading/zoned-time.ts'

/** An event code: one for each language and format of a film. */
export const EVENT_CODE = /ET\d{6,12}/

/** What stands around a showing and speaks for it. */
export type Around = {
  eventCode: string | null
  requestCodes: string[]
  region: string | null
  venueCode: string | null
  venueName: string | null
}

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
  /** The numbers of its categories, null for one without. */
  categories: (number | null)[]
  /** Counted seats of all its categories; null where they are not counted. */
  seatsLeft: number | null
  /** Listed without any number and with an empty list of categories: it is not sold yet. */
  planned: boolean
  /** `2D`, `IMAX 2D`: of the line that describes it. */
  format: string | null
  /** What its screen is called for: `IMAX`, `4K DOLBY ATMOS`. */
  screen: string | null
  language: string | null
  /** Where it leads, as the page writes it. */
  link: string | null
  where: string
  piece: JsonObject
}

export const codeOf = (value: unknown): string | null => {
  const text = textOf(value)
  return text && /^ET\d{6,12}$/i.test(text) ? text.toUpperCase() : null
}

/** Words of a line such as `English • IMAX 2D | IMAX`, wherever the sheet of a showing has it. */
function describedAs(show: JsonObject) {
  const sheet = objectOf(objectOf(objectOf(show.customGestureCTA).additionalData).bottomSheetData)
  const lines = arrayOf(sheet.widgets).flatMap((widget) => {
    const { variableData, type, data } = objectOf(widget)
    if (type !== 'header-text-list') return [textOf(objectOf(variableData).format)]
    return arrayOf(data).flatMap((row) =>
      arrayOf(objectOf(row).components).map((component) => textOf(objectOf(component).text)),
    )
  })
  const line = lines.find((text) => text !== null) ?? ''
  const words = line.split('|')[0]!.split(/[•·]/)
  return { language: words.length > 1 ? textOf(words[0]) : null, format: textOf(words.at(-1)) }
}

/** The address that a showing leads to, where it has one, and the code in it. */
function linkOf(show: JsonObject): { link: string | null; code: string | null } {
  const cta = objectOf(show.cta)
  const links = [cta.url, cta.ctaUrl, show.ctaUrl, show.url, objectOf(cta.additionalData).url].map(textOf)
  const link = links.find((url) => url !== null && EVENT_CODE.test(url)) ?? null
  const code = (link && EVENT_CODE.exec(link)?.[0]) || codeOf(objectOf(cta.analytics).event_code)
  return { link, code }
}

/** What the letters of the older interface are as numbers. */
const LETTERS: Record<string, number> = { A: 3, F: 2, L: 1, S: 0, N: 0 }
const isBlank = (value: unknown) => value === '' || value === null

/** A hall without a single place has none counted. */
function seatsIn(categories: JsonObject[]): number | null {
  const left = categories.map(({ SeatsAvail }) => numberOf(SeatsAvail))
  const places = categories.map(({ MaxSeats }) => numberOf(MaxSeats))
  if (left.length === 0 || left.includes(null) || places.every((number) => number === 0)) return null
  return left.reduce<number>((sum, number) => sum + Math.max(0, number ?? 0), 0)
}

/** Null for what is no showing: it has no id. */
export function readShow(value: unknown, around: Around, where: string): StateShow | null {
  if (!isObject(value)) return null
  const data = isObject(value.additionalData) ? value.additionalData : value
  const sessionId = idOf(data.sessionId) ?? idOf(data.SessionId)
  if (!sessionId) return null
  const stamp = /^(\d{8})(\d{4})$/.exec(String(idOf(data.showDateTime) ?? idOf(data.ShowDateTime) ?? ''))
  const categories = [...arrayOf(data.categories), ...arrayOf(data.Categories)].map(objectOf)
  const { format, language } = describedAs(value)
  const { link, code } = linkOf(value)
  return {
    sessionId,
    eventCode: codeOf(data.eventCode) ?? codeOf(value.eventCode) ?? codeOf(data.EventCode) ?? code ?? around.eventCode,
    requestCodes: around.requestCodes,
    region: around.region,
    venueCode: idOf(data.venueCode) ?? idOf(data.VenueCode) ?? around.venueCode,
    venueName: textOf(data.venueName) ?? around.venueName,
    // The day that it was asked for is never taken instead: the page serves another one without a word.
    date: dateOf(idOf(data.showDateCode) ?? idOf(data.ShowDateCode) ?? idOf(data.dateCode) ?? stamp?.[1]),
    time:
      idOf(data.showTimeCode) ??
      idOf(data.ShowTimeCode) ??
      stamp?.[2] ??
      textOf(data.showTime) ??
      textOf(data.ShowTime) ??
      textOf(value.title),
    cutOffs: [data.cutOffDateTimeEpoch, data.CutOffDateTimeEpoch, data.cutOffDateTime, data.CutOffDateTime],
    availStatus: numberOf(data.availStatus ?? data.AvailStatus) ?? LETTERS[textOf(data.Availability) ?? ''] ?? null,
    categories: categories.map((category) => numberOf(category.availStatus ?? category.AvailStatus)),
    seatsLeft: seatsIn(categories),
    planned: isBlank(data.availStatus) && Array.isArray(data.categories) && data.categories.length === 0,
    format,
    screen: textOf(value.screenAttr) ?? textOf(data.attributes) ?? textOf(data.Attributes),
    language: language ?? textOf(data.language),
    link,
    where,
    piece: value,
  }
}
