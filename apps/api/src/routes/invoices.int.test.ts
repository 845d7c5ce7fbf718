import type { InvoiceList } from '@marquee/contracts/invoices'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { renderInvoice } from '@marquee/core/invoices/render-invoice'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeUser } from '@marquee/core/testing/factories'
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

const get = (url: string, token?: string) =>
  app.inject({ url, remoteAddress: '127.0.0.1', headers: token ? { authorization: `Bearer ${token}` } : {} })
const tokenOf = (id: string) => signAccessToken(ctx, { id, role: 'customer' }).accessToken

test('an invoice: 401 for nobody, 404 for others, 503 until it is drawn, then a PDF', async () => {
  const { bookingId, user } = await bookSeats(ctx)
  const stranger = tokenOf((await makeUser(ctx)).id)
  const list = `/api/bookings/${bookingId}/invoices`
  expect((await get(list)).statusCode).toBe(401)
  expect((await get(list, stranger)).statusCode).toBe(404)
  const [invoice] = (await get(list, tokenOf(user.id))).json<InvoiceList>().items
  const url = `/api/invoices/${invoice?.id}.pdf`
  expect((await get(url, tokenOf(user.id))).statusCode).toBe(503)

  const draw = { ...ctx, renderInvoicePdf: async () => new TextEncoder().encode('%PDF-1.3 invoice') }
  await renderInvoice(draw, { invoiceId: invoice?.id ?? '' })
  const ready = await get(url, tokenOf(user.id))
  expect(ready.statusCode).toBe(200)
  expect(ready.headers['content-type']).toBe('application/pdf')
  expect(ready.headers['content-disposition']).toMatch(/^attachment; filename="marquee-invoice-MQ-[\d-]+\.pdf"$/)
  expect(ready.headers['cache-control']).toContain('no-store')
  expect(ready.body).toBe('%PDF-1.3 invoice')
  expect((await get(url)).statusCode).toBe(401)
  expect((await get(url, stranger)).statusCode).toBe(404)
  expect((await get('/api/invoices/nonsense.pdf', tokenOf(user.id))).statusCode).toBe(422)
})
