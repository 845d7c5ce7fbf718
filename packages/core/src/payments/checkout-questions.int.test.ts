import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../ids.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { makePromo, makeVoucher } from '../testing/offers.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { startCheckout } from './start-checkout.ts'

// Every buyer of a rush waits for these: one question more is a fifth less tickets sold in a second.
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

async function order(codes: { promoCode?: string; voucherCode?: string }, expectedTotalMinor: number) {
  const { id: showtimeId } = await makeShowtime(ctx)
  const seatIds = ['A1', 'A2']
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds })
  return { showtimeId, seatIds, holdToken, ...codes, expectedTotalMinor, idempotencyKey: newId() }
}
async function buyer() {
  const { id: userId } = await makeUser(ctx)
  return { kind: 'user', userId, role: 'customer', jti: '' } as const
}
/** Statements sent to Postgres meanwhile, by anybody in this process. */
async function questions(act: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await act()
    return spy.mock.calls.length
  } finally {
    spy.mockRestore()
  }
}

test('a checkout asks Postgres four times: who and before, seats and price, the answer, the order', async () => {
  const [actor, plain] = [await buyer(), await order({}, 53_540)]
  expect(await questions(() => startCheckout(ctx, actor, plain))).toBe(4)
  expect(await questions(() => startCheckout(ctx, actor, plain))).toBe(2) // the same key again
})

test('a code and a voucher are one question each; with nothing to pay there is no order', async () => {
  const promoCode = (await makePromo(ctx)).code
  const voucherCode = (await makeVoucher(ctx, 20_000)).code
  const both = await order({ promoCode, voucherCode }, 22_832)
  const actor = await buyer()
  expect(await questions(() => startCheckout(ctx, actor, both))).toBe(6)
  const covered = await order({ voucherCode: (await makeVoucher(ctx, 60_000)).code }, 0)
  expect(await questions(() => startCheckout(ctx, actor, covered))).toBe(4)
})
