import { z } from 'zod'
import { Id, Instant, Minor, PageQuery, paged, Text } from './common.ts'
import { Quote } from './pricing.ts'
import { SeatIds } from './seats.ts'

/** As somebody types it: case and spaces do not matter. */
export const PromoText = Text(30).toUpperCase()
export const VoucherText = Text(40).toUpperCase()

/** POST /api/showtimes/:id/quote: what these seats cost with these codes. The answer is what checkout charges. */
export const QuoteBody = z
  .object({ seatIds: SeatIds, promoCode: PromoText.optional(), voucherCode: VoucherText.optional() })
  .meta({ id: 'QuoteBody' })
export type QuoteBody = z.infer<typeof QuoteBody>
export const PricedQuote = z
  .object({
    quote: Quote,
    /** Null: not asked for. `problem`: in words, and the quote is without it. */
    promo: z.object({ code: z.string(), description: z.string(), problem: z.string().nullable() }).nullable(),
    voucher: z.object({ hint: z.string(), balanceMinor: Minor, problem: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'PricedQuote' })
export type PricedQuote = z.infer<typeof PricedQuote>

export const PromoBody = z
  .object({
    code: PromoText.regex(/^[A-Z0-9-]{3,30}$/, 'use 3 to 30 letters, digits or hyphens'),
    description: Text(200).default(''),
    kind: z.enum(['PERCENT', 'FLAT']),
    percent: z.int().min(1).max(100).nullish(),
    amountMinor: Minor.nullish(),
    capMinor: Minor.nullish(),
    minBaseMinor: Minor.default(0),
    startsAt: Instant,
    endsAt: Instant,
    maxUses: z.int().min(1).max(10_000_000).nullish(),
    maxUsesPerUser: z.int().min(1).max(1_000).nullish(),
    movieId: Id.nullish(),
    theatreId: Id.nullish(),
    active: z.boolean().default(true),
  })
  .meta({ id: 'PromoBody' })
export type PromoBody = z.infer<typeof PromoBody>
export const PromoPatch = z.object({ active: z.boolean(), endsAt: Instant }).partial().meta({ id: 'PromoPatch' })
export type PromoPatch = z.infer<typeof PromoPatch>
export const Promo = PromoBody.extend({ id: Id, uses: z.int(), createdAt: Instant }).meta({ id: 'Promo' })
export type Promo = z.infer<typeof Promo>
export const PromoList = paged(Promo).meta({ id: 'PromoList' })
export type PromoList = z.infer<typeof PromoList>
export const PromoQuery = PageQuery

/** POST /api/admin/vouchers. The code is told once, here. */
export const VoucherBody = z
  .object({ amountMinor: Minor.min(100), expiresAt: Instant, note: Text(200).default('') })
  .meta({ id: 'VoucherBody' })
export type VoucherBody = z.infer<typeof VoucherBody>
export const NewVoucher = z
  .object({ id: Id, code: z.string(), amountMinor: Minor, expiresAt: Instant })
  .meta({ id: 'NewVoucher' })
export type NewVoucher = z.infer<typeof NewVoucher>
/** POST /api/vouchers/balance */
export const VoucherBalanceBody = z.object({ code: VoucherText }).meta({ id: 'VoucherBalanceBody' })
export const VoucherBalance = z
  .object({ hint: z.string(), balanceMinor: Minor, expiresAt: Instant })
  .meta({ id: 'VoucherBalance' })
export type VoucherBalance = z.infer<typeof VoucherBalance>
