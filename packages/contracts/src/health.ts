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
