import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginByOtp } from '../auth/login-by-otp.ts'
import { loginUser } from '../auth/login-user.ts'
import { openSession } from '../auth/refresh-tokens.ts'
import { makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { createFirstSuperadmin } from './create-first-superadmin.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const login = (identifier: string, password: string) => loginUser(ctx, { identifier, password, network: '192.0.2.1' })
const withEmail = (adminEmail: string) => ({
  ...ctx,
  config: { ...ctx.config, auth: { ...ctx.config.auth, adminEmail } },
})

test('of ten processes that start together one makes it; it signs in once, to choose a password; then there is one', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => createFirstSuperadmin(ctx)))
  const [first] = made.filter((one) => one !== null)
  expect(made.filter(Boolean)).toHaveLength(1)
  expect(first).toMatchObject({
    identifier: 'superadmin',
    password: expect.stringMatching(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/),
  })
  const { session } = await login('superadmin', first?.password ?? '')
  expect(session.user).toMatchObject({ role: 'superadmin', mustChangePassword: true, email: null })
  const row = await ctx.db.user.findUniqueOrThrow({ where: { id: session.user.id } })
  expect(row.passwordHash).not.toContain(first?.password)
  const audit = await ctx.db.auditEntry.findMany()
  expect(audit.map((entry) => [entry.action, entry.subjectId])).toEqual([['user.first-superadmin', row.id]])
  expect(JSON.stringify(audit, (_key, value: unknown) => String(value))).not.toContain(first?.password)
  expect(await createFirstSuperadmin(withEmail('other@example.com'))).toBeNull()
})

test('whoever made an account with the configured address before is out', async () => {
  await ctx.db.user.updateMany({ where: { role: 'superadmin' }, data: { role: 'customer' } })
  const squatter = await makeUser(ctx, { email: 'boss@example.com', password: 'two samosas please' })
  await openSession(ctx, squatter)
  const made = await createFirstSuperadmin(withEmail('boss@example.com'))
  expect(made?.identifier).toBe('boss@example.com')
  await expect(login('boss@example.com', 'two samosas please')).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' })
  expect(await ctx.db.refreshToken.count({ where: { userId: squatter.id, revokedAt: null } })).toBe(0)
  expect((await login('boss@example.com', made?.password ?? '')).session.user.id).toBe(squatter.id)
})

test('an account that only typed the configured address, and proved another way in, is not the one', async () => {
  await ctx.db.user.updateMany({ where: { role: 'superadmin' }, data: { role: 'customer' } })
  const typed = await makeUser(ctx, { email: 'chief@example.com', password: 'two samosas please' })
  const phone = '+919812345678'
  await ctx.db.user.update({ where: { id: typed.id }, data: { phone, phoneVerifiedAt: new Date() } })
  const made = await createFirstSuperadmin(withEmail('chief@example.com'))
  const { session } = await login('chief@example.com', made?.password ?? '')
  expect(session.user.id).not.toBe(typed.id)
  expect(await ctx.db.user.findUnique({ where: { id: typed.id } })).toMatchObject({ role: 'customer', email: null })
})

test('a code exchanged before, or a number nobody proved, is no way into the account that becomes it', async () => {
  await ctx.db.user.updateMany({ where: { role: 'superadmin' }, data: { role: 'customer' } })
  const account = await makeUser(ctx, { email: 'head@example.com', password: 'two samosas please' })
  await ctx.db.user.update({ where: { id: account.id }, data: { phone: '+919812345679' } })
  const proof = await makeProof(ctx, { phone: '+919812345679' }, { purpose: 'login', userId: account.id })
  await createFirstSuperadmin(withEmail('head@example.com'))
  await expect(loginByOtp(ctx, { proof })).rejects.toMatchObject({ code: 'OTP_ENDED' })
  expect(await ctx.db.user.findUnique({ where: { id: account.id } })).toMatchObject({ role: 'superadmin', phone: null })
})
