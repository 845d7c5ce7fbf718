import { createHash } from 'node:crypto'

/**
 * What an Idempotency-Key stands for: the same key with anything else in it is refused. `besides`: codes, or the booking
 * that makes way.
 */
export const checkoutRequestHash = (
  showtimeId: string,
  seats: number[],
  toPayMinor: number,
  besides: (string | null)[] = [],
) =>
  createHash('sha256')
    .update(JSON.stringify([showtimeId, seats.toSorted((a, b) => a - b), toPayMinor, ...besides]))
    .digest('base64url')
