import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import pg from 'pg'
import { inject } from 'vitest'
import type { Clock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { type Ctx, createContext } from '../context.ts'
import { type FakeGateway, fakeGateway } from './fake-gateway.ts'
import { type FakeMail, fakeMail } from './fake-mail.ts'
import { type FakeSms, fakeSms } from './fake-sms.ts'
import { type FakeVoice, fakeVoice } from './fake-voice.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated, empty database to clone. Nobody may connect to it. */
    templateUrl: string
    redisUrl: string
  }
}

/** The test run's Redis has this many databases; database 0 only counts who took which. */
const REDIS_DATABASES = 1024

export type TestDatabase = {
  databaseUrl: string
  redisUrl: string
  /** For SEAT_LOCK_PREFIX: channels are not per Redis database, so keys and channels carry a prefix as well. */
  prefix: string
  drop(): Promise<void>
}

/** A migrated Postgres database and an empty Redis database that nobody else uses. About 40 ms. */
export async function testDatabase(): Promise<TestDatabase> {
  const prefix = `t${randomBytes(5).toString('hex')}`
  const template = new URL(inject('templateUrl'))
  const databaseUrl = withPath(template, prefix)
  await onServer(template, `CREATE DATABASE "${prefix}" TEMPLATE "${template.pathname.slice(1)}" STRATEGY FILE_COPY`)
  const redisUrl = await takeRedisDatabase(inject('redisUrl'))
  return {
    databaseUrl,
    redisUrl,
    prefix,
    drop: () => onServer(template, `DROP DATABASE IF EXISTS "${prefix}" WITH (FORCE)`),
  }
}

export type TestContext = Omit<Ctx, 'gateway' | 'mail' | 'sms' | 'voice'> & {
  gateway: FakeGateway
  mail: FakeMail
  sms: FakeSms
  voice: FakeVoice
  /** The environment this context was read from, to give to a child process. */
  env: Record<string, string>
  database: TestDatabase
}

export type TestContextOptions = {
  /** Share another context's databases, to play a second process. Closing then leaves them alone. */
  database?: TestDatabase
  /** On top of the test environment: names as in .env. */
  env?: Record<string, string>
  clock?: Clock
  gateway?: FakeGateway
  mail?: FakeMail
  sms?: FakeSms
  voice?: FakeVoice
}

/** Everything a verb needs, on real Postgres and Redis, with recording vendors. `close` also drops the database. */
export async function testContext(options: TestContextOptions = {}): Promise<TestContext> {
  const database = options.database ?? (await testDatabase())
  const env = { ...testEnvironment(database), ...options.env }
  const gateway = options.gateway ?? fakeGateway()
  const mail = options.mail ?? fakeMail()
  const sms = options.sms ?? fakeSms()
  const { clock } = options
  const voice = options.voice ?? fakeVoice(clock && (() => clock.now()))
  const ctx = createContext(
    readConfig(env),
    () => ({ gateway, mail, sms, voice }),
    options.clock ? { clock: options.clock } : {},
  )
  // The link opens in the background; a test that starts at once would take the path for a Redis that is away.
  if (!ctx.redis.available) await new Promise<void>((resolve) => ctx.redis.onBack(resolve))
  return {
    ...ctx,
    gateway,
    mail,
    sms,
    voice,
    env,
    database,
    async close() {
      await ctx.close()
      if (!options.database) await database.drop()
    },
  }
}

function testEnvironment(database: TestDatabase): Record<string, string> {
  const secret = () => randomBytes(24).toString('base64url')
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: database.databaseUrl,
    DATABASE_POOL: '10',
    REDIS_URL: database.redisUrl,
    SEAT_LOCK_PREFIX: database.prefix,
    JWT_SECRET: secret(),
    TICKET_SIGNING_KEY: secret(),
    CONTACT_KEY: secret(),
    PAYMENT_KEY_SECRET: secret(),
    PAYMENT_WEBHOOK_SECRET: secret(),
    RATE_LIMIT_SCALE: '1000',
    DEV_GATEWAY_FILE: ':memory:',
    DEV_CARRIER_FILE: ':memory:',
    DEV_CINEMA_FILE: ':memory:',
  }
}

async function takeRedisDatabase(url: string): Promise<string> {
  const counter = new Redis(url)
  const turn = await counter.incr('marquee:test-databases')
  await counter.quit()
  const own = `${url}/${1 + (turn % (REDIS_DATABASES - 1))}`
  // Only after a thousand test files does a number come round again.
  const fresh = new Redis(own)
  await fresh.flushdb()
  await fresh.quit()
  return own
}

async function onServer(template: URL, sql: string) {
  const client = new pg.Client({ connectionString: withPath(template, 'postgres') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function withPath(url: URL, database: string): string {
  const copy = new URL(url)
  copy.pathname = `/${database}`
  return copy.href
}
