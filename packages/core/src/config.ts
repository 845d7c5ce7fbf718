import { z } from 'zod'
import { CARRIER_ENV, carrierProblems, carrierSettings } from './config-carriers.ts'

const bool = z.stringbool().default(false)
const RAZORPAY = 'https://api.razorpay.com'
const secret = z.string().min(16, 'use at least 16 characters')

/** Of nobody: the number that forms are explained with. */
const DEMO_GSTIN = '36AAAAA0000A1Z5'

const Env = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  PUBLIC_BASE_URL: z.url().optional(),
  FRONTEND_ORIGIN: z.string().optional(),
  TRUST_PROXY: bool,
  WEB_DIST: z.string().optional(),

  DATABASE_URL: z.string().optional(),
  DB_USER: z.string().optional(),
  DB_PASSWORD: z.string().optional(),
  DB_HOST: z.string().optional(),
  DB_PORT: z.coerce.number().int().default(5432),
  DB_NAME: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(16),
  REDIS_URL: z.string(),

  JWT_SECRET: secret,
  TICKET_SIGNING_KEY: secret,
  CONTACT_KEY: secret,
  ADMIN_EMAIL: z.email().toLowerCase().optional(),

  SEAT_LOCK_TTL_MS: z.coerce.number().int().min(1_000).max(900_000).default(180_000),
  HOLD_MAX_MS: z.coerce.number().int().min(1_000).max(3_600_000).default(480_000),
  PAYMENT_GRACE_MS: z.coerce.number().int().min(0).max(900_000).default(120_000),
  SEAT_LOCK_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,32}$/)
    .default('marquee'),
  CONVENIENCE_FEE_PERCENT: z.coerce.number().min(0).max(50).default(6),
  FEE_TAX_PERCENT: z.coerce.number().min(0).max(50).default(18),

  SELLER_NAME: z.string().max(100).default('Marquee Tickets (demo)'),
  SELLER_ADDRESS: z.string().max(300).default('1 Foyer Road, Begumpet, Hyderabad 500016'),
  SELLER_STATE: z.string().max(60).default('Telangana'),
  SELLER_GSTIN: z
    .string()
    .regex(/^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]$/, 'a GSTIN has 15 characters, such as 36AAAAA0000A1Z5')
    .optional(),

  PAYMENT_GATEWAY: z.enum(['dev', 'razorpay']).default('dev'),
  PAYMENT_KEY_ID: z.string().default('rzp_dev_marquee'),
  PAYMENT_KEY_SECRET: secret,
  PAYMENT_WEBHOOK_SECRET: secret,
  PAYMENT_WEBHOOK_SECRET_PREVIOUS: secret.optional(),
  PAYMENT_BASE_URL: z.url().optional(),
  DEV_GATEWAY_FILE: z.string().default('.data/dev-gateway.sqlite'),
  DEV_CINEMA_FILE: z.string().default('.data/dev-cinema.sqlite'),

  MAIL_PROVIDER: z.enum(['console', 'smtp']).default('console'),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('Marquee <tickets@marquee.example>'),

  ...CARRIER_ENV,

  MONITOR_INTERVAL_MS: z.coerce.number().int().min(10_000).max(86_400_000).default(1_800_000),
  MONITOR_CONFIRM_MS: z.coerce.number().int().min(0).max(60_000).default(20_000),
  MONITOR_USER_AGENT: z.string().max(200).optional(),
  VAPID_PUBLIC_KEY: z.string().max(200).optional(),
  VAPID_PRIVATE_KEY: z.string().max(200).optional(),

  JOB_LOCK_MS: z.coerce.number().int().min(200).max(600_000).default(15_000),
  RATE_LIMIT_SCALE: z.coerce.number().min(0.01).max(100_000).default(1),
  CRASH_AT: z.string().optional(),
})

/** How much looser an operator may make the limits, for a crowd behind one address. */
const MOST_SCALE = 20

