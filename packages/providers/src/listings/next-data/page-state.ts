import type { Evidence, FetchedPage, UnknownReason } from '../listing-source.ts'
import { assignedJson, hasId, parseJson, scanJson, scriptJson } from '../reading/embedded-json.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { at, isObject, type JsonObject } from '../reading/json-value.ts'

/** The state that the page was drawn from. `props` is what the page was given; `root` has the address too. */
export type PageState = {
  root: JsonObject
  props: JsonObject
  where: string
  /** The address that the head of the page gives for it. */
  canonical: string | null
}

export type StateOrReason = { state: PageState } | { reason: UnknownReason; evidence: Evidence[] }

const parseFailure = (rule: string, piece: string): StateOrReason => ({
  reason: 'parse',
  evidence: [evidenceOf(rule, 'veto', 'script#__NEXT_DATA__', piece)],
})

const LISTS = ['nearbyCinemas', 'farCinemas', 'arrangedSessions']

/** The first object of this name that is what it should be; names such as `meta` stand for many things. */
function streamedObject(text: string, key: string, fits: (value: JsonObject) => boolean): JsonObject | null {
  let from = 0
  for (let tries = 0; tries < 20; tries++) {
    const found = text.indexOf(`"${key}":`, from)
    if (found < 0) return null
    from = found + key.length + 3
    const value = text[from] === '{' ? scanJson(text, from)?.value : null
    if (isObject(value) && fits(value)) return value
  }
  return null
}

/** Newer pages stream their state in pieces, `self.__next_f.push([1,"…"])`; the objects in it are read one by one. */
function streamedState(body: string): JsonObject | null {
  let text = ''
  for (const match of body.matchAll(/__next_f\.push\(/g)) {
    const piece = scanJson(body, match.index + match[0].length)?.value
    if (Array.isArray(piece) && typeof piece[1] === 'string') text += piece[1]
    if (text.length > 6_000_000) return null
  }
  text = text.replaceAll('"$undefined"', 'null')
  const state: JsonObject = {}
  for (const key of ['serverState', 'initialState', 'movieData', 'mdpV2MovieData', 'movieSessions', 'EDSResponse']) {
    const found = text.indexOf(`"${key}":`)
    const value = found < 0 ? null : scanJson(text, found + key.length + 3)?.value
    if (isObject(value)) state[key] = value
  }
  // What a look is about stands beside the cinemas it found.
  const data = streamedObject(text, 'pageData', (value) => LISTS.some((name) => Array.isArray(value[name])))
  if (data) {
    state.pageData = data
    const meta = streamedObject(text, 'meta', (value) => isObject(value.movie) || Array.isArray(value.showDates))
    if (meta) state.meta = meta
  }
  return Object.keys(state).length > 0 ? state : null
}

function canonicalOf(body: string): string | null {
  const head = body.slice(0, 200_000)
  const link = /<link\b[^>]{0,400}\brel=["']?canonical\b[^>]{0,400}>/i.exec(head)?.[0]
  return (link && /\bhref=["']([^"']+)["']/i.exec(link)?.[1]) || null
}

/** The JSON a page carries, or the JSON that the answer is. Never half of one. */
export function pageStateOf(page: FetchedPage): StateOrReason {
  const { body } = page
  if (/^\s*[{[]/.test(body)) {
    const value = parseJson(body)
    if (!isObject(value)) return parseFailure('json.unreadable', body.slice(0, 400))
    const props = at(value, 'props', 'pageProps') ?? at(value, 'pageProps') ?? value
    return isObject(props)
      ? { state: { root: value, props, where: '$', canonical: null } }
      : parseFailure('json.unreadable', body.slice(0, 400))
  }
  const scripts = scriptJson(body, (tag) => hasId(tag, '__NEXT_DATA__'))
  const first = scripts.length > 0 ? scripts[0] : assignedJson(body, '__NEXT_DATA__')[0]
  if (first === null) return parseFailure('state.cut', body.slice(-400))
  if (first !== undefined) {
    const root = first.value
    const props = at(root, 'props', 'pageProps')
    if (!isObject(root) || !isObject(props))
      return parseFailure('state.shape', body.slice(first.start, first.start + 400))
    return { state: { root, props, where: '__NEXT_DATA__', canonical: canonicalOf(body) } }
  }
  const streamed = streamedState(body)
  if (streamed) return { state: { root: streamed, props: streamed, where: '__next_f', canonical: canonicalOf(body) } }
  return parseFailure('state.missing', body.slice(0, 400))
}
