import { type SeatLayout, SeatLayoutDefinition } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/**
 * One version of a hall's seating. It never changes: another arrangement is another version with another id.
 * @throws AppError NOT_FOUND
 */
export async function getSeatLayout(ctx: Pick<Ctx, 'db'>, input: { id: string }): Promise<SeatLayout> {
  const row = await ctx.db.seatLayout.findUnique({
    where: { id: input.id },
    select: { id: true, version: true, seatCount: true, definition: true },
  })
  if (!row) throw notFound('Seat layout')
  return { ...row, definition: SeatLayoutDefinition.parse(row.definition) }
}
