import { describe, expect, test } from 'vitest'
import type { FetchedPage } from '../listing-source.ts'
import { pageOf } from '../testing/pages.ts'
import { excerptOf } from './evidence.ts'
import { htmlEnds } from './html-end.ts'
import { healthOf } from './page-health.ts'

const html = (title: string, body = '<p>x</p>'.repeat(40)) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`
const health = (body: string, more: Partial<FetchedPage> = {}) => {
  const found = healthOf(pageOf('https://a.example/films/7', body, more), {
    expects: 'html',
    idIn: (url) => /\/(\d+)$/.exec(url.pathname)?.[1] ?? null,
  })
  return found.ok ? 'ok' : (found.reason ?? found.verdict)
}

describe('a page that may be read', () => {
  test.each(['Some film', 'Just a Moment in Time', 'Access Denied (2026) Tickets', 'Maintenance Man', 'The Queue'])(
    '"%s"',
    (title) => expect(health(html(title))).toBe('ok'),
  )
  test('a film may be called like an outage', () => {
    expect(health(html('Access Denied (2026) Movie Tickets', `<h1>Access Denied</h1>${'<p>x</p>'.repeat(40)}`))).toBe(
      'ok',
    )
  })
  test('guards leave scripts in healthy pages too', () => {
    const scripts =
      '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><script>window.__CF$cv$params={}</script>'
    expect(health(html('Some film', scripts + '<p>x</p>'.repeat(40)))).toBe('ok')
  })
})

describe('an outage that still says who the site is', () => {
  const who = '<script type="application/ld+json">{"@type":"Organization","name":"Lantern Tickets"}</script>'
  const back = `<h1>We'll be back soon</h1><p>Scheduled maintenance.</p>${' '.repeat(200)}`
  test.each([
    who,
    '<script>window.__INITIAL_STATE__ = {};</script>',
    '<script>window.__INITIAL_STATE__={"a":1}</script>',
  ])('%s', (data) => expect(health(html('Lantern Tickets: films and plays', back + data))).toBe('outage'))
  test('words kept ready on a page with films are none', () => {
    const film = who.replace('Organization', 'Movie')
    expect(health(html('Lantern Tickets: films and plays', back + film))).toBe('ok')
    const state = '<script>window.__INITIAL_STATE__ = {"shows":{"a":{"sessionId":"1"}}}</script>'
    expect(health(html('Lantern Tickets: films and plays', back + state))).toBe('ok')
  })
})

describe('a page of a guard or of an outage, with status 200', () => {
  test.each([
    ['Just a moment...', 'blocked'],
    ['Attention Required! | Cloudflare', 'blocked'],
    ['Access Denied', 'blocked'],
    ['403 Forbidden', 'blocked'],
    ['Pardon Our Interruption...', 'blocked'],
    ['Suspicious Activity', 'blocked'],
    ['Robot Check', 'blocked'],
    ['Verify you are human', 'blocked'],
    ['Site under maintenance', 'outage'],
    ['We are currently under maintenance', 'outage'],
    ['Down for scheduled maintenance', 'outage'],
    ['Maintenance', 'outage'],
    ['503 Service Temporarily Unavailable', 'outage'],
    ['We’ll be right back', 'outage'],
    ['Oops! Something went wrong', 'outage'],
    ['You are in the queue', 'outage'],
  ])('"%s" is %s', (title, reason) => {
    expect(health(html(title))).toBe(reason)
    expect(health(html('Tickets', `<h1><b>${title}</b></h1>${'<p>x</p>'.repeat(40)}`))).toBe(reason)
  })
})

test.each<[string, Partial<FetchedPage>, string]>([
  ['403', { status: 403 }, 'blocked'],
  ['429', { status: 429 }, 'blocked'],
  ['502', { status: 502 }, 'outage'],
  ['304', { status: 304 }, 'network'],
  ['404', { status: 404 }, 'GONE'],
  ['410', { status: 410 }, 'GONE'],
  ['a time out', { status: null, failure: 'timeout' }, 'network'],
  ['our own rules', { status: null, failure: 'refused' }, 'blocked'],
  ['a known cut', { truncated: true }, 'network'],
  ['another type', { headers: { 'content-type': 'application/pdf' } }, 'outage'],
  ['the front page', { finalUrl: 'https://a.example/' }, 'identity'],
  ['another film', { finalUrl: 'https://a.example/films/70' }, 'identity'],
  ['the same film', { finalUrl: 'https://a.example/film-new/7' }, 'ok'],
])('%s', (_name, more, reason) => expect(health(html('Some film'), more)).toBe(reason))

describe('the end of a page', () => {
  test('may have comments and scripts behind it', () => {
    for (const end of [
      '',
      '\n',
      '<!-- 12 ms -->\n',
      '<script>var a="</html>"</script>',
      '<!-- a --> <script src="x"></script>\n',
      '<div class="promo"><p>more <br> 1 < 2</p><img src="x"></div>',
      '<noscript><img src="x"></noscript>',
    ])
      expect(htmlEnds(`${html('x')}${end}`)).toBe(true)
  })
  test('is not inside something else, and nothing is begun after it', () => {
    for (const page of [
      '<html><body><script>var end = "</html>',
      '<html><body><!-- </html>',
      '<html><style>/*</html>',
      `${html('x')}<script>var a`,
      `${html('x')}<!-- 12`,
      `${html('x')}<p>more`,
      `${html('x')}<div class="a`,
      `${html('x')}<div><p>a</p>`,
      `${html('x')}<`,
      `${html('x')}<style>p{}`,
      '<html><body><p>x</p></body>',
      '',
    ])
      expect(htmlEnds(page)).toBe(false)
  })
})

describe('the words of a short page without data', () => {
  const page = (text: string, more = '') =>
    html('Tickets', `<h2>Hello</h2><p>${text}</p>${more}${'<i></i>'.repeat(40)}`)
  test.each([
    ['Our site is undergoing scheduled maintenance and will be back shortly.', 'outage'],
    ['We are facing technical difficulties. Please try again later.', 'outage'],
    ['Please enable JavaScript and cookies to continue', 'blocked'],
    ['We have detected unusual traffic from your network', 'blocked'],
    ['Please complete the captcha to proceed.', 'blocked'],
    ['This form is protected by reCAPTCHA. Winter programme from Friday on.', 'ok'],
  ])('%s', (text, reason) => expect(health(page(text))).toBe(reason))
  test('do not count on a page that has data', () => {
    const data = '<script type="application/ld+json">{"@type":"Movie"}</script>'
    expect(health(page('Please try again later', data))).toBe('ok')
    expect(health(page('', `${data}<h2>Something went wrong</h2>`))).toBe('ok')
  })
})

test('an excerpt is short, of one line, and never half a sign', () => {
  expect(excerptOf(' a\n\t b\0c ')).toBe('a b c')
  const long = excerptOf('🎬'.repeat(300))
  expect(long.length).toBeLessThanOrEqual(200)
  expect(long).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/)
})
