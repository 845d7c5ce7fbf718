// The addresses by which seats are given back: shapes, refusals, and who may.
import type { Booking } from '@marquee/contracts/bookings'
import type { CancellationQuote, RefundStatus } from '@marquee/contracts/cancellations'
import type { Showtime } from '@marquee/contracts/showtimes'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newSecret } from '@marquee/core/ids'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: Awaited<ReturnType<typeof buildApp>>
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

type Request = { method?: 'GET' | 'POST' | 'PUT'; body?: object; token?: string; key?: string }
const ask = async <T>(url: string, { method = 'GET', body, token, key }: Request = {}) => {
  const answer = await app.inject({
    method,
    url,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(key && { 'idempotency-key': key }) },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: answer.json<T & { error?: { code: string } }>() }
}
const tokenOf = (user: Parameters<typeof signAccessToken>[1]) => signAccessToken(ctx, user).accessToken

test('shown, cancelled, followed: a seat of two', async () => {
  const sale = await bookSeats(ctx, { seatIds: ['A1', 'A2'] })
  const token = tokenOf(sale.user)
  const url = `/api/bookings/${sale.bookingId}`
  const { body: showtime } = await ask<Showtime>(`/api/showtimes/${sale.showtime.id}`)
  expect(showtime.cancellationTiers).toEqual([
    { minutesBefore: 120, percent: 75 },
    { minutesBefore: 20, percent: 50 },
  ])
  const quote = await ask<CancellationQuote>(`${url}/cancellation?seats=A2`, { token })
  expect(quote).toMatchObject({ status: 200, body: { seatIds: ['A2'], refundMinor: 18_750, cancellable: true } })
  expect((await ask(`${url}/cancellation?seats=A2,A2`, { token })).status).toBe(422)
  expect((await ask(`${url}/cancellation?seats=`, { token })).status).toBe(422)

  const key = newSecret()
  const body = { seatIds: ['A2'], expectedRefundMinor: quote.body.refundMinor }
  expect((await ask(`${url}/cancel`, { method: 'POST', token, body })).status).toBe(422) // no key
  const done = await ask<Booking>(`${url}/cancel`, { method: 'POST', token, body, key })
  expect(done).toMatchObject({ status: 200, body: { status: 'CONFIRMED', cancellations: [{ refundMinor: 18_750 }] } })
  const again = await ask<Booking>(`${url}/cancel`, { method: 'POST', token, body, key })
  expect(again.body.cancellations).toEqual(done.body.cancellations)
  const other = await ask(`${url}/cancel`, { method: 'POST', token, body, key: newSecret() })
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'NOT_CANCELLABLE' } } })
  const less = { expectedRefundMinor: 18_751 }
  expect(await ask(`${url}/cancel`, { method: 'POST', token, body: less, key: newSecret() })).toMatchObject({
    status: 409,
    body: { error: { code: 'PRICE_CHANGED' } },
  })

  const reference = done.body.cancellations[0]?.refunds[0]?.reference
  const status = await ask<RefundStatus>(`/api/refunds/${reference}`)
  expect(status).toMatchObject({ status: 200, body: { state: 'DUE', amountMinor: 18_750 } })
  expect((await ask(`/api/refunds/${'0'.repeat(32)}`)).status).toBe(404)
  expect((await ask('/api/refunds/1')).status).toBe(422)
})

test('nobody else’s: 401 without an account, 404 with another one', async () => {
  const sale = await bookSeats(ctx)
  const stranger = tokenOf(await makeUser(ctx))
  const cancel = { method: 'POST', body: { expectedRefundMinor: 0 }, key: newSecret() } as const
  for (const [path, request] of [
    ['cancellation', {}],
    ['cancel', cancel],
  ] as const) {
    expect((await ask(`/api/bookings/${sale.bookingId}/${path}`, request)).status).toBe(401)
    expect((await ask(`/api/bookings/${sale.bookingId}/${path}`, { ...request, token: stranger })).status).toBe(404)
  }
})

test('the cinema: cancels its showtime and sets its terms; others are refused', async () => {
  const sale = await bookSeats(ctx)
  const { theatreId } = await ctx.db.screen.findUniqueOrThrow({ where: { id: sale.showtime.screenId } })
  const admin = await makeUser(ctx, { role: 'admin' })
  const token = tokenOf(admin)
  const showtime = `/api/admin/showtimes/${sale.showtime.id}/cancel`
  const policy = `/api/admin/theatres/${theatreId}/cancellation-policy`
  const reason = { reason: 'The projector is broken' }
  const tiers = [
    { minutesBefore: 60, percent: 50 },
    { minutesBefore: 10, percent: 25 },
  ]
  for (const refused of [token, tokenOf(sale.user)]) {
    expect((await ask(showtime, { method: 'POST', body: reason, token: refused })).status).toBe(403)
    expect((await ask(policy, { method: 'PUT', body: { tiers }, token: refused })).status).toBe(403)
  }
  await ctx.db.theatreAdmin.create({ data: { theatreId, userId: admin.id } })
  expect(await ask(policy, { method: 'PUT', body: { tiers }, token })).toMatchObject({ status: 200, body: { tiers } })
  const backwards = { tiers: tiers.toReversed() }
  expect((await ask(policy, { method: 'PUT', body: backwards, token })).status).toBe(422)
  expect((await ask(showtime, { method: 'POST', body: { reason: ' ' }, token })).status).toBe(422)
  expect(await ask(showtime, { method: 'POST', body: reason, token })).toEqual({
    status: 200,
    body: { showtimeId: sale.showtime.id, bookings: 1, seats: 2 },
  })
  const list = `/api/admin/theatres/${theatreId}/cancelled-showtimes?date=`
  const { city } = await ctx.db.theatre.findUniqueOrThrow({ where: { id: theatreId }, include: { city: true } })
  const day = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: city.timeZone }).format(at)
  const begins = sale.showtime.startsAt.getTime()
  expect(await ask(list + day(begins), { token })).toMatchObject({
    status: 200,
    body: { items: [{ id: sale.showtime.id, reason: 'The projector is broken', startsAt: expect.any(String) }] },
  })
  expect((await ask(list + day(begins + 864e5), { token })).body).toEqual({ items: [] })
  expect((await ask(list + day(begins), { token: tokenOf(sale.user) })).status).toBe(403)
  const guest = tokenOf(sale.user)
  const late = await ask<CancellationQuote>(`/api/bookings/${sale.bookingId}/cancellation`, { token: guest })
  expect(late.body).toMatchObject({ cancellable: false, refundMinor: 0 })
  expect(late.body.refusal).toContain('by itself')
})
