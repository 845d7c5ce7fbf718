// Every step at which the worker may die, one after the other; the next worker finishes what this one began.
import type { CrashPoint } from '@marquee/core/context'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import { buy, checkOut, expectOneSale, KILLED, SEATS, TOTAL } from '../../../scripts/testing/sale.ts'

vi.setConfig({ testTimeout: 60_000 })
let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.api()
})
afterEach(() => house.running.worker?.kill())
afterAll(() => house.close())

async function nextWorker() {
  expect(await house.running.worker?.ended).toEqual(KILLED)
  house.worker()
}

test.each([
  'confirmed:before-sold',
  'outbox:after-add',
  'ticket:after-render',
  'mail:after-send',
] satisfies CrashPoint[])('at %s', async (point) => {
  house.worker(point)
  const guest = await house.guest(SEATS)
  const checkout = await buy(guest)
  await nextWorker()
  await expectOneSale(house, guest, checkout)
})

test('at refund:after-ask: the second payment goes back once', async () => {
  house.worker('refund:after-ask')
  const guest = await house.guest(SEATS)
  const checkout = await buy(guest, 'twice')
  await nextWorker()
  await expectOneSale(house, guest, checkout)
  expect(house.ledger.all('SELECT amount, status FROM refunds')).toEqual([{ amount: TOTAL, status: 'processed' }])
})

test.each(['settle:before-commit', 'settle:after-commit'] as const)(
  'at %s, as the reconciler: the money is found by the next one',
  async (point) => {
    await house.control({ webhooksMuted: true })
    const guest = await house.guest(SEATS)
    const checkout = await checkOut(guest)
    await guest.press(checkout, 'close')
    house.ledger.run('DELETE FROM webhooks WHERE delivered_at IS NULL')
    await house.ctx.pool.query(
      `UPDATE payments SET created_at = created_at - interval '1 minute' WHERE booking_id = $1`,
      [checkout.bookingId],
    )
    house.worker(point)
    await house.reconcileNow()
    await nextWorker()
    await expectOneSale(house, guest, checkout)
    await house.control({ webhooksMuted: false })
  },
)
