import { formatMinor, percentOf } from '../money.ts'
import { LEAST_CHARGE_MINOR } from '../pricing/quote-seats.ts'
import { offerWords } from './offer-problems.ts'

/** A code as it was made, and how often it has been taken; drafts that may still be paid count. */
export type PromoFacts = {
  kind: 'PERCENT' | 'FLAT'
  percent: number | null
  amountMinor: number | null
  capMinor: number | null
  minBaseMinor: number
  startsAt: Date
  endsAt: Date
  maxUses: number | null
  maxUsesPerUser: number | null
  active: boolean
  /** Only for this film, only in this cinema. */
  movie: { id: string; title: string } | null
  theatre: { id: string; name: string } | null
  uses: number
  /** 0 for somebody who has not signed in: checkout asks again. */
  usesByUser: number
}

export type PromoCart = { baseMinor: number; movieId: string; theatreId: string; now: Date }

/**
 * What a code takes off this cart, or in words why it does not. Pure. Minor units; never more than the base. What would
 * leave less than a gateway can charge is taken off as well.
 */
export function evaluatePromo(
  promo: PromoFacts | null,
  cart: PromoCart,
): { discountMinor: number; problem: string | null } {
  const problem = whyNot(promo, cart)
  if (!promo || problem) return { discountMinor: 0, problem }
  const asked =
    promo.kind === 'PERCENT'
      ? Math.min(percentOf(cart.baseMinor, promo.percent ?? 0), promo.capMinor ?? Number.POSITIVE_INFINITY)
      : (promo.amountMinor ?? 0)
  const left = cart.baseMinor - asked
  const discountMinor = left < LEAST_CHARGE_MINOR ? cart.baseMinor : asked
  if (discountMinor === 0) return { discountMinor, problem: 'This code takes nothing off these seats.' }
  return { discountMinor, problem: null }
}

function whyNot(promo: PromoFacts | null, cart: PromoCart): string | null {
  if (!promo?.active) return offerWords('PROMO_UNKNOWN')
  if (cart.now < promo.startsAt) return `This code is valid from ${day(promo.startsAt)}.`
  if (cart.now >= promo.endsAt) return offerWords('PROMO_OVER')
  if (promo.movie && promo.movie.id !== cart.movieId) return `This code is for ${promo.movie.title} only.`
  if (promo.theatre && promo.theatre.id !== cart.theatreId) return `This code is for ${promo.theatre.name} only.`
  if (cart.baseMinor < promo.minBaseMinor)
    return `This code is for seats of ${formatMinor(promo.minBaseMinor)} or more, before fees.`
  if (promo.maxUsesPerUser !== null && promo.usesByUser >= promo.maxUsesPerUser) return offerWords('PROMO_USED_BY_YOU')
  if (promo.maxUses !== null && promo.uses >= promo.maxUses) return offerWords('PROMO_USED_UP')
  return null
}

const day = (at: Date) =>
  new Intl.DateTimeFormat('en-IN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Kolkata' }).format(at)
