import type { Booking, Checkout } from '@marquee/contracts/bookings'
import { expect } from 'vitest'
import { eventually } from './eventually.ts'
import type { Guest } from './guest.ts'
import type { House } from './house.ts'
import { audit, settleDown } from './settle-down.ts'

export const SEATS = ['E1', 'E2']
/** What they cost, as the factory prices them. */
export const TOTAL = 74_956
/** How a process ends that killed itself at a crash point. */
export const KILLED = { code: null, signal: 'SIGKILL' }

/** All but the server's clock. */
export const lasting = ({ now: _, ...rest }: Checkout) => rest

/** Asks until it is answered: what a browser does when its server dies under it. */
const insist = <T>(ask: () => Promise<T>) => eventually(ask, 15_000)

/** Holds and goes to the payment, at a site that may die on the way. */
export async function checkOut(guest: Guest, total = TOTAL): Promise<Checkout> {
  const held = await insist(guest.hold)
  expect(held).toMatchObject({ status: 200, body: { seatIds: guest.seatIds, quote: { totalMinor: total } } })
  const checkout = await insist(() => guest.checkout(total))
  expect(checkout.status).toBe(200)
  return checkout.body
}

/** The whole way, from the hold to the return from the payment page. */
export async function buy(guest: Guest, action = 'upi', total = TOTAL): Promise<Checkout> {
  const checkout = await checkOut(guest, total)
  const paid = await insist(() => guest.press(checkout, action))
  if (!paid) throw new Error(`${action} does not lead back`)
  const verified = await insist(() => guest.verify(paid))
  expect(verified).toMatchObject({ status: 200, body: { bookingId: checkout.bookingId } })
  return checkout
}

/** One booking, its ticket, one mail, the same answer to the same key, and the gateway's books agree. */
export async function expectOneSale(house: House, guest: Guest, checkout: Checkout): Promise<void> {
  await settleDown(house)
  expect(await audit(house)).toEqual([])
  const again = await guest.checkout(TOTAL)
  expect(lasting(again.body)).toEqual(lasting(checkout))
  const { body } = await guest.ask<{ items: Booking[] }>('GET', '/api/bookings')
  expect(body.items.map((item) => [item.id, item.status, item.money, item.ticketReady])).toEqual([
    [checkout.bookingId, 'CONFIRMED', 'PAID', true],
  ])
  const pdf = await fetch(`${guest.base}/api/bookings/${checkout.bookingId}/ticket.pdf`, {
    headers: { authorization: `Bearer ${guest.accessToken}` },
  })
  expect((await pdf.text()).slice(0, 5)).toBe('%PDF-')
  const sent = await house.ctx.db.delivery.count({ where: { eventKey: `ticket.mail:${checkout.bookingId}` } })
  const mails = await house.ctx.db.capturedMessage.findMany({
    where: { recipient: body.items[0]?.email ?? '', text: { contains: `/bookings/${checkout.bookingId}` } },
    select: { subject: true },
  })
  expect([sent, mails.filter((mail) => !mail.subject?.includes('on its way back')).length]).toEqual([1, 1])
}

/** Seats of a sale given back, at a site that may die on the way. */
export const giveBack = async (guest: Guest, { bookingId }: Checkout, seatIds: string[]) => {
  const done = await insist(() =>
    guest.ask<Booking>('POST', `/api/bookings/${bookingId}/cancel`, { seatIds, expectedRefundMinor: 1 }),
  )
  expect(done.status).toBe(200)
  return done.body
}

/** One cancellation by whom, its money back once, its seats free on the screens, one mail, and all books agree. */
export async function expectOneCancellation(house: House, { bookingId }: Checkout, by: string, refundMinor: number) {
  await settleDown(house)
  expect(await audit(house)).toEqual([])
  const rows = await house.ctx.db.cancellation.findMany({ where: { bookingId }, include: { refunds: true } })
  expect(rows).toMatchObject([{ by, refundMinor, refunds: [{ amountMinor: refundMinor, state: 'PROCESSED' }] }])
  expect(await house.ctx.db.delivery.count({ where: { eventKey: `cancellation.mail:${rows[0]?.id}` } })).toBe(1)
  const { rows: refunded } = await house.ctx.pool.query<{ sum: number }>(
    `SELECT sum(r.amount_minor)::int AS sum FROM refunds r JOIN payment_captures c ON c.id = r.capture_id JOIN payments p ON p.id = c.payment_id WHERE p.booking_id = $1`,
    [bookingId],
  )
  expect(refunded).toEqual([{ sum: refundMinor }])
}
