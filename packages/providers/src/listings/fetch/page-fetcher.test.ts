import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Server as RawServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FetchPlan } from '../listing-source.ts'
import type { Resolve } from './checked-connector.ts'
import { createPageFetcher, type PageFetcher, type PageFetcherOptions } from './page-fetcher.ts'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let raw: RawServer
let origin: string
let rawOrigin: string
let serve: Serve
let speak: (socket: Socket) => void
let pages: PageFetcher
let asked: string[]
const open: PageFetcher[] = []
const NOW = new Date('2026-11-21T10:00:00Z')

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    serve(request, response)
  })
  raw = createRawServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => speak(socket))
  })
  await Promise.all([server, raw].map((s) => new Promise<void>((done) => s.listen(0, '127.0.0.1', done))))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  rawOrigin = `http://127.0.0.1:${(raw.address() as AddressInfo).port}`
  pages = fetcher()
})
beforeEach(() => {
  asked = []
})
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()))
  server.closeAllConnections()
  server.close()
  raw.close()
})

function fetcher(options: Partial<PageFetcherOptions> = {}) {
  const made = createPageFetcher({
    userAgent: 'MarqueeBot/1.0',
    contactUrl: 'https://marquee.example/bot',
    allowedOrigins: [origin, rawOrigin],
    timeouts: { connectMs: 300, headersMs: 300, readMs: 300, totalMs: 1_000 },
    maxBytes: 100_000,
    now: () => NOW,
    ...options,
  })
  open.push(made)
  return made
}

const plan = (given: Partial<FetchPlan> = {}): FetchPlan => ({
  key: 'page',
  url: `${origin}/movies`,
  method: 'GET',
  headers: {},
  body: null,
  expects: 'html',
  ...given,
})
const get = (given: Partial<FetchPlan> = {}, by: PageFetcher = pages) =>
  by.fetchPage(plan(given), null, { allowedHosts: ['127.0.0.1', 'cinema.example'] })
const answering = (status: number, headers: Record<string, string>, body: string | Buffer = '') => {
  serve = (_request, response) => response.writeHead(status, headers).end(body)
}
const saying = (text: string | Buffer, end = true) => {
  speak = (socket) => (end ? socket.end(text) : socket.write(text))
}

describe('a page', () => {
  test('comes with its status, its headers in lower case and its time', async () => {
    answering(200, { 'Content-Type': 'text/html; charset=utf-8', ETag: '"a"', 'Set-Cookie': 'sid=1' }, '<p>₹ 250</p>')
    const page = await get()
    expect(page).toMatchObject({ key: 'page', url: `${origin}/movies`, finalUrl: `${origin}/movies`, status: 200 })
    expect(page).toMatchObject({ body: '<p>₹ 250</p>', truncated: false, failure: null, fetchedAt: NOW })
    expect(page.headers).toMatchObject({ etag: '"a"', 'content-type': 'text/html; charset=utf-8' })
    expect(page.headers).not.toHaveProperty('set-cookie')
  })

  test('is asked for as what we are, and without cookies', async () => {
    let headers: IncomingMessage['headers'] = {}
    serve = (request, response) => {
      headers = request.headers
      response.writeHead(200, { 'set-cookie': 'sid=1' }).end()
    }
    const bold = {
      'User-Agent': 'Mozilla/5.0',
      Cookie: 'sid=2',
      Host: 'evil.example',
      'X-Forwarded-For': '1.1.1.1',
      Authorization: 'Bearer x',
      'Sec-Ch-Ua': 'Chrome',
      'If-None-Match': '"x"',
      'Accept-Language': 'te',
      chain: 'PVR',
    }
    await get({ headers: bold })
    await get({ headers: bold })
    expect(headers['user-agent']).toBe('MarqueeBot/1.0 (+https://marquee.example/bot)')
    expect(headers.host).toBe(new URL(origin).host)
    expect(headers).toMatchObject({ 'accept-language': 'te', chain: 'PVR', 'accept-encoding': 'gzip, br' })
    for (const name of ['cookie', 'x-forwarded-for', 'authorization', 'sec-ch-ua', 'if-none-match'])
      expect(headers).not.toHaveProperty(name)
  })

  test('is posted for', async () => {
    const seen: string[] = []
    serve = (request, response) => {
      request.on('data', (chunk: Buffer) =>
        seen.push(`${request.method} ${request.headers['content-type']} ${chunk.toString()}`),
      )
      request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":1}'))
    }
    const headers = { 'Content-Type': 'application/json' }
    const page = await get({ method: 'POST', headers, body: '{"city":"hyd"}', expects: 'json' })
    expect(page.body).toBe('{"ok":1}')
    expect(seen).toEqual(['POST application/json {"city":"hyd"}'])
  })

  test.each([403, 404, 429, 500, 503])('%i is an answer', async (status) => {
    answering(status, { 'retry-after': '120' }, 'no')
    expect(await get()).toMatchObject({ status, body: 'no', failure: null, headers: { 'retry-after': '120' } })
  })

  test('in another encoding', async () => {
    answering(200, { 'content-type': 'text/html; charset=windows-1255' }, Buffer.from([0xf7, 0xe5]))
    expect((await get()).body).toBe('קו')
  })
})

