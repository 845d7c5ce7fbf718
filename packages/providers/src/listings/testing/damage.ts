import type { FetchedPage, UnknownReason } from '../listing-source.ts'
import { scanJson } from '../reading/embedded-json.ts'
import { seededRandom } from './pages.ts'

/** Every byte of a short page; of a long one every 1 %, around every tag and brace of its end, and a random thousand. */
export function cutPoints(body: string): number[] {
  if (body.length <= 12_000) return Array.from({ length: body.length }, (_, i) => i)
  const points = new Set<number>()
  for (let percent = 0; percent < 100; percent++) points.add(Math.floor((body.length * percent) / 100))
  for (const match of body.matchAll(/<\/?[a-z]+|\}\s*<|\];?\s*</gi))
    for (const near of [-1, 0, 1]) if (points.size < 4_000) points.add(Math.max(0, match.index + near))
  for (let i = Math.max(0, body.length - 600); i < body.length; i++) points.add(i)
  const random = seededRandom(7)
  for (let i = 0; i < 500; i++) points.add(Math.floor(random() * body.length))
  return [...points].sort((a, b) => a - b)
}

/** The page with a few of its characters replaced, dropped or doubled. */
export function* fuzzedBytes(body: string, times: number): Generator<string> {
  const random = seededRandom(body.length)
  for (let n = 0; n < times; n++) {
    let out = body
    for (let k = 0; k < 1 + Math.floor(random() * 12); k++) {
      const at = Math.floor(random() * out.length)
      const change = ['', '\0', '"', '<', '}', '\uD800', out[at]!.repeat(2), String.fromCharCode(random() * 126)]
      out = out.slice(0, at) + change[Math.floor(random() * change.length)]! + out.slice(at + 1)
    }
    yield out
  }
}

const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const DEEP_OBJECT = `${'{"sessions":'.repeat(3_000)}1${'}'.repeat(3_000)}`
const HUGE = `[${Array.from({ length: 20_000 }, () => '{"sid":"1"}').join(',')}]`
const INSTEAD = ['null', '0', '-1', '1e308', '""', '"\\u0000"', 'true', '[]', '{}', '[null]', '[[{}]]', '{"a":null}']

/** The page with one of its JSON values replaced by one of another type, now and then a deep or a huge one. */
export function* fuzzedValues(body: string, times: number): Generator<string> {
  const keys = [...body.matchAll(/"[\w-]{1,40}"\s*:/g)]
  if (keys.length === 0) return
  const random = seededRandom(body.length + 1)
  for (let n = 0; n < times; n++) {
    const key = keys[Math.floor(random() * keys.length)]!
    const from = key.index + key[0].length
    const value = scanJson(body, from)
    if (!value) continue
    const large = n % 40 === 0 ? DEEP : n % 40 === 13 ? DEEP_OBJECT : n % 40 === 26 ? HUGE : null
    yield body.slice(0, from) + (large ?? INSTEAD[Math.floor(random() * INSTEAD.length)]!) + body.slice(value.end)
  }
}

const html = (title: string, body: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}${'<p>.</p>'.repeat(40)}</body></html>`
const HTML = { 'content-type': 'text/html' }

type Hostile = { name: string; change: Partial<FetchedPage>; reasons: UnknownReason[] }

/** Answers that say nothing about any film, some of them with status 200. */
export function hostilePages(): Hostile[] {
  const challenge = html(
    'Just a moment...',
    '<div id="challenge-running"></div><script>window._cf_chl_opt={cType:"managed"}</script>',
  )
  const maintenance = html(
    'Scheduled maintenance',
    '<h1>We’ll be back soon</h1><script src="/guard/sensor.js"></script><p>Movies, showtimes and tickets return shortly.</p>',
  )
  const refused = html('Access Denied', '<h1>Access Denied</h1><p>Reference #18.2</p>')
  return [
    { name: 'challenge, 200', change: { body: challenge, headers: HTML }, reasons: ['blocked'] },
    { name: 'challenge, 503', change: { status: 503, body: challenge, headers: HTML }, reasons: ['blocked'] },
    { name: 'maintenance, 200', change: { body: maintenance, headers: HTML }, reasons: ['outage'] },
    { name: 'refused, 200', change: { body: refused, headers: HTML }, reasons: ['blocked'] },
    { name: '403', change: { status: 403, body: refused, headers: HTML }, reasons: ['blocked'] },
    { name: '429', change: { status: 429, body: '' }, reasons: ['blocked'] },
    { name: '500', change: { status: 500, body: '' }, reasons: ['outage'] },
    { name: 'empty, 200', change: { body: '' }, reasons: ['outage', 'parse', 'network'] },
    { name: 'no answer', change: { status: null, body: '', failure: 'timeout' }, reasons: ['network'] },
    { name: 'our own rules', change: { status: null, body: '', failure: 'refused' }, reasons: ['blocked'] },
    { name: '304 with nothing before', change: { status: 304, body: '' }, reasons: ['network', 'stale', 'outage'] },
  ]
}
