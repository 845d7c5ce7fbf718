import { newId, newSecret } from '@marquee/core/ids'
import { quoteMove } from '@marquee/core/moves/quote-move'
import { makeCity } from '@marquee/core/testing/factories'
import { makeProof } from '@marquee/core/testing/make-proof'
import {
  actorOf,
  alert,
  book,
  checkoutRequest,
  contactProof,
  deadDelivery,
  heldOpening,
  inDays,
  invoice,
  move,
  movieForm,
  movieId,
  newShowtime,
  oldMovieForm,
  oldOrder,
  openRequest,
  paid,
  passwordOf,
  paymentReturn,
  promo,
  promoForm,
  quickBooking,
  session,
  showtimeHere,
  source,
  tag,
  unpaid,
  usedTheatre,
  userId,
  watch,
} from './sample-makers.ts'
import type { Samples } from './walk-routes.ts'

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

  'GET /api/alerts/:alertId': (world, owner) => alert(world, owner),
  'PATCH /api/alerts/:alertId': async (world, owner) => ({ ...(await alert(world, owner)), body: { partySize: 3 } }),
  'POST /api/alerts/:alertId/pause': (world, owner) => alert(world, owner),
  'POST /api/alerts/:alertId/resume': (world, owner) => alert(world, owner),
  'POST /api/alerts/:alertId/rearm': (world, owner) => alert(world, owner),
  'POST /api/alerts/:alertId/acknowledge': (world, owner) => alert(world, owner),
  // Nothing is being told that could wait.
  'POST /api/alerts/:alertId/snooze': async (world, owner) => ({
    ...(await alert(world, owner)),
    body: { minutes: 30 },
    also: [409],
  }),
  'POST /api/alerts/:alertId/test': async (world, owner) => ({
    ...(await alert(world, owner)),
    body: { channel: 'in_app' },
  }),
  'DELETE /api/alerts/:alertId': (world, owner) => alert(world, owner),
  'DELETE /api/alerts': () => ({}),

  'PATCH /api/account': () => ({ body: { name: 'Another Name' } }),
  'PUT /api/account/password': async (world, owner) => ({
    body: { currentPassword: await passwordOf(world, owner), newPassword: 'four blue herons' },
  }),
  'PUT /api/account/email': async (world, owner) => ({
    body: { password: await passwordOf(world, owner), proof: await contactProof(world, owner, 'email') },
  }),
  'PUT /api/account/phone': async (world, owner) => ({
    body: { password: await passwordOf(world, owner), proof: await contactProof(world, owner, 'phone') },
  }),
  'DELETE /api/account/sessions/:id': async (world, owner) => ({ params: { id: await session(world, owner) } }),
  'POST /api/account/sessions/end-all': () => ({}),
  'POST /api/account/delete': async (world, owner) => ({
    body: { password: await passwordOf(world, owner), confirm: 'DELETE' },
  }),

  'POST /api/notifications/read': () => ({ body: {} }),
  // Tests have no keys of web push.
  'POST /api/push/endpoints': () => ({
    body: {
      endpoint: `https://fcm.googleapis.com/fcm/send/${tag()}`,
      keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
    },
    also: [503],
  }),
  'DELETE /api/push/endpoints': () => ({ body: { endpoint: 'https://fcm.googleapis.com/fcm/send/none' } }),

  'PUT /auth/profile': () => ({ body: { username: `walker-${tag()}` } }),
  'DELETE /auth/profile': async (world, owner) => ({ body: { password: await passwordOf(world, owner) } }),

  'POST /api/voice/:provider/answer/:attemptId': () => ({ params: { provider: 'plivo', attemptId: newId() } }),
  'POST /api/voice/:provider/keys/:attemptId': () => ({ params: { provider: 'plivo', attemptId: newId() } }),
  'POST /api/voice/:provider/status/:attemptId': () => ({ params: { provider: 'plivo', attemptId: newId() } }),
  'POST /api/sms/:provider/status': () => ({ params: { provider: 'plivo' } }),
  'POST /api/sms/:provider/inbound': () => ({ params: { provider: 'plivo' } }),
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
  'PATCH /api/admin/sources/:sourceId': async (world) => ({
    params: { sourceId: await source(world) },
    body: { enabled: true, permission: 'a test site of our own' },
  }),
  'POST /api/admin/sources/:sourceId/freeze': async (world) => ({
    params: { sourceId: await source(world) },
    body: { reason: 'looks odd' },
  }),
  'POST /api/admin/sources/:sourceId/thaw': async (world) => ({
    params: { sourceId: await source(world) },
    body: { reason: 'looks fine' },
  }),
  'GET /api/admin/watches/:watchId/observations': async (world) => ({ params: { watchId: await watch(world) } }),
  'POST /api/admin/watches/:watchId/look': async (world) => ({ params: { watchId: await watch(world) } }),
  'POST /api/admin/openings/:openingId/release': async (world) => ({ params: { openingId: await heldOpening(world) } }),
  'POST /api/admin/openings/:openingId/dismiss': async (world) => ({ params: { openingId: await heldOpening(world) } }),
  'GET /api/admin/forecasts': async ({ ctx }) => ({ query: { city: (await makeCity(ctx)).slug } }),
  'POST /api/admin/showtimes': async (world) => ({ body: await newShowtime(world) }),
  'GET /api/admin/theatres/:id/screens': ({ theatreId }) => ({ params: { id: theatreId } }),
  'GET /api/admin/theatres/:id/cancelled-showtimes': ({ theatreId }) => ({
    params: { id: theatreId },
    query: { date: '2026-11-21' },
  }),
  'GET /api/admin/showtimes/:id/cancellation-impact': async (world) => ({
    params: { id: (await showtimeHere(world)).id },
  }),
  'POST /api/admin/showtimes/:id/cancel': async (world) => ({
    params: { id: (await showtimeHere(world)).id },
    body: { reason: 'The projector is broken' },
  }),
  'PUT /api/admin/theatres/:id/cancellation-policy': ({ theatreId }) => ({
    params: { id: theatreId },
    body: { tiers: [{ minutesBefore: 60, percent: 50 }] },
  }),
  'POST /api/admin/deliveries/:id/retry': async (world) => ({ params: await deadDelivery(world) }),
  // None has given up here.
  'POST /api/admin/dead-jobs/:queue/:jobId/retry': () => ({ params: { queue: 'notify', jobId: 'none' }, also: [404] }),
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
  // Phones that ring nowhere.
  'POST /api/dev/calls/:id/answer',
  'POST /api/dev/calls/:id/decline',
  'POST /api/dev/calls/:id/hang-up',
  'POST /api/dev/calls/:id/press',
  'POST /api/dev/texts/:id/reply',
  // 128 random bits, in the guest's mail; the page says nothing about the guest.
  'GET /api/refunds/:reference',
  // The gateway's name.
  'POST /api/payments/webhooks/:gateway',
  // The carrier's name, and a call that only the carrier can speak of.
  'POST /api/voice/:provider/answer/:attemptId',
  'POST /api/voice/:provider/keys/:attemptId',
  'POST /api/voice/:provider/status/:attemptId',
  'POST /api/sms/:provider/status',
  'POST /api/sms/:provider/inbound',
]

/** Routes for one's own things whose id is in the body. */
export const ID_IN_BODY = ['POST /api/payments/verify']
