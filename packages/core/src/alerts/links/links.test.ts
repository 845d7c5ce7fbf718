import { expect, test } from 'vitest'
import { newId } from '../../ids.ts'
import { parseLink } from './read-link.ts'
import { LINK_CHANNELS, signLink } from './sign-link.ts'

const keyed = (contactKey: string) => ({ config: { alerts: { contactKey } } }) as Parameters<typeof parseLink>[0]
const ctx = keyed('a key of at least sixteen')
const link = {
  contactId: newId(),
  linkVersion: 7,
  scope: 'manage',
  channel: undefined,
  expiresAt: new Date('2027-03-01T12:00:00Z'),
} as const

test('says what was signed, short enough for a text message', () => {
  const token = signLink(ctx, link)
  expect(parseLink(ctx, token)).toEqual(link)
  expect(token).toMatch(/^[\w-]{55}$/)
})

test('every channel comes back as itself', () => {
  for (const channel of LINK_CHANNELS)
    expect(parseLink(ctx, signLink(ctx, { ...link, scope: 'unsubscribe', channel }))).toMatchObject({ channel })
})

test('nothing else is one of ours: no bit of it may change', () => {
  const token = signLink(ctx, link)
  const bytes = Buffer.from(token, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(parseLink(ctx, changed.toString('base64url'))).toBeNull()
  }
  for (const other of ['', 'x', token.slice(1), `${token}A`, `${token}=`, ` ${token}`, token.slice(0, 54)])
    expect(parseLink(ctx, other)).toBeNull()
  expect(parseLink(keyed('another key, long enough'), token)).toBeNull()
})
