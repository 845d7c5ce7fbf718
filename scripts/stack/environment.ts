import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { DATA, WEB_DIST } from './paths.ts'

/** What an embedded run makes up for itself, once, so that sessions and tickets outlive a restart. */
const GENERATED = ['JWT_SECRET', 'TICKET_SIGNING_KEY', 'CONTACT_KEY', 'PAYMENT_KEY_SECRET', 'PAYMENT_WEBHOOK_SECRET']

const given = (name: string) => Boolean(process.env[name])
/** DB_USER, DB_HOST and DB_NAME together name a database as well as DATABASE_URL does. */
export const hasOwnDatabase = () => given('DATABASE_URL') || (given('DB_USER') && given('DB_HOST') && given('DB_NAME'))
export const hasOwnRedis = () => given('REDIS_URL')

export type ServiceUrls = { DATABASE_URL?: string; REDIS_URL?: string }

/** The environment the API and the worker are given. What the caller set always wins. */
export function appEnvironment(services: ServiceUrls): NodeJS.ProcessEnv {
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const defaults = {
    LOG_LEVEL: 'info',
    WEB_DIST,
    DEV_GATEWAY_FILE: path.join(DATA, 'dev-gateway.sqlite'),
    DEV_CINEMA_FILE: path.join(DATA, 'dev-cinema.sqlite'),
    DEV_CARRIER_FILE: path.join(DATA, 'dev-carrier.sqlite'),
    // Production is configured, not guessed: there a missing secret is an error.
    ...(process.env.NODE_ENV === 'production' ? {} : generatedSecrets()),
  }
  return { ...defaults, ...services, ...set }
}

function generatedSecrets(): Record<string, string> {
  fs.mkdirSync(DATA, { recursive: true })
  const file = path.join(DATA, 'secrets.json')
  const known = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>) : {}
  if ([...GENERATED, 'VAPID_PRIVATE_KEY'].every((name) => known[name])) return known
  const secrets = { ...newSecrets(), ...known }
  fs.writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

/** One random value for each secret there is, and a pair of keys for web push. */
export const newSecrets = (): Record<string, string> => ({
  ...Object.fromEntries(GENERATED.map((name) => [name, randomBytes(32).toString('base64url')])),
  ...newPushKeys(),
})

/** VAPID's form (RFC 8292): the public key as an uncompressed point of P-256, the private one as its number. */
function newPushKeys() {
  const {
    x = '',
    y = '',
    d = '',
  } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { VAPID_PUBLIC_KEY: point.toString('base64url'), VAPID_PRIVATE_KEY: d }
}
