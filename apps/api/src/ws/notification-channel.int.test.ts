import type { NotificationEvent } from '@marquee/contracts/notifications'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newId } from '@marquee/core/ids'
import { notifyUser } from '@marquee/core/notifications/notify-user'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { openPush } from '@marquee/providers/open-vendors'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let apps: FastifyInstance[]
let bases: string[]
beforeAll(async () => {
  ctx = await testContext()
  const keys = { publicKey: 'B'.repeat(87), privateKey: 'A'.repeat(43), subject: 'mailto:alerts@marquee.example' }
  ctx.push = openPush({ push: keys })
  // Two processes: what one writes, the pages of the other hear.
  apps = [await buildApp(ctx), await buildApp(ctx)]
  bases = await Promise.all(apps.map((app) => app.listen({ port: 0, host: '127.0.0.1' })))
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()))
  await ctx.close()
})

const signIn = async () => {
  const user = await makeUser(ctx)
  return { user, ...signAccessToken(ctx, user) }
}

/** A page that says hello and keeps what it hears. */
function openPage(base: string | undefined, hello: unknown) {
  const socket = new WebSocket(`${base?.replace('http', 'ws')}/api/notifications/ws`)
  const heard: NotificationEvent[] = []
  const waiting = new Set<() => void>()
  socket.addEventListener('open', () => socket.send(JSON.stringify(hello)))
  socket.addEventListener('message', ({ data }) => {
    heard.push(JSON.parse(String(data)) as NotificationEvent)
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  const until = <T extends NotificationEvent['type']>(type: T, nth = 1) =>
    new Promise<Extract<NotificationEvent, { type: T }>>((resolve) => {
      const look = () => {
        const those = heard.filter((event) => event.type === type)
        const found = those[nth - 1]
        if (!found) return
        waiting.delete(look)
        resolve(found as Extract<NotificationEvent, { type: T }>)
      }
      waiting.add(look)
      look()
    })
  return { socket, heard, closed, until }
}
const hello = (accessToken: string) => ({ type: 'hello', accessToken })
const opening = { kind: 'opening', title: 'Booking is open', body: 'Tom & <Jerry>', url: '/alerts' }

test.each([
  ['no token', { type: 'hello' }],
  ['a forged one', hello('eyJhbGciOiJub25lIn0.e30.')],
  ['something else', { type: 'subscribe', userId: newId() }],
])('who says hello with %s hears nothing', async (_what, said) => {
  const page = openPage(bases[0], said)
  expect(await page.closed).toBe(4401)
  expect(page.heard).toEqual([])
})

test('a page elsewhere is not let in', async () => {
  const { accessToken } = await signIn()
  const answer = await fetch(`${bases[0]}/api/notifications/ws`, { headers: { origin: 'https://evil.example' } })
  expect(answer.status).not.toBe(101)
  const page = new WebSocket(`${bases[0]?.replace('http', 'ws')}/api/notifications/ws`, {
    headers: { origin: 'https://evil.example' },
  } as unknown as string[])
  page.addEventListener('open', () => page.send(JSON.stringify(hello(accessToken))))
  expect(await new Promise((resolve) => page.addEventListener('close', ({ code }) => resolve(code)))).toBe(1008)
})

test('what is written in one process is heard by the pages of another, by its owner alone, once', async () => {
  const [one, two] = await Promise.all([signIn(), signIn()])
  const mine = openPage(bases[1], hello(one.accessToken))
  const also = openPage(bases[0], hello(one.accessToken))
  const theirs = openPage(bases[1], hello(two.accessToken))
  const pages = [mine, also, theirs]
  for (const page of pages) expect(await page.until('connected')).toMatchObject({ unread: 0 })

  const id = await notifyUser(ctx, { userId: one.user.id, ...opening })
  for (const page of [mine, also])
    expect(await page.until('notification')).toMatchObject({
      unread: 1,
      notification: { id, title: opening.title, body: opening.body, readAt: null },
    })
  const { status } = await fetch(`${bases[0]}/api/notifications/read`, {
    method: 'POST',
    headers: { authorization: `Bearer ${one.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [id] }),
  })
  expect(status).toBe(200)
  expect(await mine.until('read')).toMatchObject({ unread: 0 })
  // Theirs had every chance to hear it: their own comes after it.
  await notifyUser(ctx, { userId: two.user.id, ...opening, title: 'Theirs' })
  expect(await theirs.until('notification')).toMatchObject({ notification: { title: 'Theirs' } })
  expect(theirs.heard.filter(({ type }) => type === 'notification')).toHaveLength(1)
  for (const page of pages) page.socket.close()
})

test('a page that tries the line keeps it, and is answered', async () => {
  const { user, accessToken } = await signIn()
  const page = openPage(bases[0], hello(accessToken))
  await page.until('connected')
  const answered = new Promise((resolve) =>
    page.socket.addEventListener('message', ({ data }) => String(data) === '{"type":"pong"}' && resolve(true)),
  )
  page.socket.send('{"type":"pong"}')
  page.socket.send('{"type":"ping"}')
  expect(await answered).toBe(true)
  await notifyUser(ctx, { userId: user.id, ...opening })
  expect(await page.until('notification')).toMatchObject({ unread: 1 })
  page.socket.close()
})

test("somebody else's are not listed, and reading them changes nothing", async () => {
  const [one, two] = await Promise.all([signIn(), signIn()])
  const id = await notifyUser(ctx, { userId: one.user.id, ...opening })
  const as = (token: string) => ({ authorization: `Bearer ${token}` })
  const [app] = apps as [FastifyInstance]
  const read = await app.inject({
    method: 'POST',
    url: '/api/notifications/read',
    headers: as(two.accessToken),
    payload: { ids: [id] },
  })
  expect(read.statusCode).toBe(200)
  const list = (token: string) => app.inject({ url: '/api/notifications', headers: as(token) })
  expect((await list(two.accessToken)).json()).toMatchObject({ items: [], total: 0, unread: 0 })
  expect((await list(one.accessToken)).json()).toMatchObject({ items: [{ id, readAt: null }], total: 1, unread: 1 })
  expect((await app.inject('/api/notifications')).statusCode).toBe(401)
})

test('a browser is kept only at a push service, and is whoever signs in to it', async () => {
  const [one, two] = await Promise.all([signIn(), signIn()])
  const [app] = apps as [FastifyInstance]
  const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
  const add = (token: string, endpoint: string) =>
    app.inject({
      method: 'POST',
      url: '/api/push/endpoints',
      headers: { authorization: `Bearer ${token}` },
      payload: { endpoint, keys },
    })
  const inside = await add(one.accessToken, 'http://169.254.169.254/latest')
  expect(inside.statusCode).toBe(422)
  expect(inside.json()).toMatchObject({ error: { details: { fields: [{ field: 'endpoint' }] } } })

  const endpoint = `https://fcm.googleapis.com/fcm/send/${newId()}`
  for (const { accessToken } of [one, one, two]) expect((await add(accessToken, endpoint)).statusCode).toBe(204)
  const kept = () => ctx.db.pushEndpoint.findMany({ where: { endpoint }, select: { userId: true } })
  expect(await kept()).toEqual([{ userId: two.user.id }])

  const remove = (token: string) =>
    app.inject({
      method: 'DELETE',
      url: '/api/push/endpoints',
      headers: { authorization: `Bearer ${token}` },
      payload: { endpoint },
    })
  expect((await remove(one.accessToken)).statusCode).toBe(204)
  expect(await kept()).toHaveLength(1)
  expect((await remove(two.accessToken)).statusCode).toBe(204)
  expect(await kept()).toEqual([])
})
