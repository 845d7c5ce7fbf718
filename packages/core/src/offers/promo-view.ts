import type { Promo } from '@marquee/contracts/offers'
import type { PromoCode } from '../generated/prisma/client.ts'

/** A code as whoever manages it sees it; `uses` counts drafts that may still be paid. */
export const promoView = (row: PromoCode, uses: number): Promo => ({
  id: row.id,
  code: row.code,
  description: row.description,
  kind: row.kind,
  percent: row.percent,
  amountMinor: row.amountMinor,
  capMinor: row.capMinor,
  minBaseMinor: row.minBaseMinor,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  maxUses: row.maxUses,
  maxUsesPerUser: row.maxUsesPerUser,
  movieId: row.movieId,
  theatreId: row.theatreId,
  active: row.active,
  uses,
  createdAt: row.createdAt.toISOString(),
})
