import type { Quote } from '@marquee/contracts/pricing'
import type { Ctx } from '../context.ts'
import { quoteSelection } from './hold-view.ts'
import { seatIndexes, showtimeSeating } from './showtime-seating.ts'

/** What these seats cost, all in; holds nothing. @throws NOT_FOUND, VALIDATION */
export async function quoteSeatIds(
  ctx: Pick<Ctx, 'db' | 'config'>,
  input: { showtimeId: string; seatIds: string[] },
): Promise<Quote> {
  const seating = await showtimeSeating(ctx, input.showtimeId)
  return quoteSelection(ctx, seating, seatIndexes(seating, input.seatIds))
}
