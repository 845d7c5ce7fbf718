import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
let authorization: string
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
  authorization = `Bearer ${signAccessToken(ctx, await makeUser(ctx, { role: 'superadmin' })).accessToken}`
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})
const ask = (method: 'GET' | 'POST', url: string) =>
  app.inject({ method, url: `/api/admin/${url}`, headers: { authorization } })

test('jobs that gave up: a list, and each by the name it has in its queue, slashes and all', async () => {
  expect((await ask('GET', 'dead-jobs')).json()).toMatchObject({ items: [], total: 0 })
  const retry = (queue: string) => ask('POST', `dead-jobs/${queue}/${encodeURIComponent('alert.call/none/7')}/retry`)
  expect((await retry('calls')).json()).toMatchObject({ error: { code: 'NOT_FOUND', message: 'job not found' } })
  expect((await retry('pigeons')).statusCode).toBe(422)
})

test('deliveries are a page of their own, and what is asked of them is checked', async () => {
  expect((await ask('GET', 'deliveries?dead=true&channel=call')).json()).toEqual({
    items: [],
    total: 0,
    limit: 24,
    offset: 0,
  })
  expect((await ask('GET', 'deliveries?channel=pigeon')).statusCode).toBe(422)
})
