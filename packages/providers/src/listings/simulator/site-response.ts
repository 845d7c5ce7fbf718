import { createHash } from 'node:crypto'
import type { Fault } from './faults.ts'
import { foreignFilm, htmlPage } from './html.ts'
import type { SkinAnswer, SkinName, SkinRequest } from './site-types.ts'

export type SiteResponse = {
  status: number
  headers: Record<string, string>
  body: string
  /** The connection ends after so many bytes, although more were promised. */
  endsAfterBytes?: number
  /** It comes in pieces, so slowly that nobody should wait. */
  drips?: boolean
}

const html = (status: number, body: string, headers: Record<string, string> = {}): SiteResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
})

/** What a whole site does instead of answering; null: it answers. */
export function serveFaulty(
  faults: ReadonlySet<Fault>,
  path: string,
  baseUrl: string,
  home: () => string,
): SiteResponse | null {
  if (faults.has('error'))
    return html(500, htmlPage({ title: 'Error', body: '<h1>500</h1><p>Internal Server Error</p>' }))
  if (faults.has('maintenance')) return html(200, maintenance)
  if (faults.has('challenge')) return html(403, challenge)
  if (faults.has('too-many'))
    return html(429, htmlPage({ title: 'Too Many Requests', body: '<h1>Too Many Requests</h1>' }), {
      'retry-after': '300',
    })
  if (faults.has('home-redirect') && path !== '/')
    return { status: 302, headers: { location: `${baseUrl}/` }, body: home() }
  return null
}

type PageRequest = SkinRequest & {
  at: Date
  /** The moment whose page is shown: earlier than `at` where a cache is behind. */
  shownAt: Date
  faults: ReadonlySet<Fault>
  /** Where a page that is cut ends, as a share of it. */
  cut: number
  baseUrl: string
  skin: SkinName
}

/** The page that was found, or a 304, a redirect or a 404, spoiled as the faults say. */
export function servePage(found: SkinAnswer, request: PageRequest): SiteResponse {
  const { faults } = request
  if (found.kind === 'missing') return html(404, htmlPage({ title: 'Not found', body: '<h1>Page not found</h1>' }))
  if (found.kind === 'redirect')
    return { status: 301, headers: { location: `${request.baseUrl}${found.to}` }, body: '' }

  const etag = `W/"${createHash('sha1')
    .update(JSON.stringify([request.path, found.model, [...faults].filter((f) => CHANGES_PAGE.has(f))]))
    .digest('base64url')}"`
  const headers: Record<string, string> = {
    'content-type': found.type === 'json' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'cache-control': 'private, max-age=0, must-revalidate',
    date: request.shownAt.toUTCString(),
    etag,
  }
  const age = Math.round((request.at.getTime() - request.shownAt.getTime()) / 1000)
  if (age > 0) headers.age = String(age)
  const known = request.headers['if-none-match']
  if (request.method === 'GET' && known && (faults.has('wrong-etag') || known === etag))
    return { status: 304, headers: { etag: known, date: headers.date! }, body: '' }

  let body = found.render()
  if (faults.has('foreign-film') && found.type === 'html')
    body = body.replace('</body>', `${foreignFilm(request.baseUrl, request.at.toISOString().slice(0, 10))}</body>`)
  if (faults.has('cut-page')) body = body.slice(0, Math.floor(body.length * request.cut))
  if (faults.has('gzip-lie')) headers['content-encoding'] = 'gzip'
  return {
    status: 200,
    headers,
    body,
    ...(faults.has('cut-wire') && { endsAfterBytes: Math.floor(Buffer.byteLength(body) * request.cut) }),
    ...(faults.has('slow') && { drips: true }),
  }
}

const CHANGES_PAGE = new Set<Fault>(['foreign-film', 'date-fallback', 'phantoms', 'cut-page'])

const maintenance = htmlPage({
  title: 'We will be right back',
  head: '<meta name="robots" content="noindex"><script src="/_guard/sensor.js" async></script>',
  body: `<h1>We will be right back</h1><p>Our booking service is being improved. Tickets and showtimes return shortly.</p>
<script>window._guard={t:"0f6c1d",v:3};(function(){var s=document.createElement('script');s.src='/_guard/check?x='+Date.now();document.head.appendChild(s)})();</script>`,
})

const challenge = htmlPage({
  title: 'Just a moment...',
  body: '<h1>Checking that you are a person</h1><p>Enable JavaScript and cookies to continue. Verifying you are human may take a few seconds.</p><noscript>Please turn JavaScript on and reload the page.</noscript>',
})
