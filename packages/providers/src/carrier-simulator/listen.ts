import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CarrierSimulator } from './simulator.ts'

export type Listening = { baseUrl: string; close(): void }

/** The simulator as a server of its own on this machine, for tests and load. */
export async function listen(simulator: CarrierSimulator, port = 0): Promise<Listening> {
  const server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    const url = new URL(request.url ?? '/', 'http://carrier.invalid')
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
    )
    const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body }
    const answer = await simulator.handle(asked)
    if (answer.lost) response.destroy()
    else response.writeHead(answer.status, answer.headers).end(answer.body)
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
