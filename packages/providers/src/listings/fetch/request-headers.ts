import type { FetchPlan } from '../listing-source.ts'

export type Conditional = { etag: string | null; lastModified: string | null }

/**
 * What a plan may not set: who we are, whom we ask and how the answer travels are decided here; nothing that carries a
 * login; and nothing that would make us look like somebody else.
 */
const OURS =
  /^(host|user-agent|from|cookie2?|authorization|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|via|forwarded|true-client-ip|cf-.*|x-forwarded-.*|x-real-ip|x-client-ip|proxy-.*|sec-.*|if-.*|range)$/

const ACCEPT = { html: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1', json: 'application/json,*/*;q=0.1' }

/** @param conditional what is known of the page since the last look; only a GET can be asked so */
export function requestHeaders(
  plan: Pick<FetchPlan, 'headers' | 'expects'>,
  method: FetchPlan['method'],
  conditional: Conditional | null,
  userAgent: string,
): Record<string, string> {
  const given = Object.entries(plan.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const kept = given.filter(([name]) => !OURS.test(name) && (method === 'POST' || name !== 'content-type'))
  return {
    accept: ACCEPT[plan.expects],
    ...Object.fromEntries(kept),
    'user-agent': userAgent,
    'accept-encoding': 'gzip, br',
    ...(method === 'GET' && conditional?.etag && { 'if-none-match': conditional.etag }),
    ...(method === 'GET' && conditional?.lastModified && { 'if-modified-since': conditional.lastModified }),
  }
}
