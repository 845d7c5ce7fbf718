import { z } from 'zod'
import { Instant } from './common.ts'

export const Health = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    database: z.enum(['connected', 'down']),
    redis: z.enum(['connected', 'down']),
    /** The worker's last heartbeat is recent. */
    worker: z.enum(['running', 'away']),
    uptimeSeconds: z.number(),
    version: z.string(),
    now: Instant,
  })
  .meta({ id: 'Health' })
export type Health = z.infer<typeof Health>

/** One service of its own, with the milliseconds one question took. */
export const ServiceHealth = z
  .object({ status: z.enum(['connected', 'down']), latencyMs: z.number().nullable(), now: Instant })
  .meta({ id: 'ServiceHealth' })
export type ServiceHealth = z.infer<typeof ServiceHealth>

export const ServiceStatus = z
  .object({ status: z.literal('OK'), database: z.literal('Connected') })
  .meta({ id: 'ServiceStatus' })
export type ServiceStatus = z.infer<typeof ServiceStatus>
