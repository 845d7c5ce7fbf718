// Everything the browser tests need, thrown away afterwards: Postgres, Redis, the demo data, the API with the built web
// app on E2E_PORT, a second one whose holds last seconds, and the worker. Playwright starts and stops it. E2E_STAGE names
// the file that tells the tests where all of it is.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../scripts/services/ports.ts'
import { stopChild } from '../scripts/services/processes.ts'
import { startThrowaway } from '../scripts/services/throwaway.ts'
import { API_MAIN, ROOT, WEB_DIST, WORKER_MAIN } from '../scripts/stack/paths.ts'
import { toldToStop } from '../scripts/stack/shutdown.ts'
import { build, quietly } from '../scripts/stack/steps.ts'
import { COMPILE_CACHE } from '../scripts/testing/platform.ts'

/** Long enough to walk from the hall to the checkout on a busy machine. */
const SHORT_HOLD_MS = 4_000
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning']
const told = toldToStop()
const { E2E_PORT: port, E2E_STAGE: stageFile, WEB_DIST: webDist = WEB_DIST } = process.env
if (!port || !stageFile) throw new Error('E2E_PORT or E2E_STAGE is not set')

const [services, shortPort] = await Promise.all([
  startThrowaway('marquee_e2e'),
  freePort(),
  // Of what is there now, not of what was built some day; a moment when nothing has changed.
  webDist === WEB_DIST ? build() : undefined,
])
const secret = () => randomBytes(24).toString('base64url')
const gatewayFile = path.join(tmpdir(), `marquee-e2e-gateway-${process.pid}.sqlite`)
const carrierFile = path.join(tmpdir(), `marquee-e2e-carrier-${process.pid}.sqlite`)
const cinemaFile = path.join(tmpdir(), `marquee-e2e-cinema-${process.pid}.sqlite`)
const env = {
  PATH: process.env.PATH,
  NODE_ENV: 'development',
  NODE_COMPILE_CACHE: COMPILE_CACHE,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  PORT: port,
  PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
  WEB_DIST: webDist,
  DATABASE_URL: services.databaseUrl,
  REDIS_URL: services.redisUrl,
  DEV_GATEWAY_FILE: gatewayFile,
  DEV_CARRIER_FILE: carrierFile,
  DEV_CINEMA_FILE: cinemaFile,
  // What opened is looked at twice before anybody is told; here at once.
  MONITOR_CONFIRM_MS: '500',
  JWT_SECRET: secret(),
  TICKET_SIGNING_KEY: secret(),
  CONTACT_KEY: secret(),
  PAYMENT_KEY_SECRET: secret(),
  PAYMENT_WEBHOOK_SECRET: secret(),
  // All browsers come from one address.
  RATE_LIMIT_SCALE: '1000',
}
/** The same house, but a hold ends before a test loses its patience. Webhooks and the worker belong to the first. */
const shortEnv = {
  ...env,
  PORT: String(shortPort),
  PUBLIC_BASE_URL: `http://127.0.0.1:${shortPort}`,
  PAYMENT_BASE_URL: `${env.PUBLIC_BASE_URL}/dev/gateway`,
  SEAT_LOCK_TTL_MS: String(SHORT_HOLD_MS),
  HOLD_MAX_MS: String(SHORT_HOLD_MS),
}

const children: ChildProcess[] = []
let reason: string | Error
try {
  await quietly('Loading the demo data', process.execPath, [...NODE_OPTIONS, 'scripts/seed.ts'], env)
  const ended: Promise<Error>[] = []
  const start = (name: string, main: string, its: NodeJS.ProcessEnv) => {
    const child = spawn(process.execPath, [...NODE_OPTIONS, main], {
      cwd: ROOT,
      env: its,
      stdio: 'inherit',
      detached: true,
    })
    children.push(child)
    ended.push(
      new Promise((resolve) => child.once('exit', (code) => resolve(new Error(`the ${name} ended (${code})`)))),
    )
  }
  writeFileSync(stageFile, JSON.stringify({ env, shortUrl: shortEnv.PUBLIC_BASE_URL, shortHoldMs: SHORT_HOLD_MS }), {
    mode: 0o600,
  })
  start('api with short holds', API_MAIN, shortEnv)
  start('worker', WORKER_MAIN, env)
  // The first one answers last: its health is what Playwright waits for.
  const ready = answering(`${shortEnv.PUBLIC_BASE_URL}/api/health`).then(() => start('api', API_MAIN, env))
  reason = await Promise.race([told, ready.then(() => Promise.race([told, ...ended])), ...ended])
} catch (error) {
  reason = error as Error
}
for (const child of children) await stopChild(child, 'SIGTERM', 12_000)
await services.stop()
rmSync(stageFile, { force: true })
for (const file of [gatewayFile, carrierFile, cinemaFile])
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true })
if (reason instanceof Error) {
  console.error(reason.message)
  process.exit(1)
}
process.exit(0)

async function answering(url: string) {
  const end = performance.now() + 60_000
  while (performance.now() < end) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await sleep(50)
  }
  throw new Error(`${url} does not answer`)
}
