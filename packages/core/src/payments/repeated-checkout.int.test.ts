import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { markSeatsSold } from '../seats/mark-seats-sold.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { startCheckout } from './start-checkout.ts'

// An answer that was lost on its way is asked for again with the same key, whatever happened meanwhile.
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
  await ctx.close()
})

const told = ({ now: _, ...rest }: Awaited<ReturnType<typeof startCheckout>>) => rest

async function start() {
  const user = await makeUser(ctx)
  const actor: Actor = { kind: 'user', userId: user.id, role: 'customer', jti: newId() }
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken, quote } = await holdSeats(ctx, { showtimeId, seatIds: ['E1', 'E2'] })
  const order = {
    showtimeId,
    seatIds: ['E1', 'E2'],
    expectedTotalMinor: quote?.totalMinor ?? 0,
    holdToken,
    idempotencyKey: newId(),
  }
  return { actor, showtimeId, order, first: await startCheckout(ctx, actor, order) }
}

test('after the seats were paid for and shown as sold: to this very guest', async () => {
  const { actor, order, first } = await start()
  const { webhook } = ctx.gateway.pay(first.orderId)
  await receiveWebhook(ctx, { gateway: 'fake', rawBody: webhook.body, signature: webhook.signature, eventId: newId() })
  await markSeatsSold(ctx, { bookingId: first.bookingId })
  expect(told(await startCheckout(ctx, actor, order))).toEqual(told(first))
})

test('after the cinema changed its price', async () => {
  const { actor, showtimeId, order, first } = await start()
  await ctx.db.showtimeSeat.updateMany({ where: { showtimeId }, data: { priceMinor: 99_900 } })
  expect(told(await startCheckout(ctx, actor, order))).toEqual(told(first))
})

test('another order under the key is refused before it holds a seat', async () => {
  const { actor, showtimeId, order } = await start()
  await expect(
    startCheckout(ctx, actor, { ...order, seatIds: ['A1'], expectedTotalMinor: 26_770 }),
  ).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['A1'] })).resolves.toMatchObject({ seatIds: ['A1'] })
})
