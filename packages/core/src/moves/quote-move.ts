import type { MoveQuote, MoveQuoteBody } from '@marquee/contracts/moves'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { quoteSelection } from '../seats/hold-view.ts'
import { assertOnSale, showtimeSeating } from '../seats/showtime-seating.ts'
import { assertMovable, findMove } from './find-move.ts'

/**
 * What a move to these seats costs or gives back now; takes nothing and changes nothing.
 * @throws UNAUTHENTICATED, NOT_FOUND, VALIDATION, CONFLICT (it cannot be moved), SALES_CLOSED
 */
export async function quoteMove(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'clock'>,
  actor: Actor,
  input: MoveQuoteBody & { bookingId: string },
): Promise<MoveQuote> {
  const { userId } = authorise(actor, 'user')
  const from = await findMove(ctx, { bookingId: input.bookingId, userId })
  const seating = await showtimeSeating(ctx, input.showtimeId)
  assertOnSale(seating, ctx.clock.now())
  const seats = await assertMovable(ctx, from, { seating, seatIds: input.seatIds })
  const { creditMinor } = from
  const quote = quoteSelection(ctx, seating, seats, { creditMinor })
  const { rows } = await ctx.pool.query<{ tiers: MoveQuote['cancellationTiers'] }>(
    `SELECT moved_tiers($1, t.cancellation_tiers) AS tiers FROM showtimes s JOIN screens c ON c.id = s.screen_id
       JOIN theatres t ON t.id = c.theatre_id WHERE s.id = $2`,
    [input.bookingId, input.showtimeId],
  )
  return {
    quote,
    creditMinor,
    differenceMinor: quote.totalMinor - creditMinor,
    cancellationTiers: rows[0]?.tiers ?? [],
  }
}
