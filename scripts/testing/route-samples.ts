import { randomInt, randomUUID } from 'node:crypto'
import { hashPassword } from '@marquee/core/auth/passwords'
import { openSession } from '@marquee/core/auth/refresh-tokens'
import { newId, newSecret } from '@marquee/core/ids'
import { issueInvoice } from '@marquee/core/invoices/issue-invoice'
import { quoteMove } from '@marquee/core/moves/quote-move'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { holdSeats } from '@marquee/core/seats/hold-seats'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '@marquee/core/testing/factories'
import { makeProof } from '@marquee/core/testing/make-proof'
import type { Person, World } from './walk-people.ts'
import type { MakeSample, Samples } from './walk-routes.ts'

/**
 * A good request for every route that is not for everybody. A new route with an id, or with a body, needs one here
 * before the walk passes.
 */
export const SAMPLES: Samples = {
  'POST /api/movies': () => ({ body: movieForm() }),
  'PUT /api/movies/:id': async (world) => ({ params: await movieId(world), body: { title: 'Another' } }),
  'DELETE /api/movies/:id': async (world) => ({ params: await movieId(world) }),
  'DELETE /api/movies/cache/clear': () => ({}),
  'POST /movies': () => ({ body: oldMovieForm() }),
  'PUT /movies/:id': async (world) => ({ params: await movieId(world), body: { title: 'Another' } }),
  'DELETE /movies/:id': async (world) => ({ params: await movieId(world) }),
  'DELETE /movies/cache/clear': () => ({}),

  'POST /api/bookings': async (world, owner) => checkoutRequest(world, owner),
  'GET /api/bookings/:id': (world, owner) => paid(world, owner),
  'GET /api/bookings/:id/checkout': (world, owner) => unpaid(world, owner),
  'POST /api/bookings/:id/abandon': (world, owner) => unpaid(world, owner),
  'GET /api/bookings/:id/ticket': (world, owner) => paid(world, owner),
  'GET /api/bookings/:id/ticket.pdf': async (world, owner) => ({ ...(await paid(world, owner)), also: [503] }),
  'GET /api/payments/bookings/:id/ticket.pdf': async (world, owner) => ({
    ...(await paid(world, owner)),
    also: [503],
  }),
  'GET /api/bookings/:id/invoices': (world, owner) => paid(world, owner),
  'POST /api/payments/verify': async (world, owner) => ({ body: await paymentReturn(world, owner) }),
  'POST /api/payments/create-order': async (world, owner) => ({ body: await oldOrder(world, owner) }),
  'POST /bookings': async (world) => ({ body: await quickBooking(world) }),

  'GET /api/bookings/:id/cancellation': (world, owner) => paid(world, owner),
  'POST /api/bookings/:id/cancel': async (world, owner) => ({
    params: { id: (await book(world, owner)).bookingId },
    headers: { 'idempotency-key': newSecret() },
    body: { expectedRefundMinor: 0 },
  }),
  'GET /api/invoices/:id.pdf': async (world, owner) => ({ params: { id: await invoice(world, owner) }, also: [503] }),
  'GET /api/bookings/:id/move-options': (world, owner) => paid(world, owner),
  'POST /api/bookings/:id/move/quote': async (world, owner) => {
    const { params, body } = await move(world, owner)
    return { params, body }
  },
  'POST /api/bookings/:id/move': async (world, owner) => {
    const { params, body, holdToken } = await move(world, owner)
    const { differenceMinor } = await quoteMove(world.ctx, actorOf(owner), { ...body, bookingId: params.id })
    return {
      params,
      body: { ...body, expectedDifferenceMinor: differenceMinor },
      headers: { 'x-hold-token': holdToken, 'idempotency-key': newSecret() },
    }
  },

  'PATCH /api/account': () => ({ body: { name: 'Another Name' } }),
  'PUT /api/account/password': async (world, owner) => ({
    body: { currentPassword: await passwordOf(world, owner), newPassword: 'four blue herons' },
  }),
  'PUT /api/account/email': async (world, owner) => ({ body: { proof: await contactProof(world, owner, 'email') } }),
  'PUT /api/account/phone': async (world, owner) => ({ body: { proof: await contactProof(world, owner, 'phone') } }),
  'DELETE /api/account/sessions/:id': async (world, owner) => ({ params: { id: await session(world, owner) } }),
  'POST /api/account/sessions/end-all': () => ({}),
  'POST /api/account/delete': async (world, owner) => ({
    body: { password: await passwordOf(world, owner), confirm: 'DELETE' },
  }),

  'PUT /auth/profile': () => ({ body: { username: `walker-${tag()}` } }),
  'DELETE /auth/profile': async (world, owner) => ({ body: { password: await passwordOf(world, owner) } }),

  'POST /api/payments/webhooks/:gateway': ({ ctx }) => ({ params: { gateway: ctx.gateway.name } }),

  'POST /api/admin-requests': async (world, owner) => ({
    body: {
      organisation: 'Asha Cinemas',
      message: 'Two halls.',
      proof: await makeProof(world.ctx, owner, { purpose: 'admin-request' }),
    },
    // Whoever is an admin already has nothing to ask.
    also: [409],
  }),
  'POST /api/admin/requests/:id/decision': async (world) => ({
    params: { id: await openRequest(world) },
    body: { approve: true, theatreIds: [world.theatreId] },
  }),
  'POST /api/admin/users': () => ({
    body: { name: 'Ravi', email: `ravi-${tag()}@example.com`, password: 'three green parrots' },
  }),
  'PUT /api/admin/users/:id/role': async (world) => ({ params: await userId(world), body: { role: 'host' } }),

  'DELETE /api/admin/users/:id': async (world) => ({ params: await userId(world) }),

  'POST /api/admin/movies': () => ({ body: movieForm() }),
  'PUT /api/admin/movies/:id': async (world) => ({ params: await movieId(world), body: { title: 'Another' } }),
  'DELETE /api/admin/movies/:id': async (world) => ({ params: await movieId(world) }),
  'POST /api/superadmin/movies': () => ({ body: movieForm() }),
  'PUT /api/superadmin/movies/:id': async (world) => ({ params: await movieId(world), body: { title: 'Another' } }),
  'DELETE /api/superadmin/movies/:id': async (world) => ({ params: await movieId(world) }),
  'POST /api/superadmin/create-admin': () => ({
    body: { name: 'Ravi', email: `ravi-${tag()}@example.com`, password: 'three green parrots' },
  }),
  'DELETE /api/superadmin/users/:id': async (world) => ({ params: await userId(world) }),
  'POST /api/superadmin/approve-admin-request/:id': async (world) => ({ params: { id: await openRequest(world) } }),

  'PUT /api/admin/theatres/:id': ({ theatreId }) => ({ params: { id: theatreId }, body: { area: 'New Town' } }),
  // It has showtimes: whoever may delete it is told so.
  'DELETE /api/admin/theatres/:id': async (world) => ({ params: await usedTheatre(world), also: [409] }),
  'PUT /updateshow': async (world) => ({ body: { ...(await movieId(world)), name: 'Another' } }),
  'DELETE /deleteshow': async (world) => ({ body: await movieId(world) }),
  'PUT /updatetheater': ({ theatreId }) => ({ body: { id: theatreId, place: 'New Town' } }),
  'DELETE /deletetheater': async (world) => ({ body: await usedTheatre(world), also: [409] }),

  'POST /api/admin/promos': () => ({ body: promoForm() }),
  'PATCH /api/admin/promos/:id': async (world) => ({
    params: { id: await promo(world) },
    body: { active: false },
  }),
  'POST /api/admin/showtimes/:id/cancel': async (world) => ({
    params: { id: (await showtimeHere(world)).id },
    body: { reason: 'The projector is broken' },
  }),
  'PUT /api/admin/theatres/:id/cancellation-policy': ({ theatreId }) => ({
    params: { id: theatreId },
    body: { tiers: [{ minutesBefore: 60, percent: 50 }] },
  }),
  'POST /api/admin/vouchers': (world) => ({ body: { amountMinor: 50_000, expiresAt: inDays(world, 30) } }),
}

