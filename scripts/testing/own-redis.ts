import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../services/ports.ts'
import { type RedisServer, startRedis } from '../services/redis.ts'

/** A Redis that belongs to one test, to be hurt: it keeps nothing over a restart. */
export async function ownRedis() {
  const dir = mkdtempSync(path.join(tmpdir(), 'marquee-redis-'))
  const port = await freePort()
  let server: RedisServer | undefined
  const signal = (name: NodeJS.Signals) => {
    if (server) process.kill(server.pid, name)
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      server = await startRedis({ dir, port, throwaway: true })
    },
    /** kill -9: connections break at once, data is gone. */
    async kill() {
      signal('SIGKILL')
      await server?.stop()
      server = undefined
    },
    /** Stalls: connections stay open and nobody answers. */
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async close() {
      signal('SIGCONT')
      await server?.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
