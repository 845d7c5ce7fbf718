import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { checkedConnector, type Resolve } from './checked-connector.ts'

let server: Server
let port: number
const hosts: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    hosts.push(request.headers.host ?? '')
    response.end('here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

/** The internet of these tests: 127.0.0.1 is public, everything else is private. */
const isOpen = (address: string) => address === '127.0.0.1'

async function ask(resolve: (host: string) => Promise<string[]>, options: { connectMs?: number; sim?: boolean } = {}) {
  const origin = `http://cinema.example:${port}`
  const connect = checkedConnector({
    connectMs: options.connectMs ?? 500,
    simulators: new Set(options.sim ? [origin] : []),
    resolve,
    isOpen,
  })
  const agent = new Agent({ connect, allowH2: false })
  try {
    const answer = await agent.request({ origin, path: '/', method: 'GET' })
    return await answer.body.text()
  } catch (error) {
    return (error as Error).name
  } finally {
    await agent.destroy()
  }
}

test('the name is resolved once, and the connection goes to the address that was checked', async () => {
  // The second answer would be private: a name server that changes its mind between check and use.
  const resolve = vi.fn<Resolve>(async () => ['127.0.0.2']).mockImplementationOnce(async () => ['127.0.0.1'])
  expect(await ask(resolve)).toBe('here')
  expect(resolve).toHaveBeenCalledTimes(1)
  expect(hosts.at(-1)).toBe(`cinema.example:${port}`)
  expect(await ask(resolve)).toBe('RefusedAddress')
})

test('one private address among public ones closes the name', async () => {
  const asked = hosts.length
  expect(await ask(async () => ['127.0.0.1', '127.0.0.2'])).toBe('RefusedAddress')
  expect(await ask(async () => ['::ffff:127.0.0.1'])).toBe('RefusedAddress')
  expect(hosts).toHaveLength(asked)
})

test('a simulator may be anywhere', async () => {
  expect(await ask(async () => ['::1', '127.0.0.1'], { sim: true })).toBe('here')
})

test('no address, a failing name server and a silent one are faults of the network', async () => {
  expect(await ask(async () => [])).toBe('Error')
  expect(await ask(() => Promise.reject(new Error('SERVFAIL')))).toBe('Error')
  expect(await ask(() => new Promise(() => {}), { connectMs: 30 })).toBe('Error')
})

test('the real ranges count unless a test says otherwise', async () => {
  const connect = checkedConnector({ connectMs: 500, simulators: new Set(), resolve: async () => ['127.0.0.1'] })
  const agent = new Agent({ connect })
  await expect(agent.request({ origin: `http://cinema.example:${port}`, path: '/', method: 'GET' })).rejects.toThrow(
    /not public/,
  )
  await expect(agent.request({ origin: `http://127.0.0.1:${port}`, path: '/', method: 'GET' })).rejects.toThrow(
    /not public/,
  )
  await agent.destroy()
})