/** Their id is no secret: what it names is shown to everybody, or the request proves itself by a token beside it. */
export const PUBLIC_IDS = [
  'GET /api/movies/:idOrSlug',
  'GET /api/movies/:idOrSlug/showtimes',
  'GET /api/theatres/:idOrSlug',
  'GET /api/theatres/:idOrSlug/movies',
  'GET /api/theatres/:idOrSlug/showtimes',
  'GET /api/seat-layouts/:id',
  'GET /api/showtimes/:id',
  'GET /api/showtimes/:id/best-seats',
  'GET /api/showtimes/:id/seat-map',
  'GET /api/showtimes/:id/seats',
  'GET /api/showtimes/:id/seats/ws',
  'POST /api/showtimes/:id/seats/check',
  'POST /api/showtimes/:id/quote',
  'GET /movies/:idOrSlug',
  'GET /movies/:idOrSlug/showtimes',
  'GET /theatres/:idOrSlug',
  'GET /theatres/:idOrSlug/movies',
  'GET /showtimes/:id',
  'GET /showtimes/:id/seats',
  'GET /allmovies/:city',
  'GET /running/:city',
  'GET /upcoming/:city',
  // A hold belongs to its token, which the showtime's id does not give away.
  'GET /api/showtimes/:id/holds',
  'POST /api/showtimes/:id/holds',
  'POST /api/showtimes/:id/holds/extend',
  'DELETE /api/showtimes/:id/holds',
  'POST /api/showtimes/:id/redis-lock-seats',
  'POST /api/showtimes/:id/redis-unlock-seats',
  'POST /api/showtimes/:id/redis-extend-locks',
  'GET /api/showtimes/:id/redis-inspect-locks',
  // Only where mail goes nowhere else.
  'GET /api/dev/outbox/:id/attachments/:n',
  // 128 random bits, in the guest's mail; the page says nothing about the guest.
  'GET /api/refunds/:reference',
  // The gateway's name.
  'POST /api/payments/webhooks/:gateway',
]

