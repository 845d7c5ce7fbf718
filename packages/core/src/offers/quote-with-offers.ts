import type { PricedQuote, QuoteBody } from '@marquee/contracts/offers'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { assertOnSale, seatIndexes, showtimeSeating } from '../seats/showtime-seating.ts'
import { priceWithOffers } from './price-with-offers.ts'

/**
 * What these seats cost with these codes; holds and takes nothing, and needs no account. `toPayMinor` is what checkout
 * charges for them. With the hold's token, what its own open draft has reserved counts as still to be had.
 * @throws NOT_FOUND, VALIDATION, SALES_CLOSED, TOO_MANY_SEATS, RATE_LIMITED
 */
export async function quoteWithOffers(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  actor: Actor,
  input: QuoteBody & { showtimeId: string; holdToken?: string | undefined; network: string },
): Promise<PricedQuote> {
  const seating = await showtimeSeating(ctx, input.showtimeId)
  const seats = seatIndexes(seating, input.seatIds)
  assertOnSale(seating, ctx.clock.now())
  if (seats.length > seating.maxSeats)
    throw new AppError('TOO_MANY_SEATS', `At most ${seating.maxSeats} seats in one booking.`)
  const { quote, promo, voucher } = await priceWithOffers(ctx, seating, seats, {
    promoCode: input.promoCode,
    voucherCode: input.voucherCode,
    userId: actor.kind === 'user' ? actor.userId : null,
    holder: input.holdToken ? hashSecret(input.holdToken) : null,
    network: input.network,
  })
  return { quote, promo, voucher }
}
