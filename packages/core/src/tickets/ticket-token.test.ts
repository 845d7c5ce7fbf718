import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { readTicket, signTicket, ticketKeys } from './ticket-token.ts'

const keysOf = (signingKey: string) => ticketKeys({ tickets: { signingKey } })
const claim = { bookingId: newId(), issuedAt: new Date('2026-11-21T08:00:00Z') }

test('what was signed is read back, anywhere with the same secret', () => {
  const token = signTicket(keysOf('one secret of ours'), claim)
  keysOf('a secret in between')
  expect(readTicket(keysOf('one secret of ours'), token)).toEqual(claim)
})

test('a token is short enough for a coarse code', () => {
  expect(signTicket(keysOf('one secret of ours'), claim)).toHaveLength(114)
})

test('nobody else’s signature counts', () => {
  const token = signTicket(keysOf('another secret here'), claim)
  expect(readTicket(keysOf('one secret of ours'), token)).toBeNull()
  expect(readTicket(keysOf('one secret of ours'), signTicket(generateKeyPairSync('ed25519'), claim))).toBeNull()
})

test('every changed bit of it is a forgery', () => {
  const keys = keysOf('one secret of ours')
  const bytes = Buffer.from(signTicket(keys, claim), 'base64url')
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes)
    changed[i] = (changed[i] ?? 0) ^ 1
    expect(readTicket(keys, changed.toString('base64url'))).toBeNull()
  }
})

test.each(['', 'x', 'not a token', 'a'.repeat(114), 'é'.repeat(60), '{"bookingId":"1"}', '\0'])(
  '%j is no ticket',
  (token) => {
    expect(readTicket(keysOf('one secret of ours'), token)).toBeNull()
  },
)

test('one ticket has one spelling', () => {
  const keys = keysOf('one secret of ours')
  const token = signTicket(keys, claim)
  for (const spelling of [
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    `${token.replaceAll('_', '/').replaceAll('-', '+')}==`,
  ]) {
    expect(readTicket(keys, spelling)).toBeNull()
  }
})