/** Routes for one's own things whose id is in the body. */
export const ID_IN_BODY = ['POST /api/payments/verify']

const tag = () => randomUUID().slice(0, 8)
const inDays = ({ ctx }: World, days: number) => new Date(ctx.clock.now().getTime() + days * 86_400_000).toISOString()
const actorOf = ({ userId, role }: Person) =>
  ({ kind: 'user', userId, role: role ?? 'customer', jti: randomUUID() }) as const

const movieForm = () => ({
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
const oldMovieForm = () => ({
  title: `Film ${tag()}`,
  description: 'A story.',
  genre: 'Drama',
  release_date: '2026-11-27',
})
const movieId = async ({ ctx }: World) => ({ id: (await makeMovie(ctx)).id })
const userId = async ({ ctx }: World) => ({ id: (await makeUser(ctx)).id })

async function book(world: World, owner: Person) {
  const user = { id: owner.userId, email: owner.email, role: owner.role ?? 'customer' }
  return bookSeats(world.ctx, { user, showtime: await showtimeHere(world) })
}
/** One confirmed booking a person: what is only read can be read again. */
const paidBookings = new Map<string, ReturnType<typeof book>>()
async function paid(world: World, owner: Person) {
  const booking = paidBookings.get(owner.userId) ?? book(world, owner)
  paidBookings.set(owner.userId, booking)
  return { params: { id: (await booking).bookingId } }
}

async function invoice(world: World, owner: Person) {
  const { params } = await paid(world, owner)
  await issueInvoice(world.ctx, { bookingId: params.id })
  return (await world.ctx.db.invoice.findFirstOrThrow({ where: { bookingId: params.id } })).id
}

/** A booking, and a hold on as many seats of another showtime of its film. */
async function move(world: World, owner: Person) {
  const { ctx, theatreId } = world
  const { bookingId, showtime } = await book(world, owner)
  const screen = await makeScreen(ctx, { theatreId })
  const other = await makeShowtime(ctx, { screen, movieId: showtime.movieId })
  const body = { showtimeId: other.id, seatIds: other.seatIds.slice(0, 2) }
  const { holdToken } = await holdSeats(ctx, body)
  return { params: { id: bookingId }, body, holdToken }
}

async function passwordOf({ ctx }: World, { userId }: Person) {
  const password = 'three green parrots'
  await ctx.db.user.update({ where: { id: userId }, data: { passwordHash: await hashPassword(password) } })
  return password
}
async function contactProof({ ctx }: World, { userId }: Person, what: 'email' | 'phone') {
  const to = what === 'email' ? { email: `new-${tag()}@example.com` } : { phone: `+9198${randomInt(1e7, 1e8)}` }
  return makeProof(ctx, to, { purpose: `change-${what}`, userId })
}
async function session({ ctx }: World, { userId }: Person) {
  await openSession(ctx, await ctx.db.user.findUniqueOrThrow({ where: { id: userId } }))
  return (await ctx.db.refreshToken.findFirstOrThrow({ where: { userId } })).familyId
}

/** In the theatre of `admin here`, on a screen of its own: two films cannot run in one room. */
const showtimeHere = async ({ ctx, theatreId }: World) =>
  makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId }) })

