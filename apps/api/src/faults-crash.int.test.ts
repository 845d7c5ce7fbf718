// Every step of a booking at which the API may die, one after the other: the process kills itself there, is started
// again, and what it left behind must come right by itself. The worker's own steps: see its faults-crash test.
import type { Booking } from '@marquee/contracts/bookings'
import { CRASH_POINTS, type CrashPoint } from '@marquee/core/context'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import {
  buy,
  checkOut,
  expectOneCancellation,
  expectOneSale,
  giveBack,
  KILLED,
  SEATS,
} from '../../../scripts/testing/sale.ts'

vi.setConfig({ testTimeout: 60_000 })
let house: House
beforeAll(async () => {
  house = await openHouse()
  house.worker()
})
afterAll(() => house.close())

async function restartApi() {
  expect(await house.running.api?.ended).toEqual(KILLED)
  await house.api()
}

/**
 * Until the gateway has told us everything. What it was telling when the API died it would tell again after its lease
 * of ten seconds; left waiting, it would set off the crash of the test that comes next.
 */
async function hearTheGatewayOut() {
  const { ledger } = house
  const untold = () => ledger.all('SELECT type, attempts FROM webhooks WHERE next_at IS NOT NULL')
  await eventually(() => {
    ledger.run('UPDATE webhooks SET next_at = ? WHERE next_at > ?', Date.now(), Date.now() + 500)
    if (untold().length > 0) throw new Error(`not told: ${JSON.stringify(untold())}\n${house.output()}`)
  }, 15_000)
}

const ON_THE_WAY = [
  'hold:before-answer',
  'checkout:before-commit',
  'checkout:after-commit',
  'order:after-create',
  'settle:before-commit',
  'settle:after-commit',
] as const satisfies CrashPoint[]

test.each(ON_THE_WAY)('at %s: the guest tries again with the same token and key, and buys once', async (point) => {
  await house.api(point)
  const guest = await house.guest(SEATS)
  const restarted = restartApi()
  const checkout = await buy(guest)
  await restarted
  await hearTheGatewayOut()
  await expectOneSale(house, guest, checkout)
  await house.running.api?.kill()
})

test.each(['settle:before-commit', 'settle:after-commit'] as const)(
  'at %s, on the webhook: the tab is closed, and the gateway sends it again',
  async (point) => {
    await house.api(point)
    const guest = await house.guest(SEATS)
    const checkout = await checkOut(guest)
    expect(await guest.press(checkout, 'close')).toBeNull()
    await restartApi()
    await hearTheGatewayOut()
    const { body } = await guest.ask<Booking>('GET', `/api/bookings/${checkout.bookingId}`)
    expect([body.status, body.money]).toEqual(['CONFIRMED', 'PAID'])
    await expectOneSale(house, guest, checkout)
    await house.running.api?.kill()
  },
)

test('at settle:before-commit, then the tab closed and every webhook lost: the reconciler finds the money', async () => {
  await house.api('settle:before-commit')
  await house.control({ webhooksMuted: true })
  const guest = await house.guest(SEATS)
  const checkout = await checkOut(guest)
  const paid = await guest.press(checkout, 'upi')
  if (!paid) throw new Error('not paid')
  await expect(guest.verify(paid)).rejects.toThrow()
  await restartApi()
  house.ledger.run('DELETE FROM webhooks WHERE delivered_at IS NULL')
  await expectOneSale(house, guest, checkout)
})

test('at cancel:after-commit: the guest asks again with the same key, and the seat was given back once', async () => {
  await house.running.api?.kill()
  await house.api('cancel:after-commit')
  const guest = await house.guest(SEATS)
  const checkout = await buy(guest)
  await expectOneSale(house, guest, checkout)
  const restarted = restartApi()
  const booking = await giveBack(guest, checkout, ['E2'])
  await restarted
  expect(booking).toMatchObject({ status: 'CONFIRMED', cancellations: [{ by: 'GUEST', seatIds: ['E2'] }] })
  await expectOneCancellation(house, checkout, 'GUEST', 26_250)
})

test('no step was forgotten: the rest are the worker’s', () => {
  const known: readonly CrashPoint[] = [...ON_THE_WAY, 'cancel:after-commit']
  const rest = CRASH_POINTS.filter((point) => !known.includes(point))
  expect(rest).toEqual([
    'confirmed:before-sold',
    'outbox:after-add',
    'ticket:after-render',
    'mail:after-send',
    'refund:after-ask',
    'free:before-look-again',
    'showtime-cancel:after-booking',
    'watch:before-commit',
    'watch:after-commit',
    'opening:before-commit',
    'opening:after-batch',
    'alert:before-queue',
    'alert:after-intent',
    'alert:after-vendor',
    'alert:after-accepted',
  ])
})
