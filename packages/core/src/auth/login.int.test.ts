import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { loginByOtp } from './login-by-otp.ts'
import { loginUser } from './login-user.ts'

const PASSWORD = 'two samosas please'
const clock = manualClock(new Date())
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock, env: { RATE_LIMIT_SCALE: '1' } })
})
afterAll(() => ctx.close())

let counter = 0
const network = () => `198.19.${++counter >> 8}.${counter & 255}`
async function person() {
  const user = await makeUser(ctx, { password: PASSWORD })
  const names = { phone: `+9196${String(++counter).padStart(8, '0')}`, username: `Film_Buff${counter}` }
  await ctx.db.user.update({ where: { id: user.id }, data: names })
  return { id: user.id, email: user.email ?? '', ...names }
}
const login = (identifier: string, password = PASSWORD, from = network()) =>
  loginUser(ctx, { identifier, password, network: from })

test('by address, number or username, however it is written; the time is noted', async () => {
  const { id, email, phone, username } = await person()
  const spaced = `${phone.slice(0, 3)} ${phone.slice(3, 8)}-${phone.slice(8)}`
  for (const identifier of [email, email.toUpperCase(), phone, spaced, username, username.toLowerCase()]) {
    clock.advance(1_000)
    expect((await login(identifier)).session.user.id).toBe(id)
    expect((await ctx.db.user.findUniqueOrThrow({ where: { id } })).lastAccessAt).toEqual(clock.now())
  }
})

test('a wrong password, somebody unknown and somebody deleted get one answer', async () => {
  const gone = await person()
  await ctx.db.user.update({ where: { id: gone.id }, data: { deletedAt: clock.now() } })
  const { username } = await person()
  const tries: [string, string?][] = [
    [username, 'three samosas'],
    [username.replace('_', 'x')],
    ['nobody@example.com'],
    ['+919000000000'],
    [gone.email],
    [gone.username],
  ]
  const messages = await Promise.all(
    tries.map(([identifier, password]) => login(identifier, password).catch((error: Error) => error.message)),
  )
  expect(new Set(messages).size).toBe(1)
  await expect(login('nobody')).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' })
})

test('three names are one account to guess at: ten wrong ones in all, then none from there', async () => {
  const who = await person()
  const there = network()
  const names = [who.email, who.phone, who.username]
  const codes: string[] = []
  for (let i = 0; i < 12; i++)
    codes.push(
      await login(names[i % 3] ?? '', `guess ${i}`, there).then(
        () => 'in',
        (error: { code: string }) => error.code,
      ),
    )
  expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(10)
  await expect(login(who.email, PASSWORD, there)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  expect((await login(who.email)).session.user.id).toBe(who.id)
})

test('by a code: once, and what it was sent to is proved from then on', async () => {
  const { id, email } = await person()
  const proof = await makeProof(ctx, { email }, { purpose: 'login', userId: id })
  clock.advance(5_000)
  const { session } = await loginByOtp(ctx, { proof })
  expect(session.user).toMatchObject({ id, emailVerified: true, phoneVerified: false })
  expect((await ctx.db.user.findUniqueOrThrow({ where: { id } })).lastAccessAt).toEqual(clock.now())
  await expect(loginByOtp(ctx, { proof })).rejects.toMatchObject({ code: 'OTP_ENDED' })
})

test('a code for a registration, for nobody, for an address given up since, or of a deleted account opens nothing', async () => {
  const { id, email, phone } = await person()
  const ended = { code: 'OTP_ENDED' }
  const proofs = [
    await makeProof(ctx, { email }, { purpose: 'register' }),
    await makeProof(ctx, { email }, { purpose: 'reset-password', userId: id }),
    await makeProof(ctx, { email }, { purpose: 'login' }),
  ]
  for (const proof of proofs) await expect(loginByOtp(ctx, { proof })).rejects.toMatchObject(ended)
  const before = await makeProof(ctx, { email }, { purpose: 'login', userId: id })
  await ctx.db.user.update({ where: { id }, data: { email: `moved${++counter}@example.com` } })
  await expect(loginByOtp(ctx, { proof: before })).rejects.toMatchObject(ended)
  const last = await makeProof(ctx, { phone }, { purpose: 'login', userId: id })
  await ctx.db.user.update({ where: { id }, data: { deletedAt: clock.now() } })
  await expect(loginByOtp(ctx, { proof: last })).rejects.toMatchObject(ended)
})
