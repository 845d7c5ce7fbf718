import { hash, randomBytes, randomInt } from 'node:crypto'

/** UUID version 7 (RFC 9562, 5.7): sorts by time, so index pages stay warm; the rest is random. */
export function newId(now = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Without 0/O, 1/I/L, 5/S, 2/Z, 8/B and U: it is read aloud at a door. */
const CODE_ALPHABET = '34679ACDEFGHJKMNPQRTVWXY'
/** 24^8 is about 1.1e11 codes; the unique key settles the rest. A seed gives the same code each time (demo data). */
export const newBookingCode = (seed?: Uint8Array) =>
  Array.from(
    { length: 8 },
    (_, i) => CODE_ALPHABET[(seed ? (seed[i] ?? 0) : randomInt(CODE_ALPHABET.length)) % CODE_ALPHABET.length],
  ).join('')

/** 256 random bits, 43 characters. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** How a secret is kept: enough to recognise it, useless to steal. */
export const hashSecret = (secret: string) => hash('sha256', secret, 'base64url')
