import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { storeTicketDocument } from '@marquee/core/tickets/store-ticket-document'
import { loadTicketData } from '@marquee/core/tickets/ticket-data'
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

const get = (url: string, token?: string) =>
  app.inject({ url, remoteAddress: '127.0.0.1', headers: token ? { authorization: `Bearer ${token}` } : {} })
const tokenOf = (id: string) => signAccessToken(ctx, { id, role: 'customer' }).accessToken

test('the printed ticket: 401 for nobody, 404 for others, 503 until it is made, then a PDF', async () => {
  const { bookingId, user, seatIds } = await bookSeats(ctx)
  const url = `/api/bookings/${bookingId}/ticket.pdf`
  const stranger = await makeUser(ctx)
  expect((await get(url)).statusCode).toBe(401)
  expect((await get(url, tokenOf(stranger.id))).statusCode).toBe(404)
  const early = await get(url, tokenOf(user.id))
  expect(early.statusCode).toBe(503)
  expect(Number(early.headers['retry-after'])).toBeGreaterThan(0)

  await storeTicketDocument(ctx, { bookingId, bytes: new TextEncoder().encode('%PDF-1.3 ticket'), seats: seatIds })
  const ready = await get(url, tokenOf(user.id))
  expect(ready.statusCode).toBe(200)
  expect(ready.headers['content-type']).toBe('application/pdf')
  expect(ready.headers['content-disposition']).toMatch(/^attachment; filename="marquee-ticket-[A-Z0-9]{8}\.pdf"$/)
  expect(ready.headers['cache-control']).toContain('no-store')
  expect(ready.body).toBe('%PDF-1.3 ticket')
  expect((await get(url, tokenOf(stranger.id))).statusCode).toBe(404)
})

test('a ticket is checked without an account, and each forgery is called one', async () => {
  const { bookingId } = await bookSeats(ctx)
  const { verifyUrl } = await loadTicketData(ctx, { bookingId })
  const query = new URL(verifyUrl).search
  const good = await get(`/api/tickets/verify${query}`)
  expect(good.statusCode).toBe(200)
  expect(good.json()).toMatchObject({ verdict: 'valid' })
  expect((await get(`/api/tickets/verify${query}x`)).json()).toMatchObject({ verdict: 'forged', ticket: null })
  expect((await get('/api/tickets/verify')).statusCode).toBe(422)
  expect((await get(`/api/tickets/verify?token=${'a'.repeat(2_001)}`)).statusCode).toBe(422)
})
