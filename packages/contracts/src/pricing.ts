import { z } from 'zod'
import { Currency, Minor } from './common.ts'

/** What seats cost, all in. `toPayMinor` is the amount charged: no later step adds to it. */
export const Quote = z
  .object({
    currency: Currency,
    lines: z.array(
      z.object({ section: z.string(), name: z.string(), count: z.int(), eachMinor: Minor, totalMinor: Minor }),
    ),
    baseMinor: Minor,
    /** Off the base, by a promo code; fee and tax are of what is left. */
    discountMinor: Minor,
    convenienceFeeMinor: Minor,
    taxMinor: Minor,
    /** For the label: percent of the fee that is tax. */
    taxPercent: z.number(),
    /** The price: base - discount + fee + tax. */
    totalMinor: Minor,
    /** Of it, paid by a gift voucher, and by a booking this one takes the place of. */
    voucherMinor: Minor,
    creditMinor: Minor,
    /** What is charged: the total less these two. */
    toPayMinor: Minor,
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>
