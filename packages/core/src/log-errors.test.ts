import { expect, test } from 'vitest'
import { createLogger } from './context.ts'
import { errorForLog, maskPeople } from './log-errors.ts'

test('an error is logged with its reason and without the people in it, however deep', () => {
  const cause = Object.assign(new Error('550 5.1.1 <asha.k@example.com>: no such box'), { rejected: ['x@y.example'] })
  const error = Object.assign(
    new Error("Twilio answered 400 (21211: The 'To' number +919812345678 is not valid)", { cause }),
    {
      envelope: { to: ['asha.k@example.com'] },
      meta: { detail: 'Key (lower(username), x)=(asha) already exists.' },
    },
  )
  const text = JSON.stringify(errorForLog(error))
  expect(text).toContain('21211')
  expect(text).toContain('550 5.1.1')
  expect(text).not.toMatch(/asha|9812345678|y\.example/)
})

test('paths, versions and times stay as they are', () => {
  const text =
    'at f (/srv/node_modules/.pnpm/@prisma+client@7.10.0_prisma@7.10.0_@types+react@19.3.0/node_modules/@prisma/client/src/x.ts:861:18) 2026-11-21T10:00:00+00:00 +5 ms'
  expect(maskPeople(text)).toBe(text)
})

test('an error that refers to itself is logged all the same', () => {
  const error: Error & { self?: unknown } = new Error('round a@b.example')
  error.self = { error: { deep: error } }
  expect(errorForLog(error)).toMatchObject({ message: 'round …@…', stack: expect.any(String) })
})

test('what is secret is left out of whatever is logged beside it', () => {
  const lines: string[] = []
  const log = createLogger({ logLevel: 'info' }, { write: (line: string) => void lines.push(line) })
  const names = [
    'password',
    'currentPassword',
    'newPassword',
    'passwordHash',
    'proof',
    'accessToken',
    'refreshToken',
    'codeHash',
    'otp',
    'holdToken',
  ]
  const secrets = Object.fromEntries(names.map((name) => [name, `hidden-${name}`]))
  log.info({ ...secrets, body: secrets, err: new Error('to asha@example.com') }, 'said')
  expect(lines.join()).toContain('said')
  expect(lines.join()).not.toMatch(/hidden-|asha/)
})
