import { randomInt, randomUUID } from 'node:crypto'
import { createAlert } from '@marquee/core/alerts/create-alert'
import { fanOutOpening } from '@marquee/core/alerts/delivery/fan-out-opening'
import { hashPassword } from '@marquee/core/auth/passwords'
import { openSession } from '@marquee/core/auth/refresh-tokens'
import { newId, newSecret } from '@marquee/core/ids'
import { issueInvoice } from '@marquee/core/invoices/issue-invoice'
import type { Queues } from '@marquee/core/jobs/queues'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { holdSeats } from '@marquee/core/seats/hold-seats'
import { alertForm } from '@marquee/core/testing/alert-form'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '@marquee/core/testing/factories'
import { makeSource, makeWatch } from '@marquee/core/testing/listings'
import { makeProof } from '@marquee/core/testing/make-proof'
import { makeOpening, makeSubscriber } from '@marquee/core/testing/waiting'
import type { Person, World } from './walk-people.ts'
import type { MakeSample } from './walk-routes.ts'

// What the sample requests of routes are about: each made anew, unless it is only read.

export const tag = () => randomUUID().slice(0, 8)
export const inDays = ({ ctx }: World, days: number) =>
  new Date(ctx.clock.now().getTime() + days * 86_400_000).toISOString()
export const actorOf = ({ userId, role }: Person) =>
  ({ kind: 'user', userId, role: role ?? 'customer', jti: randomUUID() }) as const

export const movieForm = () => ({
  title: `Film ${tag()}`,
  synopsis: 'A story.',
  runtimeMinutes: 111,
  certificate: 'U',
  genres: ['Drama'],
  language: 'Tamil',
  director: 'R. Devi',
  releaseDate: '2026-11-27',
  defaultPriceMinor: 20_000,
})
export const oldMovieForm = () => ({
  title: `Film ${tag()}`,
  description: 'A story.',
  genre: 'Drama',
  release_date: '2026-11-27',
})
export const movieId = async ({ ctx }: World) => ({ id: (await makeMovie(ctx)).id })
export const userId = async ({ ctx }: World) => ({ id: (await makeUser(ctx)).id })

export async function book(world: World, owner: Person) {
  const user = { id: owner.userId, email: owner.email, role: owner.role ?? 'customer' }
  return bookSeats(world.ctx, { user, showtime: await showtimeHere(world) })
}
/** One confirmed booking a person: what is only read can be read again. */
const paidBookings = new Map<string, ReturnType<typeof book>>()
export async function paid(world: World, owner: Person) {
  const booking = paidBookings.get(owner.userId) ?? book(world, owner)
  paidBookings.set(owner.userId, booking)
  return { params: { id: (await booking).bookingId } }
}

export async function invoice(world: World, owner: Person) {
  const { params } = await paid(world, owner)
  await issueInvoice(world.ctx, { bookingId: params.id })
  return (await world.ctx.db.invoice.findFirstOrThrow({ where: { bookingId: params.id } })).id
}

/** A booking, and a hold on as many seats of another showtime of its film. */
export async function move(world: World, owner: Person) {
  const { ctx, theatreId } = world
  const { bookingId, showtime } = await book(world, owner)
  const screen = await makeScreen(ctx, { theatreId })
  const other = await makeShowtime(ctx, { screen, movieId: showtime.movieId })
  const body = { showtimeId: other.id, seatIds: other.seatIds.slice(0, 2) }
  const { holdToken } = await holdSeats(ctx, body)
  return { params: { id: bookingId }, body, holdToken }
}

export async function passwordOf({ ctx }: World, { userId }: Person) {
  const password = 'three green parrots'
  await ctx.db.user.update({ where: { id: userId }, data: { passwordHash: await hashPassword(password) } })
  return password
}
export async function contactProof({ ctx }: World, { userId }: Person, what: 'email' | 'phone') {
  const to = what === 'email' ? { email: `new-${tag()}@example.com` } : { phone: `+9198${randomInt(1e7, 1e8)}` }
  return makeProof(ctx, to, { purpose: `change-${what}`, userId })
}
export async function session({ ctx }: World, { userId }: Person) {
  await openSession(ctx, await ctx.db.user.findUniqueOrThrow({ where: { id: userId } }))
  return (await ctx.db.refreshToken.findFirstOrThrow({ where: { userId } })).familyId
}

/** In the theatre of `admin here`, on a screen of its own: two films cannot run in one room. */
export const showtimeHere = async ({ ctx, theatreId }: World) =>
  makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId }) })

/** For a hall of its own, so that nothing runs there yet. */
export async function newShowtime(world: World) {
  const screen = await makeScreen(world.ctx, { theatreId: world.theatreId })
  const { id: movieId } = await makeMovie(world.ctx)
  const prices = { regular: 20_000, premium: 30_000 }
  return { movieId, screenId: screen.id, startsAt: inDays(world, 3), language: 'Telugu', prices }
}

