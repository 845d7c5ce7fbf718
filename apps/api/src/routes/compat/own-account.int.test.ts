// What the originals let people do with their own accounts: their shapes, our rules.
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../app.ts'

const PASSWORD = 'two samosas please'
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

async function signIn(email: string | null, password = PASSWORD) {
  const answer = await app.inject({ method: 'POST', url: '/auth/login', payload: { email, password } })
  return { status: answer.statusCode, authorization: `Bearer ${answer.json<{ access_token: string }>().access_token}` }
}

test('the ticket platform’s account: its columns, of nobody but oneself', async () => {
  const [user, stranger] = [await makeUser(ctx), await makeUser(ctx)]
  const booked = await bookSeats(ctx, { user })
  await bookSeats(ctx, { user: stranger })
  const row = await ctx.db.booking.findUniqueOrThrow({
    where: { id: booked.bookingId },
    include: { showtime: { include: { movie: true, screen: { include: { theatre: { include: { city: true } } } } } } },
  })
  const { movie, screen, startsAt } = row.showtime
  const india = new Date(startsAt.getTime() + 330 * 60_000).toISOString()
  const ask = (query: string, headers: Record<string, string>) => app.inject({ url: `/account${query}`, headers })
  const authorization = `Bearer ${signAccessToken(ctx, user).accessToken}`
  const answer = await ask(`?user_id=${user.id}`, { authorization })
  expect(answer.json()).toEqual({
    name: user.name,
    email: user.email,
    bookings: [
      {
        booking_id: booked.bookingId,
        show: movie.title,
        theater: `${screen.theatre.name}, ${screen.theatre.city.name}`,
        date: india.slice(0, 10),
        time: india.slice(11, 16),
        seats: 2,
        seat_ids: booked.seatIds,
        price: row.totalMinor / 100,
        status: 'CONFIRMED',
      },
    ],
  })
  expect((await ask('', { authorization })).json()).toEqual(answer.json())
  expect((await ask(`?user_id=${stranger.id}`, { authorization })).statusCode).toBe(404)
  expect((await ask(`?user_id=${user.id}`, {})).statusCode).toBe(401)
  // A browser that comes for the page gets the page, or word that none is built, never the data.
  const page = await ask('', { accept: 'text/html,*/*;q=0.8', authorization })
  expect(page.body).not.toContain(booked.bookingId)
})

test('the review platform’s profile: seen, renamed, a new password that asks to log in again, deleted', async () => {
  const user = await makeUser(ctx, { password: PASSWORD })
  const { authorization } = await signIn(user.email)
  const call = (method: 'GET' | 'PUT' | 'DELETE', headers: { authorization: string }, payload?: object) =>
    app.inject({ method, url: '/auth/profile', headers, ...(payload && { payload }) })

  expect((await app.inject('/auth/profile')).statusCode).toBe(401)
  const renamed = await call('PUT', { authorization }, { username: 'reel.fan', email: 'other@example.com' })
  expect(renamed.json()).toEqual({ message: 'Profile updated successfully' })
  expect((await call('GET', { authorization })).json()).toMatchObject({ username: 'reel.fan', email: user.email })

  const password = 'lamps in the foyer'
  expect((await call('PUT', { authorization }, { password })).statusCode).toBe(422)
  const changed = await call('PUT', { authorization }, { password, current_password: PASSWORD })
  expect(changed.json()).toEqual({ message: 'Password changed. Please log in again.' })
  expect((await call('GET', { authorization })).statusCode).toBe(401)
  expect(await ctx.db.refreshToken.count({ where: { userId: user.id, revokedAt: null } })).toBe(0)
  expect((await signIn(user.email)).status).toBe(401)

  const again = await signIn(user.email, password)
  expect((await call('DELETE', again, { password: PASSWORD })).statusCode).toBe(422)
  expect((await call('DELETE', again, { password })).json()).toEqual({ message: 'Account deleted successfully' })
  expect((await signIn(user.email, password)).status).toBe(401)
})
