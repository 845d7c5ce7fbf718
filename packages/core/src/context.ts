import { createSecretKey, type KeyObject } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { UserRole } from '@marquee/contracts/auth'
import type { MailSender } from '@marquee/providers/mail/mail-sender'
import type { PaymentGateway } from '@marquee/providers/payments/gateway'
import type { PushSender } from '@marquee/providers/push/push-sender'
import type { SmsSender } from '@marquee/providers/sms/sms-sender'
import type { Voice } from '@marquee/providers/voice/voice-caller'
import type pg from 'pg'
import { type DestinationStream, type Logger, pino } from 'pino'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { type Db, openDatabase } from './db.ts'
import { errorForLog } from './log-errors.ts'
import { openRedis, type RedisLink } from './redis.ts'

/** Who asks. Verbs authorise by it; nothing else decides what anybody may do. */
export type Actor =
  | {
      kind: 'user'
      userId: string
      role: UserRole
      jti: string
      /** The session the access token was given out in. */
      sessionId?: string
      /** Until it is done, nothing else is allowed: the API refuses every other route. */
      mustChangePassword?: boolean
    }
  | { kind: 'anonymous' }
  | { kind: 'system' }

/** What verbs need. Each names its share of it with Pick<Ctx, …>: that is its list of dependencies. */
export type Ctx = {
  config: Config
  log: Logger
  clock: Clock
  db: Db
  /** The pool under `db`, for the SQL functions of the hot paths. */
  pool: pg.Pool
  redis: RedisLink
  gateway: PaymentGateway
  mail: MailSender
  sms: SmsSender
  voice: Voice
  /** Null: this installation wakes no browsers. */
  push: PushSender | null
  jwtKey: KeyObject
  /** Ends the process when CRASH_AT names this step; tests put a crash between any two steps with it. */
  crashPoint(step: CrashPoint): void
  close(): Promise<void>
}

/** The boundaries between the steps of a booking at which a process may die. */
export const CRASH_POINTS = [
  'hold:before-answer',
  'checkout:before-commit',
  'checkout:after-commit',
  'order:after-create',
  'settle:before-commit',
  'settle:after-commit',
  'confirmed:before-sold',
  'outbox:after-add',
  'ticket:after-render',
  'mail:after-send',
  'refund:after-ask',
  'cancel:after-commit',
  'free:before-look-again',
  'showtime-cancel:after-booking',
  'watch:before-commit',
  'watch:after-commit',
  'opening:before-commit',
  'opening:after-batch',
  'alert:before-queue',
  'alert:after-intent',
  'alert:after-vendor',
  'alert:after-accepted',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

export type Vendors = {
  gateway: PaymentGateway
  mail: MailSender
  sms: SmsSender
  voice: Voice
  push?: PushSender | null
}

/** Opens everything a process needs. Tests pass their own clock and vendors. */
export function createContext(
  config: Config,
  open: (base: { db: Db }) => Vendors,
  overrides: { clock?: Clock; log?: Logger } = {},
): Ctx {
  const log = overrides.log ?? createLogger(config)
  const { pool, db } = openDatabase(config.database.url, config.database.pool, ({ message }) =>
    // The error carries its whole client: too much to log, and too much to tell.
    log.warn({ reason: message }, 'idle database connection lost'),
  )
  const redis = openRedis(config.redis.url, log)
  const vendors = open({ db })
  return {
    config,
    log,
    clock: overrides.clock ?? systemClock,
    db,
    pool,
    redis,
    ...vendors,
    push: vendors.push ?? null,
    // A KeyObject once, not the string each time: verify is four times as fast.
    jwtKey: createSecretKey(Buffer.from(config.auth.jwtSecret)),
    crashPoint(step) {
      if (config.crashAt === step) process.kill(process.pid, 'SIGKILL')
    },
    async close() {
      const { mail, sms, voice, push } = vendors
      await Promise.allSettled([
        redis.close(),
        mail.close(),
        sms.close(),
        voice.close(),
        push?.close(),
        db.$disconnect(),
      ])
      await pool.end()
    },
  }
}

/** Never in a log, whatever they stand in. Not `code`: errors have one. */
const SECRETS = [
  'password',
  'currentPassword',
  'newPassword',
  'passwordHash',
  'holdToken',
  'accessToken',
  'refreshToken',
  'tokenHash',
  'proof',
  'proofHash',
  'codeHash',
  'otp',
]

/** `destination`: where lines go instead of to the standard output, for tests. */
export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    redact: [
      'req.headers.authorization',
      'req.headers.cookie',
      'req.headers["x-hold-token"]',
      ...SECRETS.flatMap((name) => [name, `*.${name}`]),
    ],
    serializers: { err: errorForLog },
  }
  if (destination) return pino(options, destination)
  return pino({
    ...options,
    // By its file: a name would be looked for beside whichever script was started.
    ...(process.stdout.isTTY && {
      transport: {
        target: fileURLToPath(import.meta.resolve('pino-pretty')),
        options: { ignore: 'pid,hostname' },
      },
    }),
  })
}
