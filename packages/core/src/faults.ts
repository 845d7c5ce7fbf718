import { RedisAway } from './redis.ts'

/** Prisma's codes for an unreachable, closed or overfull database; P2028: no connection came free for a transaction in time. */
const PRISMA_UNAVAILABLE = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'])
/** Postgres: connection lost (08), too many connections and other lack of resources (53), shutting down (57P). */
const POSTGRES_UNAVAILABLE = /^(08|53|57P)/
const NETWORK_UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/
/** pg and its pool tell these by message only. */
const LOST =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/
const ADAPTER_UNAVAILABLE = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections', 'SocketTimeout'])

/** Unique (23505), exclusion (23P01), serialization failure (40001), deadlock (40P01). */
const POSTGRES_CONFLICT = new Set(['23505', '23P01', '40001', '40P01'])

/** What no column can keep: text that is none (22021, 22P05), a date out of range (22008). */
const POSTGRES_INVALID = new Set(['22021', '22P05', '22008'])

/**
 * What an error that no verb foresaw means to whoever asked: it clashes with a row, it cannot be kept at all, the store
 * is away, or (null) it is a fault of ours. Looks through causes, because drivers wrap one another.
 */
export function classifyFault(error: unknown): 'conflict' | 'invalid' | 'unavailable' | null {
  for (let e = error, depth = 0; e instanceof Object && depth < 6; depth++) {
    if (e instanceof RedisAway) return 'unavailable'
    const { code, kind, originalCode, meta, cause, message } = e as Record<string, unknown>
    const codes = [code, originalCode].filter((c) => typeof c === 'string')
    if (codes.some((c) => c === 'P2002' || c === 'P2034' || POSTGRES_CONFLICT.has(c))) return 'conflict'
    if (codes.some((c) => POSTGRES_INVALID.has(c))) return 'invalid'
    if (codes.some((c) => PRISMA_UNAVAILABLE.has(c) || POSTGRES_UNAVAILABLE.test(c) || NETWORK_UNAVAILABLE.test(c)))
      return 'unavailable'
    if (typeof kind === 'string' && ADAPTER_UNAVAILABLE.has(kind)) return 'unavailable'
    if (typeof message === 'string' && LOST.test(message)) return 'unavailable'
    e = cause ?? (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError
  }
  return null
}
