import type { InvoiceData } from '@marquee/contracts/invoices'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getBooking } from '../bookings/get-booking.ts'
import { listBookings } from '../bookings/list-bookings.ts'
import { cancelSeats } from '../cancellations/cancel-seats.ts'
import { cancelShowtimeBookings } from '../cancellations/cancel-showtime-bookings.ts'
import type { Actor } from '../context.ts'
import { newId, newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { issueCreditNote } from '../invoices/issue-credit-note.ts'
import { issueInvoice } from '../invoices/issue-invoice.ts'
import { newVoucherCode, voucherHash } from '../offers/voucher-code.ts'
import { settleFromGateway } from '../payments/settle-from-gateway.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { freeSeats } from '../seats/free-seats.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { markSeatsSold } from '../seats/mark-seats-sold.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { ticketMail } from '../tickets/mail-ticket.ts'
import { loadTicketData, type TicketData } from '../tickets/ticket-data.ts'
import { verifyTicket } from '../tickets/verify-ticket.ts'
import { moveBooking } from './move-booking.ts'
import { moveOptions } from './move-options.ts'
import { quoteMove } from './quote-move.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

type Showtime = Awaited<ReturnType<typeof makeShowtime>>

/** One film in one city: a booking of two seats at ₹250 three hours from now, and showtimes after it. */
async function evening(prices: number[] = [25_000], tiers?: { minutesBefore: number; percent: number }[]) {
  const movie = await makeMovie(ctx)
  const theatre = await makeTheatre(ctx)
  if (tiers) await ctx.db.theatre.update({ where: { id: theatre.id }, data: { cancellationTiers: tiers } })
  const screen = async () => makeScreen(ctx, { theatreId: theatre.id })
  const from = await makeShowtime(ctx, { movieId: movie.id, screen: await screen() })
  const others: Showtime[] = []
  for (const [i, regular] of prices.entries())
    others.push(
      await makeShowtime(ctx, { movieId: movie.id, screen: await screen(), startsIn: 1_440 + i, prices: { regular } }),
    )
  return { ...(await bookSeats(ctx, { showtime: from })), from, others, theatre, movie }
}

async function move(
  actor: Actor,
  bookingId: string,
  to: Showtime,
  given: { seatIds?: string[]; idempotencyKey?: string; expectedDifferenceMinor?: number; holdToken?: string } = {},
) {
  const seatIds = given.seatIds ?? to.seatIds.slice(0, 2)
  const holdToken = given.holdToken ?? (await holdSeats(ctx, { showtimeId: to.id, seatIds })).holdToken
  const expectedDifferenceMinor =
    given.expectedDifferenceMinor ??
    (await quoteMove(ctx, actor, { bookingId, showtimeId: to.id, seatIds })).differenceMinor
  const idempotencyKey = given.idempotencyKey ?? newSecret()
  return moveBooking(ctx, actor, {
    bookingId,
    showtimeId: to.id,
    seatIds,
    holdToken,
    idempotencyKey,
    expectedDifferenceMinor,
  })
}

async function pay(result: Awaited<ReturnType<typeof move>>) {
  if (result.kind !== 'pay') throw new Error('there is nothing to pay')
  const { bookingId, orderId } = result.checkout
  ctx.gateway.pay(orderId)
  const payment = await ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
  const outcome = await settleFromGateway(ctx, { paymentId: payment.id, gatewayOrderId: orderId, learntFrom: 'return' })
  return { bookingId, outcome }
}

const booking = (id: string) =>
  ctx.db.booking.findUniqueOrThrow({ where: { id }, include: { tickets: true, cancellations: true } })
const refundsOf = (bookingId: string) =>
  ctx.db.refund.findMany({ where: { capture: { payment: { bookingId } } }, orderBy: { createdAt: 'asc' } })
const claims = (showtimeId: string) => ctx.db.seatClaim.count({ where: { showtimeId, state: 'SOLD' } })
const sound = async () => expect((await checkInvariants(ctx)).violations).toEqual([])
const cancelAsGuest = (bookingId: string, seats: number[] | null = null) =>
  onceMoreOnDeadlock(() =>
    cancelSeats(ctx.pool, { bookingId, userId: null, key: newSecret(), by: 'GUEST', actorId: null, seats }),
  )
async function cancelAsCinema(showtimeId: string) {
  await ctx.db.showtime.update({
    where: { id: showtimeId },
    data: { status: 'CANCELLED', cancelledAt: new Date(), cancelReason: 'The projector broke' },
  })
  await cancelShowtimeBookings(ctx, { showtimeId })
}

test('for the same price it is done at once, and the old seats are anybody’s', async () => {
  const { actor, bookingId, from, others } = await evening()
  await markSeatsSold(ctx, { bookingId })
  const old = await loadTicketData(ctx, { bookingId })
  const result = await move(actor, bookingId, others[0]!)
  expect(result).toMatchObject({ kind: 'moved' })
  const movedTo = result.kind === 'moved' ? result.bookingId : ''
  const [before, after] = [await booking(bookingId), await booking(movedTo)]
  expect(before).toMatchObject({ status: 'CANCELLED', cancellations: [{ by: 'MOVE', refundMinor: 0, seats: [0, 1] }] })
  expect(before.tickets.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED'])
  expect(after).toMatchObject({ status: 'CONFIRMED', movedFromId: bookingId, creditMinor: before.totalMinor })
  expect(await claims(from.id)).toBe(0)
  expect(await claims(others[0]!.id)).toBe(2)
  expect(await getBooking(ctx, actor, { bookingId })).toMatchObject({ movedToId: movedTo, status: 'CANCELLED' })
  const upcoming = await listBookings(ctx, actor, { when: 'upcoming', limit: 10, offset: 0 })
  expect(upcoming.items.map(({ id }) => id)).toEqual([movedTo])
  const verdict = ({ verifyUrl }: TicketData) =>
    verifyTicket(ctx, { token: new URL(verifyUrl).searchParams.get('token') ?? '' })
  expect(await verdict(old)).toMatchObject({ verdict: 'cancelled', message: expect.stringContaining('moved') })
  const ticket = await loadTicketData(ctx, { bookingId: movedTo })
  expect(await verdict(ticket)).toMatchObject({ verdict: 'valid' })
  expect(ticket.replaces).toMatchObject({
    code: before.code,
    startsAt: from.startsAt,
    labels: ['A1', 'A2'],
    surplusMinor: 0,
  })
  expect(ticketMail(ticket, true).text).toContain(`takes the place of booking ${before.code}`)
  // What the worker does with the outbox row that the move wrote.
  const cancellationId = before.cancellations[0]!.id
  expect(await ctx.db.outboxEvent.count({ where: { key: `seats.freed:${cancellationId}` } })).toBe(1)
  await freeSeats(ctx, { cancellationId })
  await bookSeats(ctx, { showtime: from })
  await sound()
})

test('what is cheaper gives the difference back to the card, once', async () => {
  const { actor, bookingId, others, paymentId } = await evening([10_000])
  const idempotencyKey = newSecret()
  const holdToken = (await holdSeats(ctx, { showtimeId: others[0]!.id, seatIds: others[0]!.seatIds.slice(0, 2) }))
    .holdToken
  const { differenceMinor, quote, creditMinor } = await quoteMove(ctx, actor, {
    bookingId,
    showtimeId: others[0]!.id,
    seatIds: others[0]!.seatIds.slice(0, 2),
  })
  expect(differenceMinor).toBe(quote.totalMinor - creditMinor)
  expect(differenceMinor).toBeLessThan(0)
  const again = { idempotencyKey, holdToken, expectedDifferenceMinor: differenceMinor }
  const first = await move(actor, bookingId, others[0]!, again)
  expect(await move(actor, bookingId, others[0]!, again)).toEqual(first)
  const refunds = await refundsOf(bookingId)
  expect(refunds).toMatchObject([{ amountMinor: -differenceMinor, reason: 'CANCELLED_MOVE' }])
  expect(await ctx.db.paymentCapture.findFirst({ where: { paymentId } })).toMatchObject({ id: refunds[0]?.captureId })
  const movedTo = first.kind === 'moved' ? first.bookingId : ''
  const moveReturn = { refundMinor: -differenceMinor, toVoucherMinor: 0, sent: false }
  expect(await getBooking(ctx, actor, { bookingId: movedTo })).toMatchObject({ moveReturn })
  expect(await getBooking(ctx, actor, { bookingId })).not.toHaveProperty('moveReturn')
  await expect(move(actor, bookingId, others[0]!, { ...again, expectedDifferenceMinor: -1 })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  })
  await sound()
})

test('what is dearer is paid first: until then the old booking stands', async () => {
  const { actor, bookingId, others } = await evening([40_000])
  const { differenceMinor } = await quoteMove(ctx, actor, {
    bookingId,
    showtimeId: others[0]!.id,
    seatIds: others[0]!.seatIds.slice(0, 2),
  })
  const result = await move(actor, bookingId, others[0]!)
  expect(result).toMatchObject({ kind: 'pay', checkout: { amountMinor: differenceMinor } })
  expect((await booking(bookingId)).status).toBe('CONFIRMED')
  const paid = await pay(result)
  expect(paid.outcome).toBe('BOOKED')
  expect((await booking(bookingId)).status).toBe('CANCELLED')
  expect(await booking(paid.bookingId)).toMatchObject({ status: 'CONFIRMED', movedFromId: bookingId })
  expect(await refundsOf(bookingId)).toEqual([])
  await sound()
})

test('a difference paid for a booking that was cancelled meanwhile goes back, and no seat is kept for it', async () => {
  const { actor, bookingId, others } = await evening([40_000])
  const result = await move(actor, bookingId, others[0]!)
  await cancelAsGuest(bookingId)
  const { outcome, bookingId: draftId } = await pay(result)
  expect(outcome).toBe('REFUND_DUE')
  const difference = result.kind === 'pay' ? result.checkout.amountMinor : 0
  expect(await refundsOf(draftId)).toMatchObject([{ amountMinor: difference, reason: 'MOVE_TOO_LATE' }])
  expect(await claims(others[0]!.id)).toBe(0)
  await sound()
})

test('one seat cancelled while the difference is paid: the price was for two, so nothing moves', async () => {
  const { actor, bookingId, others } = await evening([40_000])
  const result = await move(actor, bookingId, others[0]!)
  await cancelAsGuest(bookingId, [0])
  expect((await pay(result)).outcome).toBe('REFUND_DUE')
  expect(await booking(bookingId)).toMatchObject({ status: 'CONFIRMED' })
  await sound()
})

test('what is left after a cancellation is moved with its own worth, fee and tax included', async () => {
  const { actor, bookingId, others } = await evening()
  const { totalMinor } = await booking(bookingId)
  await cancelAsGuest(bookingId, [1])
  const { creditMinor } = await moveOptions(ctx, actor, { bookingId })
  expect(creditMinor).toBe(Math.floor(totalMinor / 2))
  expect(await move(actor, bookingId, others[0]!, { seatIds: ['B1'] })).toMatchObject({ kind: 'moved' })
  await expect(move(actor, bookingId, others[0]!, { expectedDifferenceMinor: 0 })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await sound()
})

test('moved, then cancelled: the money comes back from whatever had paid for it', async () => {
  const { actor, bookingId, others } = await evening([40_000])
  const { bookingId: movedTo } = await pay(await move(actor, bookingId, others[0]!))
  const cancelled = await cancelAsGuest(movedTo)
  expect(cancelled).toMatchObject({ outcome: 'CANCELLED', refundMinor: 60_000 })
  const back = [...(await refundsOf(movedTo)), ...(await refundsOf(bookingId))]
  expect(back.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(60_000)
  expect(back).toHaveLength(2)
  await sound()
})

test('a move is no way to have refunds that are over', async () => {
  const { actor, bookingId, others } = await evening(
    [25_000],
    [
      { minutesBefore: 600, percent: 90 },
      { minutesBefore: 0, percent: 40 },
    ],
  )
  const seatIds = others[0]!.seatIds.slice(0, 2)
  const { cancellationTiers } = await quoteMove(ctx, actor, { bookingId, showtimeId: others[0]!.id, seatIds })
  expect(cancellationTiers.map(({ percent }) => percent)).toEqual([40, 40])
  const result = await move(actor, bookingId, others[0]!)
  const moved = await getBooking(ctx, actor, { bookingId: result.kind === 'moved' ? result.bookingId : '' })
  expect(moved.cancellationTiers).toEqual(cancellationTiers)
})

test('invoices say it: the old one is credited in full, the new one shows what was carried over', async () => {
  const { actor, bookingId, others } = await evening([10_000])
  const result = await move(actor, bookingId, others[0]!)
  const movedTo = result.kind === 'moved' ? result.bookingId : ''
  const [before, after] = [await booking(bookingId), await booking(movedTo)]
  const dataOf = async (id = '') => (await ctx.db.invoice.findUniqueOrThrow({ where: { id } })).data as InvoiceData
  const note = await dataOf((await issueCreditNote(ctx, { cancellationId: before.cancellations[0]!.id }))?.id)
  expect(note).toMatchObject({
    totalMinor: before.totalMinor,
    taxMinor: before.taxMinor,
    convenienceFeeMinor: before.convenienceFeeMinor,
    paid: [
      { by: `Carried over to booking ${after.code}`, amountMinor: after.totalMinor },
      { by: 'Refunded the way it was paid', amountMinor: before.totalMinor - after.totalMinor },
    ],
  })
  expect(await dataOf((await issueInvoice(ctx, { bookingId: movedTo })).id)).toMatchObject({
    totalMinor: after.totalMinor,
    paid: [{ by: `Carried over from booking ${before.code}`, amountMinor: after.totalMinor }],
  })
})

test('only one’s own booking, to as many seats of the same film in the same city, three times', async () => {
  const { actor, bookingId, from, others, theatre } = await evening([25_000, 25_000, 25_000, 25_000])
  const to = others[0]!
  const asked = { bookingId, showtimeId: to.id, seatIds: to.seatIds.slice(0, 2) }
  const refused = (code: string, given: Partial<typeof asked>, who: Actor = actor) =>
    expect(quoteMove(ctx, who, { ...asked, ...given })).rejects.toMatchObject({ code })
  const stranger = { ...actor, userId: (await makeUser(ctx)).id }
  await refused('NOT_FOUND', {}, stranger)
  await expect(moveOptions(ctx, stranger, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await refused('UNAUTHENTICATED', {}, { kind: 'anonymous' })
  await refused('VALIDATION', { showtimeId: from.id })
  await refused('VALIDATION', { seatIds: to.seatIds.slice(0, 3) })
  const otherFilm = await makeShowtime(ctx, {
    screen: await makeScreen(ctx, { theatreId: theatre.id }),
    startsIn: 2_000,
  })
  const otherCity = await makeShowtime(ctx, { movieId: from.movieId })
  await refused('VALIDATION', { showtimeId: otherFilm.id })
  await refused('VALIDATION', { showtimeId: otherCity.id })
  const { items } = await moveOptions(ctx, actor, { bookingId })
  expect(items.map(({ showtimeId }) => showtimeId)).toEqual(others.map(({ id }) => id))

  let id = bookingId
  for (const there of others.slice(0, 3)) {
    const result = await move(actor, id, there)
    id = result.kind === 'moved' ? result.bookingId : ''
  }
  expect(await moveOptions(ctx, actor, { bookingId: id })).toMatchObject({ movable: false, items: [] })
  await refused('CONFLICT', { bookingId: id, showtimeId: others[3]!.id })
  await sound()
})

test('moved twice at once, to two showtimes: one of them, and the other says so', async () => {
  for (let round = 0; round < 4; round++) {
    const { actor, bookingId, others } = await evening([25_000, 25_000])
    const results = await Promise.allSettled(others.map((to) => move(actor, bookingId, to)))
    const moved = results.filter(({ status }) => status === 'fulfilled')
    expect(moved).toHaveLength(1)
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'CONFLICT' })
    expect((await claims(others[0]!.id)) + (await claims(others[1]!.id))).toBe(2)
    expect(await ctx.db.booking.count({ where: { movedFromId: bookingId, status: 'CONFIRMED' } })).toBe(1)
  }
  await sound()
})

test('moved and cancelled at once: the seats go once, the money once', async () => {
  for (let round = 0; round < 4; round++) {
    const { actor, bookingId, others } = await evening([10_000])
    const [moved, cancelled] = await Promise.allSettled([move(actor, bookingId, others[0]!), cancelAsGuest(bookingId)])
    const guestCancelled = cancelled.status === 'fulfilled' && cancelled.value.outcome === 'CANCELLED'
    expect(moved.status === 'fulfilled').toBe(!guestCancelled)
    expect((await booking(bookingId)).cancellations).toHaveLength(1)
    expect(await claims(others[0]!.id)).toBe(guestCancelled ? 0 : 2)
  }
  await sound()
})

test('two differences paid at once, and a cancellation between: one outcome, and every other rupee goes back', async () => {
  for (let round = 0; round < 4; round++) {
    const { actor, bookingId, others } = await evening([40_000, 45_000])
    const drafts = [await move(actor, bookingId, others[0]!), await move(actor, bookingId, others[1]!)]
    const ended = await Promise.all([
      ...drafts.map(pay),
      ...(round % 2 ? [cancelAsGuest(bookingId).then(({ outcome }) => ({ bookingId, outcome }))] : []),
    ])
    const won = ended.filter(({ outcome }) => outcome === 'BOOKED' || outcome === 'CANCELLED')
    expect(won).toHaveLength(1)
    expect((await booking(bookingId)).cancellations).toHaveLength(1)
    for (const { bookingId: id, outcome } of ended)
      if (outcome === 'REFUND_DUE') expect(await refundsOf(id)).toMatchObject([{ reason: 'MOVE_TOO_LATE' }])
  }
  await sound()
})

test('what a gift voucher had paid is carried over, and its part of a surplus goes back to it', async () => {
  const { from, others, user, actor, bookingId: first } = await evening([10_000])
  await cancelAsGuest(first)
  const code = newVoucherCode()
  const voucher = await ctx.db.giftVoucher.create({
    data: {
      id: newId(),
      codeHash: voucherHash(code),
      hint: code.slice(-4),
      amountMinor: 20_000,
      balanceMinor: 20_000,
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  })
  const seatIds = ['B1', 'B2']
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId: from.id, seatIds })
  const totalMinor = quote?.totalMinor ?? 0
  const checkout = await startCheckout(ctx, actor, {
    showtimeId: from.id,
    seatIds,
    holdToken,
    voucherCode: code,
    expectedTotalMinor: totalMinor - 20_000,
    idempotencyKey: newSecret(),
  })
  await pay({ kind: 'pay', checkout })
  const result = await move(actor, checkout.bookingId, others[0]!)
  const moved = await booking(result.kind === 'moved' ? result.bookingId : '')
  expect(moved).toMatchObject({ userId: user.id, voucherMinor: 0, creditMinor: moved.totalMinor })
  const surplus = totalMinor - moved.totalMinor
  const share = Math.floor((surplus * 20_000) / totalMinor)
  expect(await refundsOf(checkout.bookingId)).toMatchObject([{ amountMinor: surplus - share }])
  expect((await ctx.db.giftVoucher.findUniqueOrThrow({ where: { id: voucher.id } })).balanceMinor).toBe(share)
  await sound()
})

test('moved while the cinema cancels where it was, or where it goes: everything ends in one of them', async () => {
  for (const side of ['from', 'to', 'from', 'to'] as const) {
    const { actor, bookingId, from, others } = await evening([40_000])
    const to = others[0]!
    const result = await move(actor, bookingId, to)
    const [paid] = await Promise.all([pay(result), cancelAsCinema(side === 'from' ? from.id : to.id)])
    // The cinema's list may have been read before the move was settled: it looks again, as its job does.
    await cancelShowtimeBookings(ctx, { showtimeId: side === 'from' ? from.id : to.id })
    const [before, after] = [await booking(bookingId), await booking(paid.bookingId)]
    if (side === 'from') {
      expect([before.status, after.status]).toEqual(['CANCELLED', paid.outcome === 'BOOKED' ? 'CONFIRMED' : 'EXPIRED'])
    } else if (paid.outcome === 'BOOKED') {
      expect([before.status, after.status]).toEqual(['CANCELLED', 'CANCELLED'])
      const back = [...(await refundsOf(bookingId)), ...(await refundsOf(paid.bookingId))]
      expect(back.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(after.totalMinor)
    } else {
      expect([before.status, after.status]).toEqual(['CONFIRMED', 'EXPIRED'])
    }
  }
  await sound()
})

test('seats that somebody else has are refused, and the booking stands', async () => {
  const { actor, bookingId, others } = await evening()
  await bookSeats(ctx, { showtime: others[0]! })
  const seatIds = others[0]!.seatIds.slice(0, 2)
  const attempt = move(actor, bookingId, others[0]!, { seatIds, holdToken: newSecret(), expectedDifferenceMinor: 0 })
  await expect(attempt).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  expect((await booking(bookingId)).status).toBe('CONFIRMED')
  await sound()
})
