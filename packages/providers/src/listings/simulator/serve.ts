import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CinemaSite } from './cinema-site.ts'
import { sendAnswer } from './send-answer.ts'
import type { SkinRequest } from './site-types.ts'

export type ServedSite = { origin: string; close: () => Promise<void> }

/**
 * A site on a port of the loopback, for clients that use real sockets. It takes a site or, since a site must know its
 * address, a function that makes one for an origin. `dripMs` is the pause between two pieces of a slow page.
 */
export async function serve<Site extends CinemaSite>(
  made: (origin: string) => Site,
  options: { dripMs?: number; host?: string } = {},
): Promise<ServedSite & { site: Site }> {
  let site: Site
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://site.invalid')
      const asked: SkinRequest = {
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
        body: Buffer.concat(chunks).toString(),
      }
      const entry = site.begin(asked)
      const answer = site.answer(asked)
      let over = false
      response.on('close', () => {
        if (!over) site.end(entry, answer)
        over = true
      })
      sendAnswer(response, answer, options.dripMs ?? 500)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve))
  const origin = `http://${options.host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`
  site = made(origin)
  return {
    origin,
    site,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
