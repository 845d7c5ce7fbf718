import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelSeats } from '../cancellations/cancel-seats.ts'
import { newId } from '../ids.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { findUnsentTickets } from './find-unsent-tickets.ts'
import { getTicketCode } from './get-ticket-code.ts'
import { getTicketPdf } from './get-ticket-pdf.ts'
import { mailTicket } from './mail-ticket.ts'
import { renderTicket } from './render-ticket.ts'
import { loadTicketData } from './ticket-data.ts'
import { signTicket, ticketKeys } from './ticket-token.ts'
import { verifyTicket } from './verify-ticket.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const tokenOf = async (bookingId: string) =>
  new URL((await loadTicketData(ctx, { bookingId })).verifyUrl).searchParams.get('token') ?? ''
const verdictOf = async (token: string) => verifyTicket(ctx, { token })
const printer = () => {
  const drawn: string[] = []
  return {
    drawn,
    ctx: {
      ...ctx,
      renderTicketPdf: async (ticket: { code: string }) => {
        drawn.push(ticket.code)
        return new TextEncoder().encode(`%PDF of ${ticket.code}`)
      },
    },
  }
}

test('a bought ticket is good, and the door learns nothing about the guest', async () => {
  const { bookingId, seatIds, user } = await bookSeats(ctx)
  const token = await tokenOf(bookingId)
  const verdict = await verdictOf(token)
  expect(verdict).toMatchObject({ verdict: 'valid', ticket: { seatIds, timeZone: 'Asia/Kolkata', usedAt: null } })
  expect(JSON.stringify(verdict)).not.toContain(user.email)
  expect(JSON.stringify(verdict)).not.toContain(bookingId)
  expect(await verdictOf(token)).toEqual(verdict)
})

test('the link in the code is our own verdict page', async () => {
  const { bookingId } = await bookSeats(ctx)
  const { verifyUrl } = await loadTicketData(ctx, { bookingId })
  expect(verifyUrl.startsWith(`${ctx.config.http.publicBaseUrl}/tickets/verify?token=`)).toBe(true)
})

test('the code on the guest’s own screen is the printed one, and nobody else’s to see', async () => {
  const { bookingId, actor } = await bookSeats(ctx)
  const { verifyUrl } = await getTicketCode(ctx, actor, { bookingId })
  expect(verifyUrl).toBe((await loadTicketData(ctx, { bookingId })).verifyUrl)
  const stranger = { ...actor, userId: (await makeUser(ctx)).id }
  await expect(getTicketCode(ctx, stranger, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(getTicketCode(ctx, { kind: 'anonymous' }, { bookingId })).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  })
})

test('forged, cancelled and used tickets are told apart', async () => {
  const { bookingId, seatIds } = await bookSeats(ctx)
  const token = await tokenOf(bookingId)
  const changed = token.slice(0, -1) + (token.endsWith('A') ? 'Q' : 'A')
  expect(await verdictOf(changed)).toMatchObject({ verdict: 'forged', ticket: null })

  const usedAt = new Date('2026-11-21T13:45:00Z')
  await ctx.db.ticket.updateMany({ where: { bookingId, label: seatIds[0] ?? '' }, data: { status: 'USED', usedAt } })
  expect(await verdictOf(token)).toMatchObject({ verdict: 'valid', ticket: { seatIds: seatIds.slice(1) } })
  await ctx.db.ticket.updateMany({ where: { bookingId }, data: { status: 'USED', usedAt } })
  expect(await verdictOf(token)).toMatchObject({ verdict: 'already_used', ticket: { usedAt: usedAt.toISOString() } })

  await ctx.db.ticket.updateMany({ where: { bookingId }, data: { status: 'CANCELLED' } })
  expect(await verdictOf(token)).toMatchObject({ verdict: 'cancelled' })
  const gone = signTicket(ticketKeys(ctx.config), { bookingId: newId(), issuedAt: new Date() })
  expect(await verdictOf(gone)).toMatchObject({ verdict: 'cancelled', ticket: null })
})

test('a cancelled showtime has no good tickets', async () => {
  const { bookingId, showtime } = await bookSeats(ctx)
  await ctx.db.showtime.update({ where: { id: showtime.id }, data: { status: 'CANCELLED' } })
  expect(await verdictOf(await tokenOf(bookingId))).toMatchObject({ verdict: 'cancelled' })
})