describe('asking whether it changed', () => {
  const ask = (conditional: { etag: string | null; lastModified: string | null } | null, given = {}) =>
    pages.fetchPage(plan(given), conditional, { allowedHosts: ['127.0.0.1'] })

  test('304 has no body', async () => {
    serve = (request, response) => {
      expect(request.headers).toMatchObject({ 'if-none-match': 'W/"a"', 'if-modified-since': 'yesterday' })
      response.writeHead(304, { etag: 'W/"a"' }).end()
    }
    const page = await ask({ etag: 'W/"a"', lastModified: 'yesterday' })
    expect(page).toMatchObject({ status: 304, body: '', truncated: false, failure: null, headers: { etag: 'W/"a"' } })
  })

  test('304 that nobody asked for is no answer', async () => {
    answering(304, {})
    expect(await ask(null)).toMatchObject({ status: null, failure: 'network' })
    expect(await ask({ etag: null, lastModified: null })).toMatchObject({ status: null, failure: 'network' })
    expect(await ask({ etag: '"a"', lastModified: null }, { method: 'POST' })).toMatchObject({ failure: 'network' })
  })
})

describe('redirects', () => {
  test('are followed within the site, three times', async () => {
    serve = (request, response) => {
      const n = Number(request.url?.slice(2) || 0)
      if (n < 3) response.writeHead(302, { location: `/r${n + 1}` }).end('moved')
      else response.end('there')
    }
    expect(await get({ url: `${origin}/r0` })).toMatchObject({ body: 'there', finalUrl: `${origin}/r3`, status: 200 })
    serve = (request, response) => response.writeHead(302, { location: `${request.url}x` }).end()
    asked = []
    expect(await get({ url: `${origin}/` })).toMatchObject({ failure: 'refused', status: 302, body: '' })
    expect(asked).toEqual(['/', '/x', '/xx', '/xxx'])
  })

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/',
    'file:///etc/passwd',
    'https://evil.example/',
    '//evil.example/movies',
    'http://cinema.example/',
    'http://user:pass@127.0.0.1/',
    'http://127.0.0.1:1/',
    'http://2130706433/',
    'http://[::1]/',
    'javascript:alert(1)',
    'http://localhost/',
  ])('to %s are refused, and told', async (to) => {
    answering(302, { location: to })
    const page = await get()
    expect(page).toMatchObject({ failure: 'refused', status: 302, url: `${origin}/movies`, body: '' })
    expect(page.finalUrl).toBe(new URL(to, origin).href)
    expect(asked).toEqual(['/movies'])
  })

  test('even where somebody wrote a private address into the source', async () => {
    answering(301, { location: 'http://169.254.169.254/latest' })
    const page = await pages.fetchPage(plan(), null, { allowedHosts: ['127.0.0.1', '169.254.169.254'] })
    expect(page).toMatchObject({ failure: 'refused', finalUrl: 'http://169.254.169.254/latest' })
  })

  test('to what robots.txt forbids are refused', async () => {
    answering(302, { location: '/private' })
    const mayVisit = (url: string) => !url.endsWith('/private')
    const page = await pages.fetchPage(plan(), null, { allowedHosts: ['127.0.0.1'], mayVisit })
    expect(page).toMatchObject({ failure: 'refused', finalUrl: `${origin}/private` })
    expect(asked).toEqual(['/movies'])
  })

  test('a POST becomes a GET after 303 and stays one after 307', async () => {
    for (const [status, methods] of [
      [303, ['POST', 'GET']],
      [307, ['POST', 'POST']],
    ] as const) {
      const seen: string[] = []
      serve = (request, response) => {
        seen.push(request.method ?? '')
        request.resume()
        if (request.url === '/movies') response.writeHead(status, { location: '/b' }).end()
        else response.end()
      }
      await get({ method: 'POST', body: 'x' })
      expect(seen).toEqual(methods)
    }
  })

  test('that lead nowhere', async () => {
    answering(302, { location: 'https://[' })
    expect(await get()).toMatchObject({ failure: 'refused', finalUrl: 'https://[' })
    answering(302, {}, 'a page')
    expect(await get()).toMatchObject({ failure: null, status: 302, body: 'a page' })
  })
})

