import type { OtpPurpose } from '@marquee/contracts/otp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSecret } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { spendOtpProof } from './spend-otp-proof.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const now = new Date('2026-11-21T12:00:00Z')
const proofOf = (purpose: OtpPurpose, endsInMs = 900_000, userId?: string) =>
  makeProof(
    { ...ctx, clock: { now: () => now } },
    { email: 'asha@example.com' },
    { purpose, endsInMs, ...(userId && { userId }) },
  )
const spend = (proof: string, purpose: OtpPurpose) =>
  ctx.db.$transaction((tx) => spendOtpProof(tx, { proof, purpose, now }))
const ended = { code: 'OTP_ENDED' }

test('a proof says what was proved and whose it is, once, though fifty ask at the same moment', async () => {
  const { id } = await makeUser(ctx)
  const proof = await proofOf('login', 1, id)
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => spend(proof, 'login')))
  const got = answers.filter((answer) => answer.status === 'fulfilled')
  expect(got.map((answer) => answer.value)).toEqual([{ channel: 'email', destination: 'asha@example.com', userId: id }])
  await expect(spend(proof, 'login')).rejects.toMatchObject(ended)
})

test('for another purpose, after its time, or invented, it is none', async () => {
  const proof = await proofOf('register')
  await expect(spend(proof, 'login')).rejects.toMatchObject(ended)
  await expect(spend(newSecret(), 'register')).rejects.toMatchObject(ended)
  await expect(spend(await proofOf('register', 0), 'register')).rejects.toMatchObject(ended)
  expect(await spend(proof, 'register')).toMatchObject({ userId: null })
})

test('an act that is refused leaves the proof good', async () => {
  const proof = await proofOf('register')
  const refused = ctx.db.$transaction(async (tx) => {
    await spendOtpProof(tx, { proof, purpose: 'register', now })
    throw new Error('refused')
  })
  await expect(refused).rejects.toThrow('refused')
  expect(await spend(proof, 'register')).toMatchObject({ channel: 'email' })
})
