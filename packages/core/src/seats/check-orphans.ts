import type { OrphanCheck } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { findOrphans, nearestWithoutOrphans } from './find-orphans.ts'
import { orphanMessage } from './orphan-message.ts'
import { readHall } from './read-hall.ts'
import { seatIdsOf, seatIndexes } from './showtime-seating.ts'

/**
 * Would these seats leave somebody a single seat, and which would not? Asks, never refuses: where no choice of the same
 * size is better, the answer is ok. @throws NOT_FOUND, VALIDATION
 */
export async function checkOrphans(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  input: { showtimeId: string; seatIds: string[]; holdToken?: string | undefined },
): Promise<OrphanCheck> {
  const hall = await readHall(ctx, input)
  const selection = seatIndexes(hall.seating, input.seatIds)
  const asked = new Set(selection)
  const view = { seats: hall.seating.seats, free: (index: number) => hall.free(index) || asked.has(index) }
  const orphans = findOrphans(view, selection)
  const fix = orphans.length > 0 ? nearestWithoutOrphans(view, selection) : null
  if (!fix) return { ok: true, orphans: [], message: null, suggestion: null }
  const stranded = seatIdsOf(hall.seating, orphans)
  const suggestion = seatIdsOf(hall.seating, fix)
  return {
    ok: false,
    orphans: stranded,
    message: orphanMessage(selection.length, stranded),
    suggestion,
  }
}
