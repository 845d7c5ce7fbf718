// Every step at which the worker may die, one after the other; the next worker finishes what this one began.
import { cancelShowtime } from '@marquee/core/cancellations/cancel-showtime'
import type { CrashPoint } from '@marquee/core/context'
import { hallKeys } from '@marquee/core/seats/hold-scripts'
import { snapshotFromRedis } from '@marquee/core/seats/seat-holds'
import { makeUser } from '@marquee/core/testing/factories'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import {
  buy,
  checkOut,
  expectOneCancellation,
  expectOneSale,
  giveBack,
  KILLED,
  SEATS,
  TOTAL,
} from '../../../scripts/testing/sale.ts'

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

test('at free:before-look-again: the next worker frees the seat and looks again', async () => {
  house.worker()
  const guest = await house.guest(SEATS)
  const checkout = await buy(guest)
  await expectOneSale(house, guest, checkout)
  await house.running.worker?.kill()
  await giveBack(guest, checkout, ['E2'])
  // The API freed it at once; as if that had not reached Redis.
  const [hall, , map] = hallKeys(house.ctx, guest.showtimeId)
  const seat = (await snapshotFromRedis(house.ctx, guest.showtimeId)).map.lastIndexOf('2') + 1
  await house.ctx.redis.run((client) => client.hset(hall, String(seat), 'S'))
  await house.ctx.redis.run((client) => client.setrange(map, seat, '2'))
  house.worker('free:before-look-again')
  await nextWorker()
  await expectOneCancellation(house, checkout, 'GUEST', 26_250)
  expect((await snapshotFromRedis(house.ctx, guest.showtimeId)).map[seat]).toBe('0')
})

test('at showtime-cancel:after-booking: the next worker gives the others their money too', async () => {
  house.worker()
  const first = await house.guest(SEATS)
  const second = await house.guest(['A1', 'A2'], first.showtimeId)
  const third = await house.guest(['F1'], first.showtimeId)
  const sales = [await buy(first), await buy(second, 'upi', 53_540), await buy(third, 'upi', 37_478)]
  await expectOneSale(house, first, sales[0]!)
  await house.running.worker?.kill()
  house.worker('showtime-cancel:after-booking')
  const { id: userId } = await makeUser(house.ctx, { role: 'superadmin' })
  const actor = { kind: 'user', userId, role: 'superadmin', jti: '' } as const
  await cancelShowtime(house.ctx, { actor, showtimeId: first.showtimeId, reason: 'The projector is broken' })
  await nextWorker()
  for (const [i, sum] of [TOTAL, 53_540, 37_478].entries()) await expectOneCancellation(house, sales[i]!, 'CINEMA', sum)
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
