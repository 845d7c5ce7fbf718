import { createHmac, hkdfSync } from 'node:crypto'
import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Config } from '../../config.ts'

/** manage: everything about the alerts of one contact. unsubscribe: one channel, off. */
export type LinkScope = 'manage' | 'unsubscribe'

export type SignedLink = {
  contactId: string
  /** ContactPoint.linkVersion when it was signed: raising that ends every link before. */
  linkVersion: number
  scope: LinkScope
  channel?: AlertChannel | undefined
  expiresAt: Date
}

type KeyCtx = { config: Pick<Config, 'alerts'> }

/** Their place is what stands in a link: only ever add to the ends. */
export const LINK_SCOPES: LinkScope[] = ['manage', 'unsubscribe']
export const LINK_CHANNELS: AlertChannel[] = ['in_app', 'push', 'sms', 'email', 'call']
export const LINK_FORMAT = 1
export const NO_CHANNEL = 255
/** Format, scope, channel, version (2), expiry in seconds (4), contact (16). */
export const BODY_BYTES = 25
/** 128 bits: as safe as the whole for a link, and it has to fit a text message. */
export const MAC_BYTES = 16

const keys = new WeakMap<Config['alerts'], Buffer>()

export function linkMac({ config: { alerts } }: KeyCtx, body: Uint8Array): Buffer {
  const key = keys.get(alerts) ?? Buffer.from(hkdfSync('sha256', alerts.contactKey, '', 'marquee link', 32))
  keys.set(alerts, key)
  return createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES)
}

/** 55 characters that stand for a contact until they expire: no account is needed, and nothing can be read from them. */
export function signLink(ctx: KeyCtx, link: SignedLink): string {
  const body = Buffer.alloc(BODY_BYTES)
  body.writeUInt8(LINK_FORMAT, 0)
  body.writeUInt8(LINK_SCOPES.indexOf(link.scope), 1)
  body.writeUInt8(link.channel ? LINK_CHANNELS.indexOf(link.channel) : NO_CHANNEL, 2)
  body.writeUInt16BE(link.linkVersion, 3)
  body.writeUInt32BE(Math.floor(link.expiresAt.getTime() / 1000), 5)
  body.write(link.contactId.replaceAll('-', ''), 9, 'hex')
  return Buffer.concat([body, linkMac(ctx, body)]).toString('base64url')
}
