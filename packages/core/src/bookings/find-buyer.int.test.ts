import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { findBuyer } from './find-buyer.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const find = (userId: string) => findBuyer(ctx, { userId, idempotencyKey: 'k', requestHash: 'h' })

test('without an address there is nowhere to send a ticket: it is asked for before anything is held or paid', async () => {
  const { id, email } = await makeUser(ctx)
  expect(await find(id)).toEqual({ email, earlier: null })
  await ctx.db.user.update({ where: { id }, data: { email: null } })
  await expect(find(id)).rejects.toMatchObject({ code: 'VALIDATION', details: { fields: [{ field: 'email' }] } })
})

test('a retry gets its answer whatever became of the address since; nobody gone buys', async () => {
  const { id } = await makeUser(ctx)
  const bookingId = newId()
  await ctx.db.idempotencyKey.create({ data: { userId: id, key: 'k', requestHash: 'h', bookingId } })
  await ctx.db.user.update({ where: { id }, data: { email: null } })
  expect(await find(id)).toEqual({ email: '', earlier: { bookingId } })
  await ctx.db.user.update({ where: { id }, data: { deletedAt: new Date() } })
  await expect(find(id)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})
