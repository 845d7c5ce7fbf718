import type { PricedQuote } from '@marquee/contracts/offers'
import type { Ctx } from '../context.ts'
import { quoteSelection } from '../seats/hold-view.ts'
import type { ShowtimeSeating } from '../seats/showtime-seating.ts'
import { admitGuess } from './admit-guess.ts'
import { evaluatePromo } from './evaluate-promo.ts'
import { findPromo } from './find-promo.ts'
import { findVoucher, voucherProblem } from './find-voucher.ts'
import { voucherHint } from './voucher-code.ts'

export type OffersAsked = {
  promoCode?: string | undefined
  voucherCode?: string | undefined
  userId: string | null
  /** Whose open draft's reservations are the asker's own; null: whatever this user has open for the showtime. */
  holder: string | null
  network?: string | undefined
}
export type PricedOffers = PricedQuote & { promoId?: string | undefined; voucherId?: string | undefined }

/**
 * The price of seats with codes: the one computation behind what is shown and what is charged. A code that does not
 * count is named with its problem and left out of the price. Reads only; checkout decides again under lock.
 * @throws RATE_LIMITED after too many codes that do not exist
 */
export async function priceWithOffers(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config' | 'clock'>,
  seating: ShowtimeSeating,
  seats: number[],
  asked: OffersAsked,
): Promise<PricedOffers> {
  const plain = quoteSelection(ctx, seating, seats)
  const { promoCode, voucherCode, userId, holder, network } = asked
  if (!promoCode && !voucherCode) return { quote: plain, promo: null, voucher: null }
  const { showtimeId, movieId } = seating
  const now = ctx.clock.now()
  const [promo, voucher] = await Promise.all([
    promoCode
      ? admitGuess(ctx, { kind: 'promo', userId, network }, () =>
          findPromo(ctx, { code: promoCode, showtimeId, userId, holder }),
        )
      : null,
    voucherCode
      ? admitGuess(ctx, { kind: 'voucher', userId, network }, () =>
          findVoucher(ctx, { code: voucherCode, draftOf: { showtimeId, userId, holder } }),
        )
      : null,
  ])
  const cart = { baseMinor: plain.baseMinor, movieId, theatreId: promo?.theatreId ?? '', now }
  const { discountMinor, problem } = evaluatePromo(promo?.facts ?? null, cart)
  const voucherIs = voucherProblem(voucher, now)
  const quote = quoteSelection(ctx, seating, seats, {
    discountMinor,
    voucherMinor: voucher && !voucherIs ? voucher.balanceMinor : 0,
  })
  return {
    quote,
    promo: promoCode
      ? { code: promo?.code ?? promoCode, description: problem ? '' : (promo?.description ?? ''), problem }
      : null,
    voucher: voucherCode
      ? {
          hint: voucher?.hint ?? voucherHint(voucherCode),
          balanceMinor: voucher?.balanceMinor ?? 0,
          problem: voucherIs,
        }
      : null,
    promoId: promo?.id,
    voucherId: voucher?.id,
  }
}
