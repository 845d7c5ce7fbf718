import type { RegisterBody } from '@marquee/contracts/auth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSecret } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { registerUser } from './register-user.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

let counter = 0
const email = () => `kiran${++counter}@example.com`
const phone = () => `+9197${String(++counter).padStart(8, '0')}`
const register = (given: Partial<RegisterBody> & { email: string; proof: string }) =>
  registerUser(ctx, { name: 'Kiran', password: 'two samosas please', ...given })
const rowOf = (id: string) => ctx.db.user.findUniqueOrThrow({ where: { id } })

test('the address that was proved is noted as that; a number beside it is not', async () => {
  const [address, number] = [email(), phone()]
  const { session } = await register({
    email: address,
    phone: number,
    username: `Kiran_${++counter}`,
    proof: await makeProof(ctx, { email: address }),
  })
  expect(session.user).toMatchObject({ email: address, phone: number, emailVerified: true, phoneVerified: false })
  const row = await rowOf(session.user.id)
  expect(row.lastAccessAt).not.toBeNull()
  expect(row.role).toBe('customer')
})

test('by phone: the number is proved, and the address is where tickets go', async () => {
  const [address, number] = [email(), phone()]
  const { session } = await register({ email: address, phone: number, proof: await makeProof(ctx, { phone: number }) })
  expect(session.user).toMatchObject({ email: address, phone: number, emailVerified: false, phoneVerified: true })
})

test('a proof of something else, for something else, invented or used makes no account', async () => {
  const [address, number] = [email(), phone()]
  const other = await makeProof(ctx, { email: email() })
  await expect(register({ email: address, proof: other })).rejects.toMatchObject({ code: 'VALIDATION' })
  const byPhone = await makeProof(ctx, { phone: number })
  await expect(register({ email: address, proof: byPhone })).rejects.toMatchObject({
    details: { fields: [{ field: 'phone' }] },
  })
  const login = await makeProof(ctx, { email: address }, { purpose: 'login' })
  await expect(register({ email: address, proof: login })).rejects.toMatchObject({ code: 'OTP_ENDED' })
  await expect(register({ email: address, proof: newSecret() })).rejects.toMatchObject({ code: 'OTP_ENDED' })
  const late = await makeProof(ctx, { email: address }, { endsInMs: -1 })
  await expect(register({ email: address, proof: late })).rejects.toMatchObject({ code: 'OTP_ENDED' })
  expect(await ctx.db.user.count({ where: { email: address } })).toBe(0)
  const good = await makeProof(ctx, { email: address })
  await register({ email: address, proof: good })
  await expect(register({ email: address, proof: good })).rejects.toMatchObject({ code: 'OTP_ENDED' })
})

test('a username is taken in any case; the same proof is good for another one', async () => {
  const [one, two, name] = [email(), email(), `film.buff${++counter}`]
  await register({ email: one, username: name, proof: await makeProof(ctx, { email: one }) })
  const proof = await makeProof(ctx, { email: two })
  await expect(register({ email: two, username: name.toUpperCase(), proof })).rejects.toMatchObject({
    code: 'USERNAME_TAKEN',
    message: 'Username already exists',
  })
  // An underscore is itself and no wildcard.
  await register({ email: two, username: name.replace('.', '_'), proof })
})

test('a username that would be taken for the house is refused, and the proof is good for another', async () => {
  const address = email()
  const proof = await makeProof(ctx, { email: address })
  await expect(register({ email: address, username: 'Supp0rt', proof })).rejects.toMatchObject({
    code: 'VALIDATION',
    details: { fields: [{ field: 'username', message: expect.stringContaining('choose another') }] },
  })
  await register({ email: address, username: `film-buff${++counter}`, proof })
})

test('asking after an address or a number that is not one’s own costs the proof', async () => {
  const taken = (await makeUser(ctx)).email ?? ''
  const number = phone()
  const proof = await makeProof(ctx, { phone: number })
  const ask = (address: string) => register({ email: address, phone: number, proof })
  const answers = await Promise.allSettled([ask(taken), ask(taken), ask(taken)])
  const codes = answers.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'made'))
  expect(codes.toSorted()).toEqual(['EMAIL_TAKEN', 'OTP_ENDED', 'OTP_ENDED'])
  await expect(ask(email())).rejects.toMatchObject({ code: 'OTP_ENDED' })

  const [owned, address] = [phone(), email()]
  await register({ email: email(), phone: owned, proof: await makeProof(ctx, { phone: owned }) })
  const byMail = await makeProof(ctx, { email: address })
  await expect(register({ email: address, phone: owned, proof: byMail })).rejects.toMatchObject({ code: 'PHONE_TAKEN' })
  await expect(register({ email: address, proof: byMail })).rejects.toMatchObject({ code: 'OTP_ENDED' })
})

test('who proves an address has it, though somebody typed it before; who proved it keeps it', async () => {
  const [address, number] = [email(), phone()]
  const squatter = await register({ email: address, phone: number, proof: await makeProof(ctx, { phone: number }) })
  const owner = await register({ email: address, proof: await makeProof(ctx, { email: address }) })
  expect(await rowOf(squatter.session.user.id)).toMatchObject({ email: null, phone: number })
  expect(await rowOf(owner.session.user.id)).toMatchObject({ email: address })
  const again = register({ email: address, proof: await makeProof(ctx, { email: address }) })
  await expect(again).rejects.toMatchObject({ code: 'EMAIL_TAKEN' })
  // The same for a number.
  const [typed, third, fourth] = [phone(), email(), email()]
  const other = await register({ email: third, phone: typed, proof: await makeProof(ctx, { email: third }) })
  await register({ email: fourth, phone: typed, proof: await makeProof(ctx, { phone: typed }) })
  expect(await rowOf(other.session.user.id)).toMatchObject({ phone: null, email: third })
})

test('twenty at once for one address, each with a proof, make one account', async () => {
  const address = email()
  const proofs = await Promise.all(Array.from({ length: 20 }, () => makeProof(ctx, { email: address })))
  const answers = await Promise.allSettled(proofs.map((proof) => register({ email: address, proof })))
  const codes = answers.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'made'))
  expect(codes.filter((code) => code === 'made')).toHaveLength(1)
  expect(new Set(codes)).toEqual(new Set(['made', 'EMAIL_TAKEN']))
})
