// Everything the browser tests need, thrown away afterwards: Postgres, Redis, the demo data, the API with the built web
// app, and the worker, on E2E_PORT. Playwright starts and stops it.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stopChild } from '../scripts/services/processes.ts'
import { startThrowaway } from '../scripts/services/throwaway.ts'
import { API_MAIN, ROOT, WEB_DIST, WORKER_MAIN } from '../scripts/stack/paths.ts'
import { toldToStop } from '../scripts/stack/shutdown.ts'
import { build, quietly } from '../scripts/stack/steps.ts'

const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning']
const told = toldToStop()
const port = process.env.E2E_PORT
if (!port) throw new Error('E2E_PORT is not set')

const [services] = await Promise.all([startThrowaway('marquee_e2e'), existsSync(WEB_DIST) ? undefined : build()])
const secret = () => randomBytes(24).toString('base64url')
const gatewayFile = path.join(tmpdir(), `marquee-e2e-gateway-${process.pid}.sqlite`)
const env = {
  PATH: process.env.PATH,
  NODE_ENV: 'development',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  PORT: port,
  PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
  WEB_DIST,
  DATABASE_URL: services.databaseUrl,
  REDIS_URL: services.redisUrl,
  DEV_GATEWAY_FILE: gatewayFile,
  JWT_SECRET: secret(),
  TICKET_SIGNING_KEY: secret(),
  PAYMENT_KEY_SECRET: secret(),
  PAYMENT_WEBHOOK_SECRET: secret(),
  // All browsers come from one address.
  RATE_LIMIT_SCALE: '1000',
}

const children: ChildProcess[] = []
let reason: string | Error
try {
  await quietly('Loading the demo data', process.execPath, [...NODE_OPTIONS, 'scripts/seed.ts'], env)
  for (const main of [API_MAIN, WORKER_MAIN])
    children.push(
      spawn(process.execPath, [...NODE_OPTIONS, main], { cwd: ROOT, env, stdio: 'inherit', detached: true }),
    )
  const ended = children.map(
    (child, i) =>
      new Promise<Error>((resolve) =>
        child.once('exit', (code) => resolve(new Error(`${i === 0 ? 'api' : 'worker'} ended (${code})`))),
      ),
  )
  reason = await Promise.race([told, ...ended])
} catch (error) {
  reason = error as Error
}
for (const child of children) await stopChild(child, 'SIGTERM', 12_000)
await services.stop()
for (const file of [gatewayFile, `${gatewayFile}-wal`, `${gatewayFile}-shm`]) rmSync(file, { force: true })
if (reason instanceof Error) {
  console.error(reason.message)
  process.exit(1)
}
process.exit(0)
