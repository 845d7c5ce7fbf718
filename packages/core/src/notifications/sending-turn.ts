import type pg from 'pg'

type Line = { free: number; waiting: (() => void)[] }
const lines = new WeakMap<pg.Pool, Line>()

/**
 * Runs `send` when it is its turn. A send keeps one connection for as long as the mail server takes, so at most half the
 * pool sends at once: the outbox, the other jobs and a provider that writes to the database itself keep the other half.
 */
export async function inSendingTurn<T>(pool: pg.Pool, send: () => Promise<T>): Promise<T> {
  const line = lines.get(pool) ?? { free: Math.max(1, Math.floor(pool.options.max / 2)), waiting: [] }
  lines.set(pool, line)
  if (line.free > 0) line.free--
  else await new Promise<void>((resolve) => line.waiting.push(resolve))
  try {
    return await send()
  } finally {
    const next = line.waiting.shift()
    if (next) next()
    else line.free++
  }
}
