import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPageFetcher, type PageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { manualClock } from '../../clock.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { fetchPolitely } from './fetch-politely.ts'

const START = new Date('2026-11-21T10:00:00Z')
const clock = manualClock(START)
let ctx: TestContext
let other: TestContext
const servers: Site[] = []

/** A cinema site on a port, and so a host, of its own. */
type Site = {
  origin: string
  host: string
  server: Server
  asked: string[]
  robots: [number, string]
  serve: (request: IncomingMessage, response: ServerResponse) => void
}
let site: Site
let pages: PageFetcher

async function openSite(): Promise<Site> {
  const made = { asked: [] as string[], robots: [404, ''] as [number, string] }
  const server = createServer((request, response) => {
    opened.asked.push(request.url ?? '')
    if (request.url === '/robots.txt') response.writeHead(opened.robots[0]).end(opened.robots[1])
    else opened.serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const serve: Site['serve'] = (_request, response) => response.end('films')
  const opened: Site = { ...made, server, host, origin: `http://${host}`, serve }
  servers.push(opened)
  return opened
}

beforeAll(async () => {
  ctx = await testContext({ clock })
  other = await testContext({ clock, database: ctx.database })
})
beforeEach(async () => {
  clock.set(START)
  site = await openSite()
  pages = fetcherFor(site)
})
afterEach(async () => {
  await pages.close()
  for (const { server } of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(async () => {
  await other.close()
  await ctx.close()
})

const fetcherFor = (...sites: Site[]) =>
  createPageFetcher({
    userAgent: 'MarqueeBot/1.0 (+https://marquee.example/bot)',
    allowedOrigins: sites.map(({ origin }) => origin),
    timeouts: { connectMs: 500, headersMs: 2_000, totalMs: 3_000 },
  })

type Given = { path?: string; url?: string; conditional?: { etag: string | null; lastModified: string | null } }
const politely = (given: Given = {}, by: TestContext = ctx, allowedHosts = ['127.0.0.1']) =>
  fetchPolitely(
    { db: by.db, pool: by.pool, clock, pages },
    {
      host: { minGapMs: 10_000, dailyBudget: 100, allowedHosts },
      plan: {
        key: 'page',
        url: given.url ?? site.origin + (given.path ?? '/movies'),
        method: 'GET',
        headers: {},
        body: null,
        expects: 'html',
      },
      conditional: given.conditional ?? null,
    },
  )
const at = (seconds: number) => new Date(START.getTime() + seconds * 1_000)
const hostRow = (host = site.host) => ctx.db.listingHost.findUniqueOrThrow({ where: { host } })
/** The first turn goes to robots.txt. */
async function meet() {
  expect(await politely()).toMatchObject({ why: 'robots' })
  clock.set((await hostRow()).nextRequestAt!)
}

describe('a page', () => {
  test('is asked for after robots.txt and a gap, and then with a gap each', async () => {
    expect(await politely()).toEqual({ deferredUntil: at(10), why: 'robots' })
    expect(await politely()).toEqual({ deferredUntil: at(10), why: 'gap' })
    clock.set(at(10))
    expect(await politely()).toMatchObject({ page: { status: 200, body: 'films', fetchedAt: at(10) } })
    expect(await politely()).toEqual({ deferredUntil: at(20), why: 'gap' })
    clock.set(at(20))
    expect(await politely({ path: '/other' })).toMatchObject({ page: { status: 200 } })
    expect(site.asked).toEqual(['/robots.txt', '/movies', '/other'])
    expect(await hostRow()).toMatchObject({ spentToday: 3, lastStatus: 200, lastOkAt: at(20), leaseToken: null })
  })

  test('may be unchanged', async () => {
    await meet()
    site.serve = (request, response) => response.writeHead(request.headers['if-none-match'] === '"a"' ? 304 : 200).end()
    const conditional = { etag: '"a"', lastModified: null }
    expect(await politely({ conditional })).toMatchObject({ page: { status: 304, body: '' } })
  })

  test('is never asked for by two workers at once', async () => {
    await meet()
    const { promise: served, resolve: serveNow } = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    let open = 0
    let most = 0
    site.serve = (_request, response) => {
      most = Math.max(most, ++open)
      arrived.resolve()
      void served.then(() => {
        open--
        response.end('films')
      })
    }
    const tries = Array.from({ length: 12 }, (_, i) => politely({ path: `/film-${i}` }, i % 2 ? ctx : other))
    await arrived.promise
    // The losers are sent away while the winner still waits for its page.
    const sentAway = () => tries.map((one) => Promise.race([one, Promise.resolve(null)]))
    await vi.waitFor(async () => {
      const settled = (await Promise.all(sentAway())).filter((one) => one !== null)
      expect(settled).toHaveLength(11)
      for (const one of settled) expect(one).toMatchObject({ why: 'busy' })
    })
    serveNow()
    const all = await Promise.all(tries)
    expect(all.filter((one) => 'page' in one)).toHaveLength(1)
    expect(most).toBe(1)
  })

  test('of a site that is gone is an answer, and the host is free again', async () => {
    await meet()
    site.server.closeAllConnections()
    await new Promise((resolve) => site.server.close(resolve))
    expect(await politely()).toMatchObject({ page: { status: null, failure: 'network' } })
    expect(await hostRow()).toMatchObject({ leaseToken: null, leaseUntil: null, lastError: 'no answer' })
  })

  test('outside the source costs nothing', async () => {
    for (const url of ['https://evil.example/', 'nonsense', 'file:///etc/passwd'])
      expect(await politely({ url })).toMatchObject({
        page: { failure: 'refused', status: null },
        why: expect.stringMatching(/not of this/),
      })
    expect(site.asked).toEqual([])
    expect(await ctx.db.listingHost.count({ where: { host: 'evil.example' } })).toBe(0)
  })
})

describe('robots.txt', () => {
  test('what it forbids is not asked for', async () => {
    site.robots = [200, 'User-agent: MarqueeBot\nDisallow: /movies\nCrawl-delay: 40']
    await meet()
    expect(clock.now()).toEqual(at(40))
    expect(await politely()).toMatchObject({
      page: { failure: 'refused', status: null },
      why: expect.stringMatching(/robots\.txt/),
    })
    expect(await politely({ path: '/cinemas' })).toMatchObject({ page: { status: 200 } })
    expect(await politely({ path: '/cinemas' })).toEqual({ deferredUntil: at(80), why: 'gap' })
    expect(site.asked).toEqual(['/robots.txt', '/cinemas'])
  })

  test('nor is where a page redirects to', async () => {
    site.robots = [200, 'User-agent: *\nDisallow: /private']
    await meet()
    site.serve = (_request, response) => response.writeHead(302, { location: '/private' }).end()
    expect(await politely()).toMatchObject({ page: { failure: 'refused', status: 302 } })
    expect(site.asked).toEqual(['/robots.txt', '/movies'])
  })

  test('that cannot be had forbids all until it can', async () => {
    site.robots = [500, '']
    expect(await politely()).toEqual({ deferredUntil: at(300), why: 'robots' })
    clock.set(at(299))
    expect(await politely()).toEqual({ deferredUntil: at(300), why: 'robots' })
    site.robots = [200, '']
    clock.set(at(300))
    expect(await politely()).toEqual({ deferredUntil: at(310), why: 'robots' })
    clock.set(at(310))
    expect(await politely()).toMatchObject({ page: { status: 200 } })
  })

  test('that is refused to us opens the circuit', async () => {
    site.robots = [403, '']
    expect(await politely()).toEqual({ deferredUntil: at(900), why: 'robots' })
    clock.set(at(899))
    expect(await politely()).toMatchObject({ deferredUntil: at(900), why: 'circuit' })
  })

  test('is asked for once a day, and its rules outlive a bad hour', async () => {
    site.robots = [200, 'User-agent: *\nDisallow: /x']
    await meet()
    clock.set(at(23 * 3_600))
    expect(await politely()).toMatchObject({ page: { status: 200 } })
    site.robots = [500, '']
    clock.set(at(25 * 3_600))
    expect(await politely()).toMatchObject({ why: 'robots' })
    clock.advance(10_000)
    expect(await politely()).toMatchObject({ page: { status: 200 } })
    expect(await politely({ path: '/x' })).toMatchObject({ page: { failure: 'refused' } })
    expect(site.asked).toEqual(['/robots.txt', '/movies', '/robots.txt', '/movies'])
  })

  test('two workers ask for it once', async () => {
    const tries = await Promise.all(Array.from({ length: 8 }, (_, i) => politely({}, i % 2 ? ctx : other)))
    expect(tries.every((one) => 'deferredUntil' in one)).toBe(true)
    expect(site.asked).toEqual(['/robots.txt'])
  })
})

describe('another host of the same source', () => {
  let second: Site
  beforeEach(async () => {
    second = await openSite()
    await pages.close()
    pages = fetcherFor(site, second)
  })

  test('has its own robots.txt, turn and gap', async () => {
    await meet()
    const from = clock.now().getTime()
    site.serve = (_request, response) => response.writeHead(301, { location: `${second.origin}/movies` }).end()
    second.serve = (_request, response) => response.end('moved here')
    expect(await politely()).toEqual({ deferredUntil: new Date(from + 10_000), why: 'robots' })
    expect(second.asked).toEqual(['/robots.txt'])
    clock.advance(10_000)
    const { page } = (await politely()) as { page: object }
    expect(page).toMatchObject({
      body: 'moved here',
      url: `${site.origin}/movies`,
      finalUrl: `${second.origin}/movies`,
    })
    expect((await hostRow(second.host)).spentToday).toBe(2)
  })

  test('is not asked when it is not the source’s', async () => {
    await meet()
    site.serve = (_request, response) => response.writeHead(302, { location: `${second.origin}/movies` }).end()
    const { page } = (await politely({}, ctx, [site.host])) as { page: object }
    expect(page).toMatchObject({ failure: 'refused', status: 302, finalUrl: `${second.origin}/movies` })
    expect(second.asked).toEqual([])
  })

  test('is not asked in the clear', async () => {
    await meet()
    site.serve = (_request, response) => response.writeHead(302, { location: 'http://www.cinema.example/' }).end()
    const { page } = (await politely({}, ctx, [site.host, 'www.cinema.example'])) as { page: object }
    expect(page).toMatchObject({ failure: 'refused', status: 302, finalUrl: 'http://www.cinema.example/' })
    expect(await ctx.db.listingHost.count({ where: { host: 'www.cinema.example' } })).toBe(0)
  })

  test('may hold the robots.txt of both', async () => {
    site.robots = [404, '']
    site.server.removeAllListeners('request')
    site.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      site.asked.push(request.url ?? '')
      if (request.url === '/robots.txt') response.writeHead(301, { location: `${second.origin}/robots.txt` }).end()
      else response.end('films')
    })
    second.robots = [200, 'User-agent: *\nDisallow: /x']
    expect(await politely()).toMatchObject({ why: 'robots' })
    clock.advance(10_000)
    expect(await politely()).toMatchObject({ page: { body: 'films' } })
    expect(await politely({ path: '/x' })).toMatchObject({ why: expect.stringMatching(/robots\.txt/) })
    expect(second.asked).toEqual(['/robots.txt'])
  })
})

test('a dead worker’s turn is taken over', async () => {
  await meet()
  const hung = { ...pages, fetchPage: () => new Promise<never>(() => {}) }
  const request = { host: { minGapMs: 0, dailyBudget: 9, allowedHosts: [site.host] }, conditional: null }
  const plan = { key: 'p', url: `${site.origin}/a`, method: 'GET', headers: {}, body: null, expects: 'html' } as const
  void fetchPolitely({ db: other.db, pool: other.pool, clock, pages: hung }, { ...request, plan })
  await vi.waitFor(async () => expect((await hostRow()).leaseToken).not.toBe(null))
  expect(await politely()).toMatchObject({ why: 'busy' })
  clock.advance(60_000)
  expect(await politely()).toMatchObject({ page: { status: 200 } })
})
