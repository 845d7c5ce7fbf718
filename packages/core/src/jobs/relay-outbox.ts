import type { Ctx } from '../context.ts'
import { JOBS, type JobName } from './catalog.ts'
import { enqueue, type NewJob } from './enqueue.ts'
import type { Queues } from './queues.ts'

type RelayCtx = Pick<Ctx, 'pool' | 'log' | 'crashPoint'> & { queues: Queues }
type OutboxRow = { id: string; key: string; topic: JobName; payload: object }

const BATCH = 500
const POLL_EVERY_MS = 250

/**
 * Moves one batch of outbox rows into BullMQ. Any number of relays may run: each takes rows nobody else has locked.
 * Jobs are added first and rows marked after, so a crash between gives a job twice and never loses one; the job's id is
 * the row's key, and every handler may run twice.
 * The one transaction that talks to something else while it is open: it holds locks on its own rows only, and adding is
 * given up after three seconds.
 * @returns how many rows were moved; 0 while Redis is away, when rows wait. @throws RedisAway, or the database's error
 */
export async function relayOutbox(ctx: RelayCtx): Promise<number> {
  if (!ctx.queues.ready) return 0
  const client = await ctx.pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    // A topic this version does not know waits for the version that does.
    const { rows } = await client.query<OutboxRow>(
      `SELECT id, key, topic, payload FROM outbox_events WHERE published_at IS NULL AND topic = ANY ($1)
        ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [Object.keys(JOBS)],
    )
    if (rows.length > 0) {
      await enqueue(
        ctx,
        rows.map((row) => ({ name: row.topic, payload: row.payload, key: row.key }) as NewJob),
      )
      ctx.crashPoint('outbox:after-add')
      await client.query('UPDATE outbox_events SET published_at = clock_timestamp() WHERE id = ANY ($1::bigint[])', [
        rows.map((row) => row.id),
      ])
    }
    await client.query('COMMIT')
    return rows.length
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Runs relayOutbox until stopped: again at once after a full batch, else every 250 ms. */
export function startRelay(ctx: RelayCtx): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const moved = await relayOutbox(ctx).catch((err: unknown) => {
        ctx.log.warn({ err }, 'outbox not relayed, its rows wait')
        return 0
      })
      if (moved < BATCH) await pause(POLL_EVERY_MS, stopping.signal)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await loop
    },
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