describe('names', () => {
  test('that are private are refused, and nothing is asked', async () => {
    for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00::1']) {
      const resolve = vi.fn<Resolve>(async () => [address])
      const page = await get({ url: 'https://cinema.example/' }, fetcher({ resolve }))
      expect(page).toMatchObject({ failure: 'refused', status: null, finalUrl: 'https://cinema.example/' })
      expect(resolve).toHaveBeenCalledTimes(1)
    }
  })

  test('are resolved once for a connection, and asked for by name', async () => {
    const port = new URL(origin).port
    const resolve = vi.fn<Resolve>(async () => ['127.0.0.1'])
    let host: string | undefined
    serve = (request, response) => {
      host = request.headers.host
      response.end()
    }
    const named = fetcher({ resolve, allowedOrigins: [`http://cinema.example:${port}`] })
    expect(await get({ url: `http://cinema.example:${port}/` }, named)).toMatchObject({ status: 200 })
    expect(resolve).toHaveBeenCalledTimes(1)
    expect(host).toBe(`cinema.example:${port}`)
  })

  test('without an address, and ports where nobody listens', async () => {
    const resolve = async () => Promise.reject(new Error('ENOTFOUND'))
    expect(await get({ url: 'https://cinema.example/' }, fetcher({ resolve }))).toMatchObject({ failure: 'network' })
    const closed = fetcher({ allowedOrigins: ['http://127.0.0.1:1'] })
    expect(await get({ url: 'http://127.0.0.1:1/' }, closed)).toMatchObject({ failure: 'network', status: null })
  })

  test('outside the source are never asked', async () => {
    for (const url of ['https://evil.example/', 'http://cinema.example/', 'file:///etc/passwd', 'nonsense'])
      expect(await get({ url })).toMatchObject({ failure: 'refused', status: null, finalUrl: url })
    expect(pages.admits('https://cinema.example/', ['cinema.example'])).toBe(true)
    expect(pages.admits('http://cinema.example/', ['cinema.example'])).toBe(false)
  })

  test('simulators are known by their origin', () => {
    expect(pages.isSimulator(`${origin}/x`)).toBe(true)
    expect(pages.isSimulator('https://cinema.example/')).toBe(false)
    expect(pages.isSimulator('nonsense')).toBe(false)
  })
})

describe('compression', () => {
  const text = '<p>seats</p>'.repeat(50)
  test.each([
    ['gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['identity', Buffer.from(text)],
  ])('%s', async (encoding, body) => {
    answering(200, { 'content-encoding': encoding }, body)
    expect(await get()).toMatchObject({ body: text, truncated: false, failure: null })
  })

  test.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
  ])('a bomb in %s is read to the limit', async (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(100_000)
    answering(200, { 'content-encoding': encoding }, bomb)
    const page = await get()
    expect(page).toMatchObject({ status: 200, truncated: true, failure: null })
    expect(page.body).toHaveLength(100_000)
  })

  test('what is not compressed, though it says so, cannot be read', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, gzip']) {
      answering(200, { 'content-encoding': encoding }, 'plain text, plainly')
      expect(await get(), encoding).toMatchObject({ status: 200, truncated: true, failure: 'network', body: '' })
    }
  })

  test('a stream that stops is cut', async () => {
    for (const [encoding, whole] of [
      ['gzip', gzipSync(text)],
      ['br', brotliCompressSync(text)],
    ] as const) {
      answering(200, { 'content-encoding': encoding }, whole.subarray(0, whole.length - 5))
      expect(await get(), encoding).toMatchObject({ truncated: true, failure: null })
    }
  })
})