const isPrivateAddress = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** Of Razorpay's two kinds: it would confirm bookings that nobody paid. */
const TEST_KEYS = 'rzp_test_'

/** Every environment variable there is; `.env.example` is checked against it. */
export const ENV_NAMES = Object.keys(Env.shape)

export type Config = ReturnType<typeof readConfig>

/**
 * Reads the environment once, at the start of a process. Nothing else touches process.env.
 * @throws Error that lists every problem at once, by variable name.
 */
export function readConfig(env: Record<string, string | undefined>) {
  // An empty line in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in Env.shape && value !== ''))
  const parsed = Env.safeParse(given)
  const problems = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`)
  const e = parsed.data
  const databaseUrl = given.DATABASE_URL ?? urlFromParts(given)
  if (!databaseUrl) problems.push('DATABASE_URL: set it, or DB_USER, DB_PASSWORD, DB_HOST, DB_PORT and DB_NAME')
  if (e?.NODE_ENV === 'production') {
    if (e.PAYMENT_GATEWAY === 'dev')
      problems.push('PAYMENT_GATEWAY: the development gateway takes no money and is refused in production')
    if (e.PAYMENT_KEY_ID.startsWith(TEST_KEYS))
      problems.push(`PAYMENT_KEY_ID: ${TEST_KEYS}… keys take no money and are refused in production`)
    // A simulator under the real gateway's name would be no better.
    if (e.PAYMENT_BASE_URL && new URL(e.PAYMENT_BASE_URL).origin !== RAZORPAY)
      problems.push(`PAYMENT_BASE_URL: only ${RAZORPAY} takes money in production; leave it empty`)
    if (e.MAIL_PROVIDER === 'console')
      problems.push('MAIL_PROVIDER: console sends nothing and is refused in production')
    if (e.CRASH_AT) problems.push('CRASH_AT: is for tests')
    // Without it the session's cookie is sent in the clear. On this machine itself there is nobody to read it.
    if (e.PUBLIC_BASE_URL && !isPrivateAddress(new URL(e.PUBLIC_BASE_URL)))
      problems.push('PUBLIC_BASE_URL: use https, or sessions could be read on their way')
    if (e.RATE_LIMIT_SCALE > MOST_SCALE)
      problems.push(`RATE_LIMIT_SCALE: above ${MOST_SCALE} the limits protect nobody; it is for load tests`)
  }
  if (e?.MAIL_PROVIDER === 'smtp' && !e.SMTP_URL) problems.push('SMTP_URL: needed when MAIL_PROVIDER is smtp')
  if (e) problems.push(...carrierProblems(e))
  if (e?.PAYMENT_GATEWAY === 'razorpay' && !given.PAYMENT_KEY_ID)
    problems.push('PAYMENT_KEY_ID: needed when PAYMENT_GATEWAY is razorpay')
  if (!e || !databaseUrl || problems.length > 0)
    throw new Error(`Configuration is not complete:\n  ${problems.join('\n  ')}`)

  /** Where workers reach the simulators in the API: all of them are where the gateway is. */
  const simulators =
    e.PAYMENT_GATEWAY === 'dev' && e.PAYMENT_BASE_URL
      ? new URL(e.PAYMENT_BASE_URL).origin
      : `http://127.0.0.1:${e.PORT}`
  const publicBaseUrl = (e.PUBLIC_BASE_URL ?? `http://localhost:${e.PORT}`).replace(/\/$/, '')
  return {
    mode: e.NODE_ENV,
    logLevel: e.LOG_LEVEL,
    http: {
      host: e.HOST,
      port: e.PORT,
      publicBaseUrl,
      origins: (e.FRONTEND_ORIGIN ?? publicBaseUrl).split(',').map((o) => o.trim().replace(/\/$/, '')),
      trustProxy: e.TRUST_PROXY,
      webDist: e.WEB_DIST,
      rateLimitScale: e.RATE_LIMIT_SCALE,
    },
    database: { url: databaseUrl, pool: e.DATABASE_POOL },
    redis: { url: e.REDIS_URL },
    auth: {
      jwtSecret: e.JWT_SECRET,
      adminEmail: e.ADMIN_EMAIL,
      accessTtlSeconds: 15 * 60,
      refreshTtlSeconds: 30 * 24 * 3600,
    },
    holds: {
      ttlMs: e.SEAT_LOCK_TTL_MS,
      maxMs: e.HOLD_MAX_MS,
      paymentGraceMs: e.PAYMENT_GRACE_MS,
      prefix: e.SEAT_LOCK_PREFIX,
    },
    pricing: { convenienceFeePercent: e.CONVENIENCE_FEE_PERCENT, feeTaxPercent: e.FEE_TAX_PERCENT },
    /** Who issues the invoices. Without a GSTIN they are not tax invoices, and say so. */
    seller: {
      name: e.SELLER_NAME,
      address: e.SELLER_ADDRESS,
      state: e.SELLER_STATE,
      gstin: e.SELLER_GSTIN ?? (e.NODE_ENV === 'production' ? null : DEMO_GSTIN),
    },
    payments: {
      gateway: e.PAYMENT_GATEWAY,
      keyId: e.PAYMENT_KEY_ID,
      keySecret: e.PAYMENT_KEY_SECRET,
      webhookSecret: e.PAYMENT_WEBHOOK_SECRET,
      previousWebhookSecret: e.PAYMENT_WEBHOOK_SECRET_PREVIOUS,
      baseUrl:
        e.PAYMENT_BASE_URL ?? (e.PAYMENT_GATEWAY === 'dev' ? `http://127.0.0.1:${e.PORT}/dev/gateway` : RAZORPAY),
      devFile: e.DEV_GATEWAY_FILE,
    },
    tickets: { signingKey: e.TICKET_SIGNING_KEY },
    mail: { provider: e.MAIL_PROVIDER, smtpUrl: e.SMTP_URL, from: e.MAIL_FROM },
    ...carrierSettings(e, simulators),
    alerts: { contactKey: e.CONTACT_KEY },
    monitor: {
      intervalMs: e.MONITOR_INTERVAL_MS,
      confirmMs: e.MONITOR_CONFIRM_MS,
      userAgent: e.MONITOR_USER_AGENT ?? `MarqueeBot/1.0 (+${publicBaseUrl}/bot)`,
    },
    push:
      e.VAPID_PUBLIC_KEY && e.VAPID_PRIVATE_KEY
        ? {
            publicKey: e.VAPID_PUBLIC_KEY,
            privateKey: e.VAPID_PRIVATE_KEY,
            // Whom a push service writes to when something is wrong with what we send.
            subject: `mailto:${/<(.+)>/.exec(e.MAIL_FROM)?.[1] ?? e.MAIL_FROM}`,
          }
        : null,
    /** The development cinema, an outside site that is there to be watched. */
    devCinema: {
      file: e.DEV_CINEMA_FILE,
      baseUrl: `${simulators}/dev/cinema`,
    },
    jobs: { lockMs: e.JOB_LOCK_MS },
    crashAt: e.CRASH_AT,
  }
}

/** Passwords may hold any character: each part is encoded. */
function urlFromParts(env: Record<string, string | undefined>): string | undefined {
  const { DB_USER, DB_PASSWORD, DB_HOST, DB_PORT = '5432', DB_NAME } = env
  if (!DB_USER || !DB_HOST || !DB_NAME) return undefined
  const password = DB_PASSWORD ? `:${encodeURIComponent(DB_PASSWORD)}` : ''
  return `postgresql://${encodeURIComponent(DB_USER)}${password}@${DB_HOST}:${DB_PORT}/${encodeURIComponent(DB_NAME)}`
}
