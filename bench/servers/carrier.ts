// A carrier that takes every call at once and tells nobody of it: what placing calls costs us, and no more.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from '../answer.ts'

/** When each call came, in ms of performance.now(), and to whom. */
export type Placed = { at: number; to: string }
let placed: Placed[] = []

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (data: string) => {
    body += data
  })
  request.on('end', () => {
    const { to = '' } = JSON.parse(body || '{}') as { to?: string }
    placed.push({ at: performance.now(), to })
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ message: 'call fired', api_id: randomUUID(), request_uuid: randomUUID() }))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

answer({
  port: () => (server.address() as AddressInfo).port,
  forget() {
    placed = []
  },
  placed: () => placed,
})
