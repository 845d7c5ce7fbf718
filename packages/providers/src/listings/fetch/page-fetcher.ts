import { Agent } from 'undici'
import type { FetchedPage, FetchPlan } from '../listing-source.ts'
import { checkUrl } from './check-url.ts'
import { checkedConnector, RefusedAddress, type Resolve } from './checked-connector.ts'
import { decodeText } from './decode-text.ts'
import { type BodyEnd, readBody } from './read-body.ts'
import { type Conditional, requestHeaders } from './request-headers.ts'
import { judgeRobots, type RobotsJudgement } from './robots.ts'

export type FetchRules = {
  /** Hosts that belong to the source, with the port where it is not the usual one. Nothing else is ever asked. */
  allowedHosts: readonly string[]
  /** Asked before every hop, the first as well: what robots.txt says. Without it everything may be visited. */
  mayVisit?: (url: string) => boolean
}

export type PageFetcher = {
  /**
   * Makes one request and follows its redirects. Never throws for what a site does. With a `status` and `truncated`,
   * `failure` says how the body ended: `timeout`, `network` (not in the encoding it claims) or null (early, or too long).
   * A redirect that is not followed is `refused`, with the status of the redirect, and `finalUrl` is where it pointed to.
   */
  fetchPage(plan: FetchPlan, conditional: Conditional | null, rules: FetchRules): Promise<FetchedPage>
  /** Whether an address may be asked for at all: its scheme, its host, its port. Says nothing about robots.txt. */
  admits(url: string, allowedHosts: readonly string[]): boolean
  /** What a robots.txt says to us. `body` null: there is none. */
  judgeRobots(robots: { body: string | null }, url: string): RobotsJudgement
  /** Whether an address belongs to a simulator of ours: it may be private, and needs no sparing. */
  isSimulator(url: string): boolean
  close(): Promise<void>
}

export type PageFetcherOptions = {
  /** Begins with the product that robots.txt files can name, such as MarqueeBot/1.0. */
  userAgent: string
  /** A page that says who we are and how to be left alone; added to a user agent that names none. */
  contactUrl?: string
  /** Origins of simulators, which may be private and in the clear. Empty in production. */
  allowedOrigins?: string[]
  /** Milliseconds: to connect, to the end of the headers, between two pieces of a body, and for all with redirects. */
  timeouts?: Partial<{ connectMs: number; headersMs: number; readMs: number; totalMs: number }>
  /** Of a body, before and after decompression. */
  maxBytes?: number
  now?: () => Date
  /** In place of the system's name servers, for tests. */
  resolve?: Resolve
}

/** The total stays well below the lease on a host: a request has ended before another worker may ask. */
const TIMEOUTS = { connectMs: 5_000, headersMs: 15_000, readMs: 10_000, totalMs: 30_000 }
/** The largest listing pages seen have 3 MB. */
const MAX_BYTES = 8 * 1024 * 1024
const MAX_HEADER_BYTES = 16 * 1024
const MAX_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])

export function createPageFetcher(options: PageFetcherOptions): PageFetcher {
  const timeouts = { ...TIMEOUTS, ...options.timeouts }
  const { maxBytes = MAX_BYTES, now = () => new Date() } = options
  const simulators = new Set((options.allowedOrigins ?? []).map((origin) => new URL(origin).origin))
  const contact = options.contactUrl && !options.userAgent.includes('+http') ? ` (+${options.contactUrl})` : ''
  const userAgent = options.userAgent + contact
  const agent = new Agent({
    connect: checkedConnector({ connectMs: timeouts.connectMs, simulators, resolve: options.resolve }),
    allowH2: false,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.readMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Our gaps are longer than any server keeps a connection; only redirects use one again.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
  })

  return {
    async fetchPage(plan, conditional, rules) {
      const overall = new AbortController()
      const timer = setTimeout(() => overall.abort(), timeouts.totalMs)
      try {
        return { ...(await follow(plan, conditional, rules, overall.signal)), fetchedAt: now() }
      } finally {
        clearTimeout(timer)
      }
    },
    admits: (url, allowedHosts) => checkUrl(url, { allowedHosts, simulators }).ok,
    judgeRobots: (robots, url) => judgeRobots(robots.body, url, userAgent),
    isSimulator: (url) => simulators.has(URL.parse(url)?.origin ?? ''),
    close: () => agent.destroy(),
  }

  async function follow(
    plan: FetchPlan,
    conditional: Conditional | null,
    rules: FetchRules,
    signal: AbortSignal,
  ): Promise<Omit<FetchedPage, 'fetchedAt'>> {
    let { method, body } = plan
    const page = { key: plan.key, url: plan.url, finalUrl: plan.url, body: '', truncated: false, failure: null }
    let before: { status: number | null; headers: Record<string, string> } = { status: null, headers: {} }
    for (let hop = 0; ; hop++) {
      const checked = checkUrl(page.finalUrl, { allowedHosts: rules.allowedHosts, simulators })
      if (!checked.ok || hop > MAX_REDIRECTS || rules.mayVisit?.(checked.url.href) === false)
        return { ...page, ...before, failure: 'refused' }
      const { url } = checked
      page.finalUrl = url.href
      const headers = requestHeaders(plan, method, conditional, userAgent)
      try {
        const answer = await agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers,
          body: method === 'POST' ? body : null,
          signal,
        })
        // Destroying a body that is not wanted is no fault of anybody's.
        answer.body.on('error', () => {})
        const status = answer.statusCode
        before = { status, headers: plainHeaders(answer.headers) }
        const to = REDIRECTS.has(status) ? before.headers.location : undefined
        if (to !== undefined) {
          await answer.body.dump({ limit: 64 * 1024, signal })
          page.finalUrl = URL.parse(to, url.href)?.href ?? to
          if (method === 'POST' && status < 307) {
            method = 'GET'
            body = null
          }
          continue
        }
        if (status === 304) {
          answer.body.destroy()
          // Nobody asked whether it had changed: the answer is no answer.
          const asked = 'if-none-match' in headers || 'if-modified-since' in headers
          return asked ? { ...page, ...before } : { ...page, status: null, headers: {}, failure: 'network' }
        }
        const read = await readBody(answer.body, before.headers['content-encoding'], maxBytes, signal)
        answer.body.destroy()
        const text = decodeText(read.bytes, before.headers['content-type'])
        return { ...page, ...before, body: text, truncated: read.end !== 'whole', failure: FAILURES[read.end] }
      } catch (error) {
        return { ...page, ...before, failure: failureOf(error, signal) }
      }
    }
  }
}

const FAILURES: Record<BodyEnd, FetchedPage['failure']> = {
  whole: null,
  cut: null,
  'too-long': null,
  timeout: 'timeout',
  unreadable: 'network',
}

function failureOf(error: unknown, signal: AbortSignal): FetchedPage['failure'] {
  if (error instanceof RefusedAddress) return 'refused'
  const { code } = error as { code?: string }
  return signal.aborted || TIMED_OUT.has(code ?? '') ? 'timeout' : 'network'
}

/** Cookies are dropped here, unread: nothing later can keep one. */
function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !name.startsWith('set-cookie'))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}
