import type { AlertCreated, AlertList } from '@marquee/contracts/alerts'
import { findOrCreateContact } from '@marquee/core/alerts/contacts/contact-points'
import { signLink } from '@marquee/core/alerts/links/sign-link'
import { alertForm } from '@marquee/core/testing/alert-form'
import { makeCity, makeMovie } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

type Ask = { payload?: object | string; headers?: Record<string, string> }
const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, { payload, headers = {} }: Ask = {}) =>
  app.inject({ method, url: `/api/alerts${url}`, headers, ...(payload !== undefined && { payload }) })
let counter = 0
const form = async (given: object = {}) => {
  const [city, movie] = [await makeCity(ctx), await makeMovie(ctx)]
  return alertForm(ctx, {
    city: city.slug,
    film: `movie:${movie.id}`,
    phone: `+9190${String(++counter).padStart(8, '0')}`,
    ...given,
  })
}
const by = (token: string | null) => ({ headers: { 'x-alert-token': token ?? '' } })

test.each([
  ['GET', '', undefined, 401],
  ['DELETE', '', undefined, 401],
  ['GET', '/films', undefined, 422],
  ['GET', '/films?city=atlantis', undefined, 404],
  ['GET', '/options?city=atlantis', undefined, 404],
  ['GET', '/not-an-id', undefined, 422],
  ['GET', '/01a1fd34-0000-7000-8000-000000000000', undefined, 401],
  ['POST', '', {}, 422],
  ['GET', '/unsubscribe/whose?t=made-up', undefined, 401],
  ['POST', '/unsubscribe', undefined, 422],
  ['POST', '/unsubscribe?t=made-up', undefined, 401],
] as const)('%s /api/alerts%s is refused with %4$i', async (method, url, payload, status) => {
  expect((await ask(method, url, payload ? { payload } : {})).statusCode).toBe(status)
})

test.each([
  [{ name: '' }, 'name'],
  [{ phone: '98765' }, 'phone'],
  [{ phone: 'tel:+91' }, 'phone'],
  [{ channels: [] }, 'channels'],
  [{ channels: ['pigeon'] }, 'channels.0'],
  [{ partySize: 11 }, 'partySize'],
  [{ quietHours: { from: '24:00' } }, 'quietHours.from'],
  [{ filters: { dateFrom: '2026-12-02', dateTo: '2026-12-01' } }, 'filters.dateTo'],
  [{ filters: { timeFrom: '7pm' } }, 'filters.timeFrom'],
  [{ film: 'leo' }, 'film'],
  [{ phoneProof: undefined }, 'phoneProof'],
])('a form with %j is refused, naming %s', async (given, field) => {
  const answer = await ask('POST', '', { payload: { ...(await form()), ...given } })
  expect(answer.statusCode).toBe(422)
  expect(answer.json<{ error: { details: { fields: { field: string }[] } } }>().error.details.fields[0]?.field).toBe(
    field,
  )
})

test('a guest waits, manages it by the token, and deletes it', async () => {
  const payload = await form()
  const made = await ask('POST', '', { payload })
  expect([made.statusCode, made.headers['cache-control']]).toEqual([201, 'no-store'])
  const { alert, token } = made.json<AlertCreated>()
  const again = await ask('POST', '', { payload })
  expect([again.statusCode, again.json<AlertCreated>().alert.id]).toEqual([200, alert.id])

  expect((await ask('GET', '', by(token))).json<AlertList>()).toMatchObject({ total: 1, items: [{ id: alert.id }] })
  expect((await ask('GET', '', by('x'.repeat(55)))).statusCode).toBe(401)
  const patched = await ask('PATCH', `/${alert.id}`, { ...by(token), payload: { partySize: 6 } })
  expect([patched.statusCode, patched.json()]).toEqual([200, { ...alert, partySize: 6 }])
  for (const [what, state] of [
    ['pause', 'PAUSED'],
    ['resume', 'ACTIVE'],
    ['rearm', 'ACTIVE'],
    ['acknowledge', 'ACTIVE'],
  ])
    expect((await ask('POST', `/${alert.id}/${what}`, by(token))).json()).toMatchObject({ state })
  expect((await ask('POST', `/${alert.id}/snooze`, { ...by(token), payload: {} })).statusCode).toBe(409)
  expect((await ask('POST', `/${alert.id}/test`, { ...by(token), payload: { channel: 'email' } })).statusCode).toBe(409)

  const { token: other } = (await ask('POST', '', { payload: await form() })).json<AlertCreated>()
  for (const [method, url] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/test'],
  ] as const)
    expect((await ask(method, `/${alert.id}${url}`, { ...by(other), payload: { channel: 'sms' } })).statusCode).toBe(
      404,
    )
  expect((await ask('DELETE', `/${alert.id}`, by(token))).statusCode).toBe(204)
  expect((await ask('DELETE', `/${alert.id}`, by(token))).statusCode).toBe(401)
})

test('a spent code is gone, and a proof is never in an answer', async () => {
  const payload = await form()
  const made = await ask('POST', '', { payload })
  expect(made.body).not.toContain(payload.phoneProof)
  const other = await form()
  const answer = await ask('POST', '', { payload: { ...other, phone: undefined, phoneProof: payload.phoneProof } })
  expect([answer.statusCode, answer.json()]).toMatchObject([410, { error: { code: 'OTP_ENDED' } }])
})

test('one click of a mail program is a form without anything in it; opening the link only shows the page', async () => {
  const value = 'one-click@example.com'
  const payload = await form({ email: value, channels: ['email'], phone: undefined })
  const { token } = (await ask('POST', '', { payload })).json<AlertCreated>()
  const contact = await ctx.db.$transaction((tx) =>
    findOrCreateContact(tx, ctx, { kind: 'email', value, verifiedAt: null }),
  )
  const expiresAt = new Date(Date.now() + 86_400_000)
  const t = signLink(ctx, { contactId: contact.id, linkVersion: 1, scope: 'unsubscribe', channel: 'email', expiresAt })
  const page = await ask('GET', `/unsubscribe?t=${t}`)
  expect([page.statusCode, page.headers.location]).toEqual([303, expect.stringMatching(/\/alerts\/unsubscribe\?t=/)])
  const whose = await ask('GET', `/unsubscribe/whose?t=${t}`)
  expect([whose.statusCode, whose.json()]).toEqual([200, { channel: 'email', sentTo: 'o•••@example.com' }])
  expect((await ask('GET', '', by(token))).json()).toMatchObject({ items: [{ state: 'ACTIVE' }] })
  for (const headers of [
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/x-www-form-urlencoded' },
  ]) {
    const clicked = await ask('POST', `/unsubscribe?t=${t}`, { headers, payload: 'List-Unsubscribe=One-Click' })
    expect([clicked.statusCode, clicked.json()]).toEqual([200, { channel: 'email', sentTo: 'o•••@example.com' }])
  }
  expect((await ask('GET', '', by(token))).json()).toMatchObject({ items: [{ state: 'PAUSED' }] })
})
