import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/prisma/client.ts'

export type Db = PrismaClient

/** Far longer than any question of ours takes; without it a line that is open and dead is waited on for ever. */
const ANSWER_WITHIN_MS = 15_000

/**
 * One pool for Prisma and for the SQL functions. UTC is forced: the adapter sends dates without an offset, and another
 * session zone would store them wrong by exactly that offset.
 */
export function openDatabase(
  url: string,
  max: number,
  onError: (error: Error) => void,
  answerWithinMs = ANSWER_WITHIN_MS,
): { pool: pg.Pool; db: Db } {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: '-c timezone=UTC',
    connectionTimeoutMillis: Math.min(5_000, answerWithinMs),
    query_timeout: answerWithinMs,
  })
  // Without a listener, one dropped idle connection ends the process.
  pool.on('error', onError)
  // The pool listens to idle connections only: one lost while somebody has it, between two questions, would too.
  pool.on('connect', (client) => {
    client.on('error', () => {})
  })
  return { pool, db: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}
