import { expect, test } from 'vitest'
import { hashPassword, passwordProblem, verifyPassword } from './passwords.ts'

test('a password fits its own hash only', async () => {
  const kept = await hashPassword('the right one')
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword(kept, 'the right one')).toBe(true)
  expect(await verifyPassword(kept, 'the wrong one')).toBe(false)
})

test('without an account no password fits, and finding that out takes as long', async () => {
  const kept = await hashPassword('the right one')
  const time = async (hash: string | null) => {
    await verifyPassword(hash, 'warm up')
    const startedAt = performance.now()
    for (let i = 0; i < 5; i++) expect(await verifyPassword(hash, 'the wrong one')).toBe(false)
    return performance.now() - startedAt
  }
  const unknown = await time(null)
  const known = await time(kept)
  // Skipping the work would be a thousand times faster; a busy machine is not.
  expect(unknown).toBeGreaterThan(known / 4)
})

test.each(['password', 'PassWord1', '12345678', 'aaaaaaaaaa', 'abababab', 'Asha@Example.com', 'ashakumari'])(
  '%s is refused',
  (password) => {
    expect(passwordProblem(password, { email: 'asha@example.com', name: 'Asha Kumari' })).not.toBeNull()
  },
)

test('an ordinary phrase is fine', () => {
  expect(passwordProblem('two samosas please', { email: 'asha@example.com', name: 'Asha' })).toBeNull()
})