test('seats given back: the ticket is good for the others, names them, and is drawn anew', async () => {
  const { bookingId, actor, user } = await bookSeats(ctx, { seatIds: ['A1', 'A2', 'A3'] })
  const token = await tokenOf(bookingId)
  const { drawn, ctx: printing } = printer()
  await renderTicket(printing, { bookingId })
  const giveBack = (seats: number[] | null) =>
    cancelSeats(ctx.pool, { bookingId, userId: user.id, key: newId(), by: 'GUEST', actorId: user.id, seats })
  await giveBack([1])
  expect(await verdictOf(token)).toMatchObject({
    verdict: 'valid',
    message: 'Good for 2 seats. A2 was cancelled: do not admit.',
    ticket: { seatIds: ['A1', 'A3'] },
  })
  await expect(getTicketPdf(ctx, actor, { bookingId })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const data = await loadTicketData(ctx, { bookingId })
  expect(data.seats.map((seat) => seat.label)).toEqual(['A1', 'A3'])
  expect(data.cancelled).toEqual({ labels: ['A2'], refundMinor: 18_750 })
  await renderTicket(printing, { bookingId })
  expect(drawn).toHaveLength(2)

  await giveBack(null)
  expect(await verdictOf(token)).toMatchObject({ verdict: 'cancelled', ticket: { seatIds: ['A1', 'A2', 'A3'] } })
  await expect(getTicketCode(ctx, actor, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(getTicketPdf(ctx, actor, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('paper that was being drawn while a seat was given back is not kept', async () => {
  const { bookingId, user } = await bookSeats(ctx)
  const slow = {
    ...ctx,
    async renderTicketPdf() {
      await cancelSeats(ctx.pool, { bookingId, userId: user.id, key: 'k', by: 'GUEST', actorId: user.id, seats: [0] })
      return new Uint8Array([1])
    },
  }
  await expect(renderTicket(slow, { bookingId })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await ctx.db.ticketDocument.count({ where: { bookingId } })).toBe(0)
  await renderTicket(printer().ctx, { bookingId })
  expect(await ctx.db.ticketDocument.count({ where: { bookingId } })).toBe(1)
})

test('the printed ticket is drawn once and is its owner’s alone', async () => {
  const { bookingId, actor } = await bookSeats(ctx)
  await expect(getTicketPdf(ctx, actor, { bookingId })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const { drawn, ctx: printing } = printer()
  await renderTicket(printing, { bookingId })
  await renderTicket(printing, { bookingId })
  expect(drawn).toHaveLength(1)
  const { bytes, filename } = await getTicketPdf(ctx, actor, { bookingId })
  expect(new TextDecoder().decode(bytes)).toBe(`%PDF of ${drawn[0]}`)
  expect(filename).toBe(`marquee-ticket-${drawn[0]}.pdf`)

  const other = await makeUser(ctx)
  const stranger = { kind: 'user', userId: other.id, role: 'customer', jti: '' } as const
  await expect(getTicketPdf(ctx, stranger, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(getTicketPdf(ctx, { kind: 'anonymous' }, { bookingId })).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  })
  await expect(getTicketPdf(ctx, actor, { bookingId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('two renderings at once leave one ticket', async () => {
  const { bookingId } = await bookSeats(ctx)
  const { ctx: printing } = printer()
  await Promise.all([renderTicket(printing, { bookingId }), renderTicket(printing, { bookingId })])
  expect(await ctx.db.ticketDocument.count({ where: { bookingId } })).toBe(1)
})

test('the ticket is mailed once, with the file, in the money that was charged', async () => {
  const { bookingId, user, seatIds } = await bookSeats(ctx)
  await renderTicket(printer().ctx, { bookingId })
  await Promise.allSettled([mailTicket(ctx, { bookingId }), mailTicket(ctx, { bookingId })])
  await mailTicket(ctx, { bookingId })
  const mails = ctx.mail.sent.filter((mail) => mail.to === user.email)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.attachments.map((file) => file.contentType)).toEqual(['application/pdf'])
  const { totalMinor } = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })
  const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' }).format(totalMinor / 100)
  expect(mails[0]?.text).toContain(rupees)
  expect(mails[0]?.text).toContain(seatIds.join(', '))
})

test('without the file the mail still goes out', async () => {
  const { bookingId, user } = await bookSeats(ctx)
  await mailTicket(ctx, { bookingId })
  const [mail] = ctx.mail.sent.filter((sent) => sent.to === user.email)
  expect(mail?.attachments).toEqual([])
  expect(mail?.text).toContain(`/bookings/${bookingId}`)
})

test('no ticket for a booking that is not confirmed', async () => {
  const showtime = await makeShowtime(ctx)
  const { bookingId, user } = await bookSeats(ctx, { showtime })
  await ctx.db.booking.update({ where: { id: bookingId }, data: { status: 'CANCELLED', cancelledAt: new Date() } })
  await mailTicket(ctx, { bookingId })
  expect(ctx.mail.sent.filter((mail) => mail.to === user.email)).toEqual([])
  await expect(loadTicketData(ctx, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a ticket nobody mailed is found again, until it is mailed', async () => {
  const { bookingId } = await bookSeats(ctx)
  expect(await findUnsentTickets(ctx)).not.toContain(bookingId)
  await ctx.db.booking.update({ where: { id: bookingId }, data: { confirmedAt: new Date(Date.now() - 300_000) } })
  expect(await findUnsentTickets(ctx)).toContain(bookingId)
  await mailTicket(ctx, { bookingId })
  expect(await findUnsentTickets(ctx)).not.toContain(bookingId)
})

test('a show that is over needs no ticket any more', async () => {
  const { bookingId, showtime } = await bookSeats(ctx)
  await ctx.db.booking.update({ where: { id: bookingId }, data: { confirmedAt: new Date(Date.now() - 300_000) } })
  expect(await findUnsentTickets(ctx)).toContain(bookingId)
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  const over = { startsAt: ago(150), filmStartsAt: ago(135), endsAt: ago(1) }
  await ctx.db.showtime.update({ where: { id: showtime.id }, data: over })
  expect(await findUnsentTickets(ctx)).not.toContain(bookingId)
})
