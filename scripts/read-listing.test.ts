import { expect, test } from 'vitest'
import { readSavedPages } from './read-listing.ts'

const state = (day: string) => ({
  props: {
    pageProps: {
      data: {
        contentId: 410022,
        cityName: 'hyderabad',
        serverState: {
          movieSessions: {
            x: {
              data: { sessionDates: [day] },
              arrangedSessions: [{ entityName: 'Royal', sessions: [{ sid: '1', showTime: `${day}T10:00`, avail: 4 }] }],
            },
          },
        },
      },
    },
  },
})
const page = `<!doctype html><html><head><title>Film</title></head><body><h1>Film</h1>
<script id="__NEXT_DATA__" type="application/json">${JSON.stringify(state('2026-11-28'))}</script></body></html>`
const KNOWN = ['--kind', 'next-data', '--film', '410022', '--city', 'hyderabad', '--now', '2026-11-21T06:00:00Z']
const args = (...more: string[]) => [...KNOWN, ...more, 'page.html']
const verdict = (...more: string[]) => {
  const seen = readSavedPages(args(...more), () => page) as { verdict: string; reason: string | null }
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}

test('reads a saved page as the adapter would', () => {
  expect(verdict('--date', '2026-11-28')).toBe('OPEN')
  expect(verdict()).toBe('OPEN')
  expect(verdict('--date', '2026-11-29')).toBe('NOT_OPEN')
  expect(verdict('--status', '403')).toBe('UNKNOWN blocked')
  expect(verdict('--cut')).toBe('UNKNOWN network')
  expect(verdict('--url', 'https://listing.example/')).toBe('UNKNOWN identity')
})

test('says how it is used', () => {
  expect(() => readSavedPages(['--kind', 'none', 'page.html'], () => page)).toThrow('npm run listing:read')
  expect(() => readSavedPages(args('--now', 'yesterday'), () => page)).toThrow('--now')
})
