import { createHmac, timingSafeEqual } from 'node:crypto'
import { BadCarrierSignature, type CarrierRequest } from './carrier-request.ts'

type Fields = Record<string, string>

// Sorted by code units, as both carriers do.
const sorted = (fields: Iterable<[string, string]>) => [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
const base64Hmac = (hash: 'sha1' | 'sha256', key: string, message: string) =>
  createHmac(hash, key).update(message).digest('base64')

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Plivo's third signature: of the address, the query and the fields, each in the order of their names, and the nonce. */
export function signPlivo(token: string, method: string, url: string, fields: Fields, nonce: string): string {
  const [base = '', queryText = ''] = url.split('#', 1)[0]!.split(/\?(.*)/s)
  const bySameName = sorted(new URLSearchParams(queryText)).map(([name, value]) => `${name}=${value}`)
  const query = bySameName.join('&')
  const posted = method === 'POST' ? sorted(Object.entries(fields)) : []
  const body = posted.map(([name, value]) => name + value).join('')
  const mark = query || posted.length > 0 ? '?' : ''
  const dot = query && posted.length > 0 ? '.' : ''
  return base64Hmac('sha256', token, `${base}${mark}${query}${dot}${body}.${nonce}`)
}

/** The second one, which Plivo still signs messages about texts with: of the address without its query, and the nonce. */
export const signPlivoText = (token: string, url: string, nonce: string) =>
  base64Hmac('sha256', token, `${url.split(/[?#]/, 1)[0]}${nonce}`)

/** Twilio's: of the address as it was given to it, and the fields in the order of their names. */
export const signTwilio = (token: string, url: string, fields: Fields) =>
  base64Hmac('sha1', token, url + sorted(Object.entries(fields)).flat().join(''))

/** @throws BadCarrierSignature */
export function requirePlivo(token: string, request: CarrierRequest): void {
  const { headers, method, url, params } = request
  const nonce = headers['x-plivo-signature-v3-nonce']
  if (!nonce) throw new BadCarrierSignature('Plivo')
  const expected = signPlivo(token, method, url, params, nonce)
  // While a token is being changed there are several, and the main account signs as well.
  requireOne([headers['x-plivo-signature-v3'], headers['x-plivo-signature-ma-v3']], expected)
}

/** For messages about texts. @throws BadCarrierSignature */
export function requirePlivoText(token: string, request: CarrierRequest): void {
  const { headers, url } = request
  const nonce = headers['x-plivo-signature-v2-nonce']
  if (headers['x-plivo-signature-v3']) requirePlivo(token, request)
  else if (!nonce) throw new BadCarrierSignature('Plivo')
  else
    requireOne([headers['x-plivo-signature-v2'], headers['x-plivo-signature-ma-v2']], signPlivoText(token, url, nonce))
}

function requireOne(given: (string | undefined)[], expected: string): void {
  const signatures = given.flatMap((header) => header?.split(',') ?? [])
  if (!signatures.some((signature) => same(signature.trim(), expected))) throw new BadCarrierSignature('Plivo')
}

/** @throws BadCarrierSignature */
export function requireTwilio(token: string, { headers, url, params, method }: CarrierRequest): void {
  const given = headers['x-twilio-signature'] ?? ''
  const fields = method === 'GET' ? {} : params
  // Twilio signs the port with some addresses and without it with others.
  const forms = [url, withPort(url), withoutPort(url)]
  if (!forms.some((form) => same(given, signTwilio(token, form, fields)))) throw new BadCarrierSignature('Twilio')
}

const ORIGIN = /^(https?):\/\/(\[[^\]]*\]|[^/:?#]*)(:\d+)?/
const withoutPort = (url: string) => url.replace(ORIGIN, '$1://$2')
const withPort = (url: string) =>
  url.replace(ORIGIN, (_all, scheme: string, host: string, port?: string) =>
    port ? `${scheme}://${host}${port}` : `${scheme}://${host}:${scheme === 'https' ? 443 : 80}`,
  )
