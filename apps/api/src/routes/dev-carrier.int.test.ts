import { type AddressInfo, createServer } from 'node:net'
import type { DevCall, DevCallList } from '@marquee/contracts/carrier'
import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../../../scripts/testing/eventually.ts'
import { buildApp } from '../app.ts'
import { openVendors } from '../vendors.ts'

// Calls and texts through the API as it is configured: our clients, the carrier's wire, its books, the phones.

let test_: TestContext
let ctx: ReturnType<typeof createContext>
let app: FastifyInstance
beforeAll(async () => {
  const port = await freePort()
  test_ = await testContext({
    env: { PORT: String(port), PUBLIC_BASE_URL: 'http://tickets.example', VOICE_CALLS_PER_SECOND: '10' },
  })
  const config = readConfig(test_.env)
  ctx = createContext(config, (own) => openVendors(config, own))
  app = await buildApp(ctx)
  await app.listen({ host: '127.0.0.1', port })
})
afterAll(async () => {
  await app.close()
  await ctx.close()
  await test_.close()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
const call = (to: string) =>
  ctx.voice.place({
    to,
    answerUrl: 'http://tickets.example/nowhere/{carrier}',
    statusUrl: 'http://tickets.example/nowhere/{carrier}',
    ringSeconds: 30,
    limitSeconds: 60,
  })
const post = (url: string, payload?: object) =>
  app.inject({ method: 'POST', url: `/api/dev/${url}`, ...(payload && { payload }) })
const callNow = async (id: string) => {
  const { items } = (await app.inject('/api/dev/calls')).json<DevCallList>()
  return items.find((one) => one.id === id)!
}

test('a text is in the Outbox once its sender knows that it went out', async () => {
  const to = '+919812345678'
  const { carrier, providerMessageId } = await ctx.sms.send({ to, text: 'Your code is 123456.', idempotencyKey: 'k' })
  expect(carrier).toBe('plivo')
  const outbox = await app.inject(`/api/dev/outbox?recipient=${encodeURIComponent(to)}`)
  expect(outbox.json()).toMatchObject({
    items: [{ id: providerMessageId, channel: 'sms', text: 'Your code is 123456.' }],
    total: 1,
  })
  expect((await app.inject('/api/dev/texts')).json()).toMatchObject({
    items: [{ id: providerMessageId, to, text: 'Your code is 123456.', template: null }],
    total: 1,
  })
  expect((await app.inject('/api/dev/outbox?channel=email')).json()).toMatchObject({ items: [] })
  expect((await post(`texts/${providerMessageId}/reply`, { text: 'STOP' })).statusCode).toBe(204)
  expect((await post('texts/none/reply', { text: 'STOP' })).statusCode).toBe(404)
})

test('a phone rings on the page and can be declined; acts that do not fit are refused', async () => {
  const { carrier, providerCallId: id } = await call('+919812345678')
  expect(carrier).toBe('plivo')
  await eventually(async () => expect((await callNow(id)).state).toBe('ringing'))
  expect((await post(`calls/${id}/press`, { key: '1' })).json()).toMatchObject({ error: { code: 'CONFLICT' } })
  expect((await post(`calls/${id}/press`, { key: 'one' })).statusCode).toBe(422)
  expect((await post('calls/none/answer')).statusCode).toBe(404)
  const declined = await post(`calls/${id}/decline`)
  expect(declined.json<DevCall>()).toMatchObject({ state: 'ended', outcome: 'declined', said: [] })
  expect((await post(`calls/${id}/answer`)).statusCode).toBe(409)
})

test('it is answered, and calls back the process it is in, whatever the outside calls that', async () => {
  const { providerCallId: id } = await call('+919812345679')
  await eventually(async () => expect((await post(`calls/${id}/answer`)).statusCode).toBe(200))
  // There is nothing at that address: the call says so.
  await eventually(async () =>
    expect(await callNow(id)).toMatchObject({ outcome: 'answer-unreachable', detail: 'answered 404' }),
  )
  const page = (
    await app.inject(`/api/dev/calls?to=${encodeURIComponent('+919812345679')}&limit=1`)
  ).json<DevCallList>()
  expect(page).toMatchObject({ total: 1, limit: 1, items: [{ id, to: '+919812345679' }] })
})

test('strangers get nothing from the wire, and nowhere else is called', async () => {
  const url = `/dev/carrier/v1/Account/${ctx.config.devCarrier.keys.authId}/Call/`
  expect((await app.inject({ method: 'POST', url, payload: '{}' })).statusCode).toBe(401)
  const { providerCallId: id } = await ctx.voice.place({
    to: '+919812345601',
    answerUrl: 'http://elsewhere.example/',
    statusUrl: 'http://elsewhere.example/',
    ringSeconds: 30,
    limitSeconds: 60,
  })
  expect((await callNow(id)).persona).toBe('answers and presses 1')
  await ctx.voice.carrier('plivo')?.hangUp(id)
  expect(await callNow(id)).toMatchObject({ outcome: 'cancelled' })
})

test('production, and a machine with carriers of its own, have none of it', async () => {
  const production = { ...ctx, config: { ...ctx.config, mode: 'production' as const } }
  const own = { ...ctx.config.voice, providers: ['plivo' as const] }
  const real = {
    ...ctx,
    config: { ...ctx.config, voice: own, sms: { ...ctx.config.sms, providers: ['plivo' as const] } },
  }
  for (const other of [production, real]) {
    const closed = await buildApp(other)
    for (const url of ['/api/dev/calls', '/dev/carrier/v1/Account/x/Call/'])
      expect((await closed.inject(url)).statusCode).toBe(404)
    await closed.close()
  }
})