export const usedTheatre = async (world: World) => {
  await showtimeHere(world)
  return { id: world.theatreId }
}

async function heldSeats(world: World) {
  const { ctx } = world
  const showtime = await showtimeHere(world)
  const seatIds = showtime.seatIds.slice(0, 2)
  const hold = await holdSeats(ctx, { showtimeId: showtime.id, seatIds })
  return { showtimeId: showtime.id, seatIds, hold, expectedTotalMinor: hold.quote?.totalMinor ?? 0 }
}

export async function checkoutRequest(world: World, _owner: Person) {
  const { hold, ...body } = await heldSeats(world)
  return { body, headers: { 'x-hold-token': hold.holdToken, 'idempotency-key': newSecret() } }
}

async function openCheckout(world: World, owner: Person) {
  const { hold, ...order } = await heldSeats(world)
  return startCheckout(world.ctx, actorOf(owner), {
    ...order,
    holdToken: hold.holdToken,
    idempotencyKey: newSecret(),
  })
}
export const unpaid: MakeSample = async (world, owner) => ({
  params: { id: (await openCheckout(world, owner)).bookingId },
})

export async function paymentReturn(world: World, owner: Person) {
  const { orderId } = await openCheckout(world, owner)
  const { paymentId, signature } = world.ctx.gateway.pay(orderId)
  return { razorpay_order_id: orderId, razorpay_payment_id: paymentId, razorpay_signature: signature }
}

export async function oldOrder(world: World, _owner: Person) {
  const { showtimeId, seatIds, hold } = await heldSeats(world)
  return { showtime_id: showtimeId, seat_ids: seatIds, owner: hold.holdToken }
}

export async function quickBooking(world: World) {
  const { ctx } = world
  const theatre = await makeTheatre(ctx)
  // On a whole minute: it is named by the clock on the wall.
  const startsAt = new Date(Math.ceil(ctx.clock.now().getTime() / 60_000) * 60_000 + 10_800_000)
  await makeShowtime(ctx, { startsAt, screen: await makeScreen(ctx, { theatreId: theatre.id }) })
  const [date, time] = startsAt.toLocaleString('sv-SE', { timeZone: 'Asia/Kolkata' }).split(' ')
  return { theater: theatre.name, date, time: time?.slice(0, 5), num_seats: 2 }
}

export async function openRequest({ ctx }: World) {
  const user = await makeUser(ctx)
  const data = { id: newId(), userId: user.id, organisation: 'Asha Cinemas', message: '' }
  return (await ctx.db.adminRequest.create({ data })).id
}

export const promoForm = () => ({
  code: `WALK-${tag()}`.toUpperCase(),
  kind: 'FLAT',
  amountMinor: 5_000,
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: '2030-01-01T00:00:00.000Z',
})
export async function promo({ ctx }: World) {
  const { code, amountMinor, startsAt, endsAt } = promoForm()
  const row = await ctx.db.promoCode.create({
    data: { id: newId(), code, kind: 'FLAT', amountMinor, startsAt, endsAt },
  })
  return row.id
}

/** Waits in the app for a film of its own. */
export async function alert({ ctx }: World, owner: Person) {
  const [city, movie] = [await makeCity(ctx), await makeMovie(ctx)]
  const body = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}`, channels: ['in_app'] })
  const made = await createAlert(ctx, { asker: { actor: actorOf(owner) }, body, network: '198.18.0.1' })
  return { params: { alertId: made.alert.id } }
}

/** A text that failed for good. */
export async function deadDelivery({ ctx }: World) {
  const opening = await makeOpening(ctx)
  await makeSubscriber(ctx, opening, { channels: ['sms'] })
  await tellAll(ctx, opening.openingId)
  const attempt = await ctx.db.alertAttempt.findFirstOrThrow({ where: { alert: { openingId: opening.openingId } } })
  await ctx.db.alertAttempt.update({ where: { id: attempt.id }, data: { state: 'FAILED', tries: 6 } })
  return { id: attempt.id }
}
const tellAll = async (ctx: World['ctx'], openingId: string) => {
  const queues = { byName: {}, ready: false, close: async () => {} } as unknown as Queues
  await fanOutOpening({ ...ctx, queues }, { openingId })
}

export const source = async ({ ctx }: World) => (await makeSource(ctx)).id
export const watch = async ({ ctx }: World) => (await makeWatch(ctx)).id

export async function heldOpening({ ctx }: World) {
  const id = newId()
  const at = ctx.clock.now()
  const watchId = (await makeWatch(ctx)).id
  await ctx.db.opening.create({ data: { id, watchId, state: 'HELD', detectedAt: at, confirmedAt: at, evidence: [] } })
  return id
}
