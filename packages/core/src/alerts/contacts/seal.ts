import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Config } from '../../config.ts'

export type ContactKind = 'phone' | 'email'
type KeyCtx = { config: Pick<Config, 'alerts'> }
type Keys = { seal: Buffer; hash: Buffer }

const IV_BYTES = 12
const TAG_BYTES = 16
const derived = new WeakMap<Config['alerts'], Keys>()

/** One secret, two keys: whoever learns what hashes are made with still opens nothing. */
function keysOf({ config: { alerts } }: KeyCtx): Keys {
  const known = derived.get(alerts)
  if (known) return known
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', alerts.contactKey, '', `marquee contact ${use}`, 32))
  const keys = { seal: derive('seal'), hash: derive('hash') }
  derived.set(alerts, keys)
  return keys
}

/** Numbers as E.164, addresses in lower case: one person has one hash. */
export const canonical = (kind: ContactKind, value: string) =>
  kind === 'email' ? value.trim().toLowerCase() : value.trim()

/** What a contact is found by. Without the key it cannot be tried out, though there are few telephone numbers. */
export function hashContact(ctx: KeyCtx, kind: ContactKind, value: string): string {
  return createHmac('sha256', keysOf(ctx).hash)
    .update(`${kind}:${canonical(kind, value)}`)
    .digest('base64url')
}

/** AES-256-GCM, bound to its own row: a sealed value moved to another contact does not open. */
export function sealContact(ctx: KeyCtx, kind: ContactKind, value: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keysOf(ctx).seal, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(`${kind}:${hashContact(ctx, kind, value)}`))
  const sealed = Buffer.concat([cipher.update(canonical(kind, value), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** @throws Error when it was sealed with another key, for another contact, or was changed since */
export function unsealContact(ctx: KeyCtx, contact: { kind: string; hash: string; sealed: string }): string {
  const bytes = Buffer.from(contact.sealed, 'base64url')
  if (bytes.length <= IV_BYTES + TAG_BYTES) throw new Error('a sealed contact is too short')
  const decipher = createDecipheriv('aes-256-gcm', keysOf(ctx).seal, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(`${contact.kind}:${contact.hash}`))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}
