import { z } from 'zod'
import { Currency, Minor } from './common.ts'

/** What seats cost, all in. `totalMinor` is the amount charged: no later step adds to it. */
export const Quote = z
  .object({
    currency: Currency,
    lines: z.array(
      z.object({ section: z.string(), name: z.string(), count: z.int(), eachMinor: Minor, totalMinor: Minor }),
    ),
    baseMinor: Minor,
    convenienceFeeMinor: Minor,
    taxMinor: Minor,
    /** For the label: percent of the fee that is tax. */
    taxPercent: z.number(),
    totalMinor: Minor,
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>
