import path from 'node:path'
import { freePort } from '../services/ports.ts'
import { startPostgres } from '../services/postgres.ts'
import { postgresHome } from '../services/postgres-binaries.ts'
import { startRedis } from '../services/redis.ts'
import { createDatabase } from '../services/throwaway.ts'
import { hasOwnDatabase, hasOwnRedis, type ServiceUrls } from './environment.ts'
import { DATA } from './paths.ts'

export type Services = { urls: ServiceUrls; notes: string[]; stop(): Promise<void> }

/** Durable Postgres and Redis under .data, each unless the environment names one to use instead. */
export async function startServices(say: (message: string) => void): Promise<Services> {
  const urls: ServiceUrls = {}
  const notes: string[] = []
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const stopOne of stops.splice(0)) await stopOne()
  }
  try {
    if (hasOwnDatabase()) notes.push('Postgres: yours')
    else {
      const home = postgresHome(DATA)
      const postgres = await startPostgres({ dataDir: path.join(home, 'postgres'), port: await freePort() })
      stops.push(postgres.stop)
      await createDatabase(postgres.url(), 'marquee')
      urls.DATABASE_URL = postgres.url('marquee')
      notes.push(home === DATA ? 'Postgres: embedded' : `Postgres: embedded, data in ${home}`)
    }
    if (hasOwnRedis()) notes.push('Redis: yours')
    else {
      const redis = await startRedis({ dir: path.join(DATA, 'redis'), port: await freePort(), say })
      stops.push(redis.stop)
      urls.REDIS_URL = redis.url
      notes.push('Redis: embedded')
    }
    return { urls, notes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
