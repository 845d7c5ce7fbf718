import type { SiteResponse } from './site-response.ts'

export function robotsText(robots: { crawlDelaySeconds: number | null; disallow: string[] } | null): SiteResponse {
  if (!robots) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found\n' }
  const lines = [
    'User-agent: *',
    ...(robots.crawlDelaySeconds === null ? [] : [`Crawl-delay: ${robots.crawlDelaySeconds}`]),
    ...robots.disallow.map((path) => `Disallow: ${path}`),
    '',
  ]
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: lines.join('\n') }
}
