import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrateInChild } from '../database/migrate-in-child.ts'
import { freePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { commandOf, stopStale } from './processes.ts'
import { startRedis, stopStaleRedis } from './redis.ts'

export type Throwaway = { databaseUrl: string; redisUrl: string; stop(): Promise<void> }

const PREFIX = 'marquee-throwaway-'
const OWNER = 'owner.pid'

/** Postgres with one migrated database, and Redis, on free ports in a temporary folder. For tests and benchmarks. */
export async function startThrowaway(database: string): Promise<Throwaway> {
  await sweepAbandoned()
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX))
  writeFileSync(path.join(folder, OWNER), String(process.pid))
  chmodSync(folder, 0o755) // Postgres runs as another user when we are root
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir: path.join(folder, 'postgres'), port: await freePort(), throwaway: true }),
    startRedis({ dir: path.join(folder, 'redis'), port: await freePort(), throwaway: true }),
  ])
  const stop = async () => {
    await Promise.all([postgres.stop(), redis.stop()])
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await createDatabase(postgres.url(), database)
    const databaseUrl = postgres.url(database)
    await migrateInChild(databaseUrl)
    return { databaseUrl, redisUrl: redis.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ends the servers of test runs that were killed before they could do it themselves. */
async function sweepAbandoned() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name)
    if (!existsSync(path.join(folder, OWNER)) || commandOf(pidIn(folder, OWNER)) !== null) continue
    await stopStale(pidIn(folder, 'postgres/postmaster.pid'), ['postgres', folder], 'SIGINT')
    await stopStaleRedis(path.join(folder, 'redis'))
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    } catch {
      // Another test run sweeps the same folder at this moment.
    }
  }
}

/** 0 when there is none: no process has it. */
function pidIn(folder: string, file: string): number {
  const full = path.join(folder, file)
  return existsSync(full) ? Number.parseInt(readFileSync(full, 'utf8'), 10) || 0 : 0
}

/** `template`: a database to copy, which nobody is connected to. @returns whether it was made now */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<boolean> {
  const url = new URL(serverUrl)
  if (template) url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (known.rowCount) return false
    const copy = template ? ` TEMPLATE ${client.escapeIdentifier(template)} STRATEGY FILE_COPY` : ''
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${copy}`)
    return true
  } finally {
    await client.end()
  }
}