describe('size and time', () => {
  test('more than is read', async () => {
    answering(200, {}, 'x'.repeat(100_001))
    const page = await get()
    expect(page).toMatchObject({ truncated: true, failure: null })
    expect(page.body).toHaveLength(100_000)
    answering(200, {}, 'x'.repeat(100_000))
    expect(await get()).toMatchObject({ truncated: false })
  })

  test('a body without end', async () => {
    serve = (_request, response) => {
      const pour = () => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', pour)
      }
      pour()
    }
    expect(await get()).toMatchObject({ truncated: true, failure: null, status: 200 })
  })

  test('less than was promised', async () => {
    saying('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>half')
    expect(await get({ url: rawOrigin })).toMatchObject({
      status: 200,
      body: '<p>half',
      truncated: true,
      failure: null,
    })
    saying('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')
    expect(await get({ url: rawOrigin })).toMatchObject({ status: 200, body: 'half', truncated: true })
  })

  test('more than was promised ends at the promise', async () => {
    saying('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf and more')
    const page = await get({ url: rawOrigin })
    expect(page.body === 'half' || page.failure === 'network').toBe(true)
  })

  test('no body at all', async () => {
    answering(204, { 'content-encoding': 'gzip' })
    expect(await get()).toMatchObject({ status: 204, body: '', truncated: false, failure: null })
  })

  test('a slow drip ends with the time for the whole', async () => {
    serve = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    }
    const hasty = fetcher({ timeouts: { readMs: 100, totalMs: 150 } })
    const page = await get({}, hasty)
    expect(page).toMatchObject({ status: 200, truncated: true, failure: 'timeout' })
    expect(page.body).toMatch(/^x+$/)
  })

  test('a body that stalls ends with the time for one read', async () => {
    serve = (_request, response) => void response.write('<p>')
    const hasty = fetcher({ timeouts: { readMs: 60, totalMs: 5_000 } })
    expect(await get({}, hasty)).toMatchObject({ status: 200, body: '<p>', truncated: true, failure: 'timeout' })
  })

  test('silence', async () => {
    serve = () => {}
    const hasty = fetcher({ timeouts: { headersMs: 50, totalMs: 5_000 } })
    expect(await get({}, hasty)).toMatchObject({ status: null, body: '', failure: 'timeout' })
    expect(await get({}, fetcher({ timeouts: { headersMs: 5_000, totalMs: 50 } }))).toMatchObject({
      failure: 'timeout',
    })
  })

  test('headers without end, fast and slow', async () => {
    speak = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const pour = () => {
        while (!socket.destroyed && socket.write(`X-${'a'.repeat(1_000)}: b\r\n`));
        socket.once('drain', pour)
      }
      pour()
    }
    expect(await get({ url: rawOrigin })).toMatchObject({ status: null, failure: 'network' })
    speak = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-A: ')
      const drip = setInterval(() => socket.write('a'), 10)
      socket.on('close', () => clearInterval(drip))
    }
    const hasty = fetcher({ timeouts: { headersMs: 5_000, totalMs: 120 } })
    expect(await get({ url: rawOrigin }, hasty)).toMatchObject({ status: null, failure: 'timeout' })
  })

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a hung-up phone', ''],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a status that is none', 'HTTP/1.1 abc OK\r\n\r\n'],
  ])('%s is a fault of the network', async (_name, text) => {
    saying(text)
    expect(await get({ url: rawOrigin })).toMatchObject({ status: null, failure: 'network' })
  })
})
