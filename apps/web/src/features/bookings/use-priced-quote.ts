import type { PricedQuote } from '@marquee/contracts/offers'
import type { Quote } from '@marquee/contracts/pricing'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { quoteSeats } from './api.ts'

export type Codes = { promo: string | null; voucher: string | null }

interface Priced {
  quote: Quote
  answer: PricedQuote | undefined
  /** Codes that count: what checkout is asked for. */
  counting: { promoCode?: string; voucherCode?: string }
  busy: boolean
  error: Error | null
}

/** What the seats cost with these codes. Without codes it is the price of the hold, and nothing is asked. */
export function usePricedQuote(showtimeId: string, seatIds: string[], held: Quote, codes: Codes): Priced {
  const any = codes.promo !== null || codes.voucher !== null
  const { data, isFetching, error } = useQuery({
    queryKey: ['priced-quote', showtimeId, seatIds, codes],
    queryFn: () =>
      quoteSeats(showtimeId, {
        seatIds,
        ...(codes.promo ? { promoCode: codes.promo } : {}),
        ...(codes.voucher ? { voucherCode: codes.voucher } : {}),
      }),
    enabled: any,
    placeholderData: keepPreviousData,
    // Somebody else may take the last use of a code; checkout asks again in any case.
    staleTime: 30_000,
    gcTime: 0,
  })
  const answer = any ? data : undefined
  return {
    quote: answer?.quote ?? held,
    answer,
    counting: {
      ...(codes.promo && answer?.promo?.problem === null ? { promoCode: codes.promo } : {}),
      ...(codes.voucher && answer?.voucher?.problem === null ? { voucherCode: codes.voucher } : {}),
    },
    busy: any && isFetching,
    error: any ? error : null,
  }
}
