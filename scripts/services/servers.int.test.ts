import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { freePort, portIsBusy } from './ports.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { commandOf, until } from './processes.ts'
import { startRedis } from './redis.ts'

const cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'marquee-servers-'))
  chmodSync(folder, 0o755)
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

async function postgresOn(dataDir: string): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, port: await freePort() })
  cleanUp.push(postgres.stop)
  return postgres
}

async function query(server: Postgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url() })
  client.on('error', () => {}) // the server is killed under it
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows as unknown[]
}

test('what Postgres committed is there after it was killed, and the next start stops the one still running', async () => {
  const dataDir = path.join(temporaryFolder(), 'postgres')
  const first = await postgresOn(dataDir)
  await query(first, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')
  // The launcher died, the server lives on: a second start on the folder must take it over.
  const second = await postgresOn(dataDir)
  expect(commandOf(first.pid)).toBeNull()
  expect(await query(second, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  process.kill(second.pid, 'SIGKILL')
  const third = await postgresOn(dataDir)
  expect(await query(third, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
})

test('a data folder whose making was cut short is made again, and what was there is kept aside', async () => {
  const dataDir = path.join(temporaryFolder(), 'postgres')
  const first = await postgresOn(dataDir)
  await first.stop()
  rmSync(path.join(dataDir, 'marquee-initialised'))
  rmSync(path.join(dataDir, 'global', 'pg_control'))
  const second = await postgresOn(dataDir)
  expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(existsSync(`${dataDir}.incomplete`)).toBe(true)
})

test('Redis keeps its keys over a kill, and the next start stops the one still running', async () => {
  const dir = path.join(temporaryFolder(), 'redis')
  const start = async () => {
    const server = await startRedis({ dir, port: await freePort() })
    cleanUp.push(server.stop)
    return server
  }
  const first = await start()
  const client = new Redis(first.url)
  await client.set('hold', 'A7')
  client.disconnect()
  const second = await start()
  expect(commandOf(first.pid)).toBeNull()
  process.kill(second.pid, 'SIGKILL')
  expect(await until(() => commandOf(second.pid) === null, 5_000)).toBe(true)
  const third = await start()
  const again = new Redis(third.url)
  expect(await again.get('hold')).toBe('A7')
  again.disconnect()
})

test('a port somebody listens on is busy, one from the system is free', async () => {
  const port = await freePort()
  expect(await portIsBusy(port)).toBe(false)
  const server = createServer().listen(port, '127.0.0.1')
  cleanUp.push(() => void server.close())
  expect(await until(() => portIsBusy(port), 2_000)).toBe(true)
})
