import { expect, test } from 'vitest'
import { hashContact, sealContact, unsealContact } from './seal.ts'

const keyed = (contactKey: string) => ({ config: { alerts: { contactKey } } })
const ctx = keyed('a key of at least sixteen')
const sealed = (kind: 'phone' | 'email', value: string, by = ctx) => ({
  kind,
  hash: hashContact(by, kind, value),
  sealed: sealContact(by, kind, value),
})

test('a number is opened as it was closed, an address in lower case', () => {
  expect(unsealContact(ctx, sealed('phone', '+919876543210'))).toBe('+919876543210')
  expect(unsealContact(ctx, sealed('email', ' Asha@Example.COM '))).toBe('asha@example.com')
})

test('nothing of it can be read, and no two look alike', () => {
  const once = sealContact(ctx, 'phone', '+919876543210')
  expect(Buffer.from(once, 'base64url').toString('latin1')).not.toContain('9876')
  expect(sealContact(ctx, 'phone', '+919876543210')).not.toBe(once)
})

test('one person has one hash, by one key; a number is no address', () => {
  expect(hashContact(ctx, 'email', 'ASHA@example.com')).toBe(hashContact(ctx, 'email', 'asha@example.com'))
  expect(hashContact(ctx, 'phone', '+919876543210')).not.toBe(hashContact(ctx, 'phone', '+919876543211'))
  expect(hashContact(ctx, 'phone', 'x')).not.toBe(hashContact(ctx, 'email', 'x'))
  expect(hashContact(keyed('another key, long enough'), 'phone', 'x')).not.toBe(hashContact(ctx, 'phone', 'x'))
})

test('changed, cut, moved to another contact or closed by another key, it does not open', () => {
  const contact = sealed('phone', '+919876543210')
  const bytes = Buffer.from(contact.sealed, 'base64url')
  for (const at of [0, 13, 30]) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unsealContact(ctx, { ...contact, sealed: changed.toString('base64url') })).toThrow()
  }
  for (const length of [0, 27, 28, bytes.length - 1])
    expect(() => unsealContact(ctx, { ...contact, sealed: bytes.subarray(0, length).toString('base64url') })).toThrow()
  expect(() => unsealContact(ctx, { ...contact, hash: hashContact(ctx, 'phone', '+919876543211') })).toThrow()
  expect(() => unsealContact(ctx, { ...contact, kind: 'email' })).toThrow()
  expect(() => unsealContact(keyed('another key, long enough'), contact)).toThrow()
})
