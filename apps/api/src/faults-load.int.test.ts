// Thirty guests buy, change their minds, close tabs and pay twice, while API and worker are killed and started again at
// random. Afterwards every promise is checked, and every answer that was given is asked for again.
import type { Booking, Checkout } from '@marquee/contracts/bookings'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { expireBookings } from '@marquee/core/bookings/expire-bookings'
import { makeShowtime, makeUser, plainLayout } from '@marquee/core/testing/factories'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { Guest } from '../../../scripts/testing/guest.ts'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import { seededRandom } from '../../../scripts/testing/random.ts'
import { lasting } from '../../../scripts/testing/sale.ts'
import { audit, settleDown } from '../../../scripts/testing/settle-down.ts'

vi.setConfig({ testTimeout: 120_000 })
const SEED = Number(process.env.FAULT_SEED ?? 20_261_121)
const GUESTS = 30
const LOAD_MS = 8_000
/** On a machine so busy that starting takes most of the time, the load goes on until this much was paid for. */
const ENOUGH = 20
const LONGEST_MS = 40_000

let house: House
beforeAll(async () => {
  house = await openHouse({ SEAT_LOCK_TTL_MS: '4000', HOLD_MAX_MS: '6000', PAYMENT_GRACE_MS: '2000' })
  await house.api()
  house.worker()
})
afterAll(() => house.close())

test(`seed ${SEED}: killed and started again under load`, async () => {
  const random = seededRandom(SEED)
  const chance = (percent: number) => random(100) < percent
  const showtimes = await Promise.all([1, 2].map(() => makeShowtime(house.ctx, { layout: plainLayout(4, 10) })))
  const answered: { guest: Guest; total: number; checkout: Checkout }[] = []
  const startedAt = performance.now()
  const paidFor = () =>
    house.ledger.one<{ n: number }>(`SELECT count(*) AS n FROM payments WHERE status IN ('captured', 'refunded')`)?.n ??
    0
  const isOver = () => {
    const age = performance.now() - startedAt
    return age > LONGEST_MS || (age > LOAD_MS && paidFor() >= ENOUGH)
  }

  /** A browser tries again for a while when nobody answers; a person gives up at some point. */
  async function insist<T>(ask: () => Promise<T>): Promise<T | null> {
    for (let tries = 0; tries < 40 && !isOver(); tries++) {
      const answer = await ask().catch(() => null)
      if (answer) return answer
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return null
  }

  async function goShopping(accessToken: string) {
    const { id: showtimeId, seatIds } = showtimes[random(2)]!
    const from = random(seatIds.length)
    const wish = [...new Set(Array.from({ length: 1 + random(3) }, (_, i) => seatIds[(from + i) % seatIds.length]!))]
    const guest = new Guest(house.base, { accessToken, showtimeId, seatIds: wish })
    const held = await insist(guest.hold)
    if (held?.status !== 200) return
    if (chance(15)) return void (await insist(guest.release))
    const total = held.body.quote?.totalMinor ?? 0
    const checkout = await insist(() => guest.checkout(total))
    if (checkout?.status !== 200) return
    answered.push({ guest, total, checkout: checkout.body })
    if (chance(10)) return // the tab is closed before anything is paid
    const action = ['upi', 'upi', 'upi', 'card', 'close', 'twice', 'fail'][random(7)]!
    const paid = await insist(() => guest.press(checkout.body, action))
    if (paid && chance(70)) await insist(() => guest.verify(paid))
  }

  const guests = Array.from({ length: GUESTS }, async () => {
    const { accessToken } = signAccessToken(house.ctx, await makeUser(house.ctx))
    while (!isOver()) {
      await goShopping(accessToken)
      await new Promise((resolve) => setTimeout(resolve, 20 + random(80)))
    }
  })
  const killer = (async () => {
    for (let kills = 0; !isOver(); kills++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + random(1_200)))
      const victim = kills % 2 === 0 ? 'api' : 'worker'
      await house.running[victim]?.kill()
      if (victim === 'api') await house.api()
      else house.worker()
    }
  })()
  await Promise.all([...guests, killer])

  // The last drafts are still within their window: they end by themselves, paid or not.
  await eventually(async () => {
    await expireBookings(house.ctx)
    expect(await house.ctx.db.booking.count({ where: { status: 'PENDING' } })).toBe(0)
  }, 30_000)
  await settleDown(house, 60_000)
  expect(await audit(house)).toEqual([])
  expect(paidFor()).toBeGreaterThanOrEqual(ENOUGH)
  expect(await house.ctx.db.ticket.count()).toBeGreaterThan(5)
  // What was answered once is answered so again; a booking that ran out unpaid is gone, and nobody is led to pay for it.
  let sold = 0
  for (const { guest, total, checkout } of answered) {
    const again = await guest.checkout(total)
    const { body: booking } = await guest.ask<Booking>('GET', `/api/bookings/${checkout.bookingId}`)
    if (booking.money === 'NOT_CHARGED') {
      expect(booking.status).toBe('EXPIRED')
      expect(again).toMatchObject({ status: 409, body: { error: { code: 'HOLD_GONE' } } })
    } else {
      expect(lasting(again.body)).toEqual(lasting(checkout))
      sold += 1
    }
  }
  expect(sold).toBeGreaterThan(5)
  expect(await audit(house)).toEqual([])
})