const usedTheatre = async (world: World) => {
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

async function checkoutRequest(world: World, _owner: Person) {
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
const unpaid: MakeSample = async (world, owner) => ({ params: { id: (await openCheckout(world, owner)).bookingId } })

async function paymentReturn(world: World, owner: Person) {
  const { orderId } = await openCheckout(world, owner)
  const { paymentId, signature } = world.ctx.gateway.pay(orderId)
  return { razorpay_order_id: orderId, razorpay_payment_id: paymentId, razorpay_signature: signature }
}

async function oldOrder(world: World, _owner: Person) {
  const { showtimeId, seatIds, hold } = await heldSeats(world)
  return { showtime_id: showtimeId, seat_ids: seatIds, owner: hold.holdToken }
}

async function quickBooking(world: World) {
  const { ctx } = world
  const theatre = await makeTheatre(ctx)
  // On a whole minute: it is named by the clock on the wall.
  const startsAt = new Date(Math.ceil(ctx.clock.now().getTime() / 60_000) * 60_000 + 10_800_000)
  await makeShowtime(ctx, { startsAt, screen: await makeScreen(ctx, { theatreId: theatre.id }) })
  const [date, time] = startsAt.toLocaleString('sv-SE', { timeZone: 'Asia/Kolkata' }).split(' ')
  return { theater: theatre.name, date, time: time?.slice(0, 5), num_seats: 2 }
}

async function openRequest({ ctx }: World) {
  const user = await makeUser(ctx)
  const data = { id: newId(), userId: user.id, organisation: 'Asha Cinemas', message: '' }
  return (await ctx.db.adminRequest.create({ data })).id
}

const promoForm = () => ({
  code: `WALK-${tag()}`.toUpperCase(),
  kind: 'FLAT',
  amountMinor: 5_000,
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: '2030-01-01T00:00:00.000Z',
})
async function promo({ ctx }: World) {
  const { code, amountMinor, startsAt, endsAt } = promoForm()
  const row = await ctx.db.promoCode.create({
    data: { id: newId(), code, kind: 'FLAT', amountMinor, startsAt, endsAt },
  })
  return row.id
}
