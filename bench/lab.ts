import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '@marquee/core/config'
import { type Ctx, createContext } from '@marquee/core/context'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'
import { migrateInChild } from '../scripts/database/migrate-in-child.ts'
import { freePort } from '../scripts/services/ports.ts'
import { startPostgres } from '../scripts/services/postgres.ts'
import { until } from '../scripts/services/processes.ts'
import { startRedis } from '../scripts/services/redis.ts'
import { createDatabase } from '../scripts/services/throwaway.ts'
import { API_NODE_OPTIONS } from '../scripts/stack/paths.ts'
import { type Child, startChild } from './child.ts'

export type Api = Child & { port: number; env: Record<string, string> }
export type Lab = {
  databaseUrl: string
  redisUrl: string
  /** This process's own way to the same Postgres and Redis as the API under test. */
  ctx: Ctx
  /** The environment the API runs with. */
  env: Record<string, string>
  start(file: string, env?: Record<string, string>): Promise<Child>
  /** The API itself: apps/api/src/main.ts, as it is started in production. */
  startApi(env?: Record<string, string>): Promise<Api>
  /** A worker: apps/worker/src/main.ts. */
  startWorker(env?: Record<string, string>): Promise<Child>
  /** One more Redis, to be taken away in the middle of a run. */
  startRedis(): Promise<{ url: string; stop(): Promise<void> }>
  stop(): Promise<void>
}

/** Postgres with full durability, as in production, Redis without a file, all on free ports in a temporary folder. */
export async function openLab(): Promise<Lab> {
  const folder = mkdtempSync(path.join(tmpdir(), 'marquee-bench-'))
  chmodSync(folder, 0o755) // Postgres runs as another user when we are root
  const closing: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close().catch((error: unknown) => console.error(error))
  }
  const newRedis = async () => {
    const port = await freePort()
    const redis = await startRedis({ dir: path.join(folder, `redis-${port}`), port, throwaway: true })
    closing.push(() => redis.stop())
    return redis
  }
  try {
    const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), port: await freePort() })
    closing.push(() => postgres.stop())
    const redis = await newRedis()
    await createDatabase(postgres.url(), 'marquee_bench')
    const databaseUrl = postgres.url('marquee_bench')
    await migrateInChild(databaseUrl)
    const secret = () => randomBytes(24).toString('base64url')
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      JWT_SECRET: secret(),
      TICKET_SIGNING_KEY: secret(),
      CONTACT_KEY: secret(),
      PAYMENT_KEY_SECRET: secret(),
      PAYMENT_WEBHOOK_SECRET: secret(),
      DEV_GATEWAY_FILE: path.join(folder, 'gateway.sqlite'),
      DEV_CARRIER_FILE: path.join(folder, 'carrier.sqlite'),
      // The limits are counted and compared on every request, but everybody here is one address.
      RATE_LIMIT_SCALE: '100000',
    }
    const config = readConfig({ ...env, LOG_LEVEL: 'error' })
    const opened = createContext(config, () => ({
      gateway: openGateway(config),
      mail: openMail(config, async () => ({ id: '' })),
      sms: openSms(config, async () => ({ id: '' })),
      voice: openVoice(config),
    }))
    closing.push(() => opened.close())
    if (!opened.redis.available) await new Promise<void>((resolve) => opened.redis.onBack(resolve))
    // A benchmark waits for a slow Redis; only the API must not.
    const ctx: Ctx = { ...opened, redis: { ...opened.redis, run: (command) => command(opened.redis.client) } }
    const keep = <T extends Child>(child: T): T => {
      closing.push(() => child.stop())
      return child
    }
    return {
      databaseUrl,
      redisUrl: redis.url,
      ctx,
      env,
      stop,
      startRedis: newRedis,
      start: async (file, more = {}) => keep(await startChild(file, { env: { ...env, ...more } })),
      startWorker: async (more = {}) =>
        keep(
          await startChild('../apps/worker/src/main.ts', {
            env: { ...env, ...more },
            execArgv: ['--expose-gc', '--import', new URL('servers/probe.ts', import.meta.url).href, ...profiling()],
          }),
        ),
      async startApi(more = {}) {
        const port = await freePort()
        const own = { ...env, PORT: String(port), PUBLIC_BASE_URL: `http://127.0.0.1:${port}`, ...more }
        const child = await startChild('../apps/api/src/main.ts', {
          env: own,
          execArgv: [
            ...API_NODE_OPTIONS,
            '--expose-gc',
            '--import',
            new URL('servers/probe.ts', import.meta.url).href,
            ...profiling(),
          ],
        })
        const api = keep({ ...child, port, env: own })
        const healthy = () =>
          fetch(`http://127.0.0.1:${port}/api/health`).then(
            () => true,
            () => false,
          )
        if (!(await until(healthy, 20_000))) throw new Error('the API did not become healthy')
        return api
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** BENCH_PROFILE names a folder: each API writes its CPU profile there when it ends. */
const profiling = () =>
  process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${path.resolve(process.env.BENCH_PROFILE)}`] : []
