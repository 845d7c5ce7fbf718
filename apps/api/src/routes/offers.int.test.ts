import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newId } from '@marquee/core/ids'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { makePromo, makeVoucher } from '@marquee/core/testing/offers'
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

type Method = 'GET' | 'POST' | 'PATCH'
const ask = (method: Method, url: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method, url, headers, ...(payload && { payload }) })
const as = async (role: 'customer' | 'admin' | 'superadmin') => {
  const { id } = await makeUser(ctx, { role })
  return { authorization: `Bearer ${signAccessToken(ctx, { id, role }).accessToken}` }
}

test('a guest with a code and a voucher, from the quote to a booking without a payment', async () => {
  const promo = await makePromo(ctx, { percent: 50 })
  const voucher = await makeVoucher(ctx, 30_000)
  const { id: showtimeId } = await makeShowtime(ctx)
  const cart = { seatIds: ['A1', 'A2'], promoCode: ` ${promo.code.toLowerCase()} `, voucherCode: voucher.code }
  const hold = await ask('POST', `/api/showtimes/${showtimeId}/holds`, { seatIds: cart.seatIds })
  // Nobody is signed in yet.
  const quoted = await ask('POST', `/api/showtimes/${showtimeId}/quote`, cart)
  expect(quoted.statusCode).toBe(200)
  const { quote } = quoted.json()
  expect(quote).toMatchObject({ discountMinor: 25_000, totalMinor: 26_770, voucherMinor: 26_770, toPayMinor: 0 })
  const headers = {
    ...(await as('customer')),
    'x-hold-token': hold.json<{ holdToken: string }>().holdToken,
    'idempotency-key': newId(),
  }
  const order = { showtimeId, ...cart, expectedTotalMinor: quote.toPayMinor }
  const booked = await ask('POST', '/api/bookings', order, headers)
  expect(booked.json()).toMatchObject({ orderId: '', amountMinor: 0, paymentUrl: null, gateway: 'none' })
  const { bookingId } = booked.json<{ bookingId: string }>()
  const booking = await ask('GET', `/api/bookings/${bookingId}`, undefined, headers)
  expect(booking.json()).toMatchObject({ status: 'CONFIRMED', money: 'PAID', quote: { voucherMinor: 26_770 } })
  const left = await ask('POST', '/api/vouchers/balance', { code: voucher.code })
  expect(left.json()).toMatchObject({ balanceMinor: 30_000 - 26_770, hint: voucher.code.slice(-4) })
})

test('a code that does not count: the price without it and the reason; at checkout 409', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const seatIds = ['A1']
  const hold = await ask('POST', `/api/showtimes/${showtimeId}/holds`, { seatIds })
  const codes = { promoCode: 'NOSUCHCODE', voucherCode: 'AAAA-AAAA-AAAA-AAAA-AAAA' }
  const { quote, promo, voucher } = (
    await ask('POST', `/api/showtimes/${showtimeId}/quote`, { seatIds, ...codes })
  ).json()
  expect(quote.toPayMinor).toBe(26_770)
  expect([promo.problem, voucher.problem]).toEqual([
    expect.stringMatching(/not valid/),
    expect.stringMatching(/no such/),
  ])
  const headers = {
    ...(await as('customer')),
    'x-hold-token': hold.json<{ holdToken: string }>().holdToken,
    'idempotency-key': newId(),
  }
  const order = { showtimeId, seatIds, expectedTotalMinor: 26_770 }
  const withCode = await ask('POST', '/api/bookings', { ...order, promoCode: codes.promoCode }, headers)
  expect([withCode.statusCode, withCode.json().error.code]).toEqual([409, 'PROMO_REFUSED'])
  const withVoucher = await ask('POST', '/api/bookings', { ...order, voucherCode: codes.voucherCode }, headers)
  expect([withVoucher.statusCode, withVoucher.json().error.code]).toEqual([409, 'VOUCHER_REFUSED'])
  expect((await ask('POST', '/api/bookings', order, headers)).json()).toMatchObject({ amountMinor: 26_770 })
})

test('making codes and vouchers is for superadmins, and a voucher is not kept by any cache', async () => {
  const promo = {
    code: 'api-code',
    kind: 'FLAT',
    amountMinor: 5_000,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2036-01-01T00:00:00Z',
  }
  expect((await ask('POST', '/api/admin/promos', promo)).statusCode).toBe(401)
  expect((await ask('POST', '/api/admin/promos', promo, await as('admin'))).statusCode).toBe(403)
  const boss = await as('superadmin')
  const made = await ask('POST', '/api/admin/promos', promo, boss)
  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ code: 'API-CODE', uses: 0, active: true })
  expect((await ask('POST', '/api/admin/promos', promo, boss)).statusCode).toBe(409)
  expect((await ask('POST', '/api/admin/promos', { ...promo, code: 'has spaces' }, boss)).statusCode).toBe(422)
  const stopped = await ask('PATCH', `/api/admin/promos/${made.json().id}`, { active: false }, boss)
  expect(stopped.json()).toMatchObject({ active: false })
  expect((await ask('GET', '/api/admin/promos?limit=5', undefined, boss)).json().total).toBeGreaterThan(0)

  const gift = { amountMinor: 100_000, expiresAt: '2036-01-01T00:00:00Z' }
  expect((await ask('POST', '/api/admin/vouchers', gift, await as('admin'))).statusCode).toBe(403)
  const issued = await ask('POST', '/api/admin/vouchers', gift, boss)
  expect(issued.statusCode).toBe(201)
  expect(issued.headers['cache-control']).toContain('no-store')
  const { code } = issued.json<{ code: string }>()
  expect((await ask('POST', '/api/vouchers/balance', { code })).json()).toMatchObject({ balanceMinor: 100_000 })
  expect((await ask('POST', '/api/vouchers/balance', { code: 'wrong' })).statusCode).toBe(404)
})
