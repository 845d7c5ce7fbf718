import { describe, expect, test } from 'vitest'
import { createListingSource, LISTING_KINDS } from '../registry.ts'
import { pageOf, targetOf } from './pages.ts'

const NOW = new Date('2026-11-21T06:00:00Z')
const framed = (body: string) =>
  `<!doctype html><html><head><title>x</title></head><body><h1>x</h1>${body}</body></html>`
const N = 80_000

/** Pages made to keep a reader busy. Each is read in a moment, and proves nothing. */
const HOSTILE: Record<string, string> = {
  'openings without an end': framed('<script '.repeat(N)),
  'headings without an end': framed('<h1 '.repeat(N)),
  'deep markup': framed('<div>'.repeat(N)),
  'deep markup and long selectors': framed(
    `<style>${'div div div div div,'.repeat(300)}p{display:none}</style>${'<div>'.repeat(20_000)}`,
  ),
  'comments in styles': framed(`<style>${'/*'.repeat(N)}</style>`),
  'quotes in an assignment': framed(`<script>window.__INITIAL_STATE__=${'{"a":"'.repeat(N)}</script>`),
  'many assignments': framed(`<script>${'window.__INITIAL_STATE__={"a":'.repeat(20_000)}</script>`),
  'deep state': framed(
    `<script id="__NEXT_DATA__" type="application/json">${'{"props":'.repeat(50_000)}1${'}'.repeat(50_000)}</script>`,
  ),
  'wide state': framed(
    `<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"arrangedSessions":[${'{"sessions":[{}]},'.repeat(60_000)}{}]}}}</script>`,
  ),
  'many structured data': framed(
    '<script type="application/ld+json">{"@type":"ScreeningEvent"}</script>'.repeat(5_000),
  ),
  'many links': framed('<a href="/movies/x-movie-detail-410022?fromdate=2026-11-28">10:10</a>'.repeat(10_000)),
  'closings everywhere': framed('</html>'.repeat(N)),
  'nothing but blanks': ' '.repeat(2_000_000),
  'deep JSON': '['.repeat(N) + ']'.repeat(N),
}

describe.each(LISTING_KINDS)('%s', (kind) => {
  const source = createListingSource(kind, { baseUrl: 'https://listing.example', zone: null })
  test.each(Object.entries(HOSTILE))(
    'is not kept busy by %s',
    (_name, body) => {
      const pages = source.plan(targetOf(), NOW).map(({ key, url }) => pageOf(url, body, { key }))
      // What this thread works, not what it waits for: other tests run beside it.
      const begun = process.threadCpuUsage()
      expect(source.interpret(targetOf(), pages, NOW).verdict).toBe('UNKNOWN')
      const { user, system } = process.threadCpuUsage(begun)
      expect((user + system) / 1_000).toBeLessThan(4_000)
    },
    30_000,
  )
})
