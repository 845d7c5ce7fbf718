import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto'
import type { Config } from '../config.ts'

/**
 * What a ticket's QR code carries: version (1 byte), booking id (16), issued at in Unix seconds (4), and an Ed25519
 * signature of these 21 bytes (64). 114 characters, so the code stays coarse enough for a cracked phone. Public-key
 * signing, so that a scanner at a door can check tickets without a secret that could make them.
 */
const VERSION = 1
const BODY_BYTES = 21
const TOKEN_BYTES = BODY_BYTES + 64
/** The frame of an Ed25519 private key in PKCS #8 (RFC 8410); its 32 bytes of seed follow. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

export type TicketKeys = { privateKey: KeyObject; publicKey: KeyObject }
export type TicketClaim = { bookingId: string; issuedAt: Date }

let kept: { secret: string; keys: TicketKeys } | undefined

/** The signing pair of this installation, derived from TICKET_SIGNING_KEY: the same on every machine. */
export function ticketKeys({ tickets }: Pick<Config, 'tickets'>): TicketKeys {
  if (kept?.secret !== tickets.signingKey) {
    const seed = Buffer.from(hkdfSync('sha256', tickets.signingKey, 'marquee', 'ticket-signature/1', 32))
    const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
    kept = { secret: tickets.signingKey, keys: { privateKey, publicKey: createPublicKey(privateKey) } }
  }
  return kept.keys
}

export function signTicket({ privateKey }: TicketKeys, { bookingId, issuedAt }: TicketClaim): string {
  const body = Buffer.alloc(BODY_BYTES)
  body[0] = VERSION
  body.write(bookingId.replaceAll('-', ''), 1, 'hex')
  body.writeUInt32BE(Math.floor(issuedAt.getTime() / 1000), 17)
  return Buffer.concat([body, sign(null, body, privateKey)]).toString('base64url')
}

/** Null for anything we did not sign, exactly as it stands: another spelling of the same bytes is refused too. */
export function readTicket({ publicKey }: Pick<TicketKeys, 'publicKey'>, token: string): TicketClaim | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== token || bytes[0] !== VERSION) return null
  const body = bytes.subarray(0, BODY_BYTES)
  if (!verify(null, body, publicKey, bytes.subarray(BODY_BYTES))) return null
  const hex = body.toString('hex', 1, 17)
  const bookingId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { bookingId, issuedAt: new Date(body.readUInt32BE(17) * 1000) }
}
