// A hall cannot be held empty from one place: holds begun by one network, or one account, are counted.
import type { ErrorBody } from '@marquee/contracts/errors'
import type { SeatHold } from '@marquee/contracts/seats'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newSecret } from '@marquee/core/ids'
import { hallKeys } from '@marquee/core/seats/hold-scripts'
import { makeShowtime, makeUser, plainLayout } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext({ env: { RATE_LIMIT_SCALE: '1' } })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

let networks = 0
const network = () => `198.19.${++networks >> 8}.${networks & 255}`
const bigHall = () => makeShowtime(ctx, { layout: plainLayout(10, 10) })
type Who = { remoteAddress: string; authorization?: string; token?: string }
async function hold(showtimeId: string, seatId: string | undefined, { remoteAddress, authorization, token }: Who) {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/showtimes/${showtimeId}/holds`,
    remoteAddress,
    headers: { ...(authorization && { authorization }), ...(token && { 'x-hold-token': token }) },
    payload: { seatIds: [seatId] },
  })
  if (answer.statusCode === 200) return answer.json<SeatHold>().holdToken
  const { code, message } = answer.json<ErrorBody>().error
  return `${answer.statusCode} ${code} ${message}`
}

test('thirty holds of one network, then a clear no; what they hold they keep, others go on', async () => {
  const { id, seatIds } = await bigHall()
  const remoteAddress = network()
  const tokens = await Promise.all(seatIds.slice(0, 35).map((seat) => hold(id, seat, { remoteAddress })))
  const refused = tokens.filter((token) => token.startsWith('429 RATE_LIMITED'))
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatch(/^429 RATE_LIMITED Too many bookings .+ from here/)
  const kept = tokens.find((token) => !token.startsWith('429'))
  expect(await hold(id, seatIds[40], { remoteAddress, token: kept })).toBe(kept)
  expect(await hold(id, seatIds[41], { remoteAddress: network() })).toMatch(/^[\w-]{43}$/)
})

test('one guest who changes seats all the time is one hold', async () => {
  const { id, seatIds } = await bigHall()
  const who = { remoteAddress: network(), token: newSecret() }
  for (const seat of seatIds.slice(0, 10)) expect(await hold(id, seat, who)).toBe(who.token)
  const others = await Promise.all(
    seatIds.slice(50, 79).map((seat) => hold(id, seat, { remoteAddress: who.remoteAddress })),
  )
  expect(others.filter((token) => token.startsWith('429'))).toEqual([])
})

test('what was refused holds nothing and is not counted', async () => {
  const { id, seatIds } = await bigHall()
  const remoteAddress = network()
  await hold(id, seatIds[0], { remoteAddress: network() })
  for (let i = 0; i < 35; i++) expect(await hold(id, seatIds[0], { remoteAddress })).toMatch(/^409 SEATS_TAKEN/)
  expect(await hold(id, seatIds[1], { remoteAddress })).toMatch(/^[\w-]{43}$/)
})

test('signing in is no way around it, and an account is not blamed for its network', async () => {
  const { id, seatIds } = await bigHall()
  const remoteAddress = network()
  const authorization = `Bearer ${signAccessToken(ctx, await makeUser(ctx)).accessToken}`
  const tokens = await Promise.all(seatIds.slice(0, 35).map((seat) => hold(id, seat, { remoteAddress, authorization })))
  expect(tokens.filter((token) => token.startsWith('429'))).toHaveLength(5)
  expect(await hold(id, seatIds[50], { remoteAddress })).toMatch(/^[\w-]{43}$/)
})

test('the old address counts the same', async () => {
  const { id, seatIds } = await bigHall()
  const remoteAddress = network()
  const lock = (seat: string) =>
    app.inject({
      method: 'POST',
      url: `/api/showtimes/${id}/redis-lock-seats`,
      remoteAddress,
      payload: { seat_ids: [seat] },
    })
  const answers = await Promise.all(seatIds.slice(0, 32).map(lock))
  expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(2)
})

test('so does the old address that chooses the seats itself', async () => {
  const { id } = await bigHall()
  const showtime = await ctx.db.showtime.findUniqueOrThrow({
    where: { id },
    include: { movie: true, screen: { include: { theatre: { include: { city: true } } } } },
  })
  const { theatre } = showtime.screen
  const startsAt = new Date(showtime.startsAt.setUTCSeconds(0, 0)) // people name whole minutes
  await ctx.db.showtime.update({ where: { id }, data: { startsAt } })
  const there = Temporal.Instant.from(startsAt.toISOString()).toZonedDateTimeISO(theatre.city.timeZone)
  const headers = { authorization: `Bearer ${signAccessToken(ctx, await makeUser(ctx)).accessToken}` }
  const book = () =>
    app.inject({
      method: 'POST',
      url: '/bookings',
      headers,
      remoteAddress: network(),
      payload: {
        theater: theatre.name,
        show: showtime.movie.title,
        date: there.toPlainDate().toString(),
        time: there.toPlainTime().toString().slice(0, 5),
        num_seats: 1,
      },
    })
  const statuses: number[] = []
  for (let i = 0; i < 32; i++) statuses.push((await book()).statusCode)
  // Three bookings may wait for their money; what is refused then is not held for nobody.
  expect(statuses).toEqual([...Array(3).fill(201), ...Array(27).fill(409), 429, 429])
  const taken = await ctx.redis.run((client) => client.getrange(hallKeys(ctx, id)[2], 0, -1))
  expect(taken.replaceAll('0', '')).toHaveLength(3)
})
