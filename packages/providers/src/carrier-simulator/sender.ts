import { randomBytes } from 'node:crypto'
import { request } from 'undici'
import type { CarrierName } from '../carriers/carrier-request.ts'
import { signPlivo, signPlivoText, signTwilio } from '../carriers/signatures.ts'
import type { World } from './world.ts'

const ANSWER_WITHIN_MS = 10_000
const MOST_BYTES = 256 * 1024

export type SendOptions = {
  /** Where an address really is, when the name it has for the outside does not lead there from here. */
  reach?: ((url: string) => string) | undefined
  /** Only these are called; all, when there is no list. */
  allowedOrigins?: string[] | undefined
}
export type Sent = { status: number; text: string }

/**
 * One request to us, signed as the vendor signs it. `about` chooses the signature: Plivo has an older one for texts.
 * @returns status 0 when there was no answer
 */
export async function send(
  { accounts }: World,
  options: SendOptions,
  about: { wire: CarrierName; text: boolean; url: string; method: string; fields: Record<string, string> },
): Promise<Sent> {
  const { wire, fields, method } = about
  const url = method === 'GET' ? withQuery(about.url, fields) : about.url
  const posted = method === 'GET' ? {} : fields
  const nonce = BigInt(`0x${randomBytes(8).toString('hex')}`).toString()
  const headers: Record<string, string> = { 'user-agent': wire === 'plivo' ? 'Plivo' : 'TwilioProxy/1.1' }
  if (wire === 'twilio') headers['x-twilio-signature'] = signTwilio(accounts.twilio?.authToken ?? '', url, posted)
  else if (about.text) {
    headers['x-plivo-signature-v2'] = signPlivoText(accounts.plivo?.authToken ?? '', url, nonce)
    headers['x-plivo-signature-v2-nonce'] = nonce
  } else {
    headers['x-plivo-signature-v3'] = signPlivo(accounts.plivo?.authToken ?? '', method, url, posted, nonce)
    headers['x-plivo-signature-v3-nonce'] = nonce
  }
  if (options.allowedOrigins && !options.allowedOrigins.includes(new URL(url).origin)) return { status: 0, text: '' }
  try {
    const answer = await request(options.reach?.(url) ?? url, {
      method: method === 'GET' ? 'GET' : 'POST',
      headers: { ...headers, ...(method !== 'GET' && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(method !== 'GET' && { body: new URLSearchParams(posted).toString() }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    const text = await answer.body.text()
    return { status: answer.statusCode, text: text.slice(0, MOST_BYTES) }
  } catch {
    return { status: 0, text: '' }
  }
}

function withQuery(url: string, fields: Record<string, string>): string {
  const query = new URLSearchParams(fields).toString()
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}
