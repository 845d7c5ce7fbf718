import { verify } from '@node-rs/argon2'
import { expect, test, vi } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.ts'

// The real one, watched: how long it takes says more about the machine than about us.
vi.mock(import('@node-rs/argon2'), async (original) => {
  const argon2 = await original()
  return { ...argon2, verify: vi.fn<typeof argon2.verify>(argon2.verify) }
})

test('a password fits its own hash only', async () => {
  const kept = await hashPassword('the right one')
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword(kept, 'the right one')).toBe(true)
  expect(await verifyPassword(kept, 'the wrong one')).toBe(false)
})

test('without an account no password fits, and finding that out is the same work', async () => {
  const kept = await hashPassword('the right one')
  const parametersOf = (hash: unknown) => String(hash).split('$').slice(0, 4).join('$')
  for (const nothing of [null, undefined]) {
    vi.mocked(verify).mockClear()
    expect(await verifyPassword(nothing, 'the right one')).toBe(false)
    expect(vi.mocked(verify).mock.calls.map(([hash]) => parametersOf(hash))).toEqual([parametersOf(kept)])
  }
})
