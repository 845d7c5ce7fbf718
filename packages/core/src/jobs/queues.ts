import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { QUEUES, type QueueName } from './catalog.ts'

export const QUEUE_PREFIX = 'bull'

/** The producing side of BullMQ. Verbs that enqueue take `ctx: { queues: Queues }`. */
export type Queues = {
  readonly byName: Record<QueueName, Queue>
  /** False while Redis is away: what has an outbox row simply waits there. */
  readonly ready: boolean
  close(): Promise<void>
}

/**
 * Opens the queues on a connection of their own: a job added must fail within a second or so, never hang, whereas the
 * workers' connections wait for Redis as long as it takes.
 */
export function openQueues(config: Pick<Config, 'redis'>, log: Pick<Logger, 'debug'>): Queues {
  const connection = new Redis(config.redis.url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
  })
  connection.on('error', (err) => log.debug({ err }, 'queue connection'))
  const open = (name: QueueName) => {
    const queue = new Queue(name, { connection, prefix: QUEUE_PREFIX })
    // A queue repeats its connection's errors; unheard they would end the process.
    queue.on('error', () => {})
    return queue
  }
  const byName = Object.fromEntries(QUEUES.map((name) => [name, open(name)])) as Record<QueueName, Queue>
  return {
    byName,
    get ready() {
      return connection.status === 'ready'
    },
    async close() {
      await Promise.allSettled(Object.values(byName).map((queue) => queue.close()))
      connection.disconnect()
    },
  }
}
