import type { AlertFilters } from '@marquee/contracts/alerts'
import type { City } from '@marquee/contracts/cities'
import { localDate } from '../catalog/local-day.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import { foldName, type StoredFilters } from './matches-filters.ts'

/**
 * Filters as they are kept: with the names of their theatres, by which other sites' are known. `before`: what is kept
 * now; what was in order when it was asked for may stay.
 * @throws AppError VALIDATION naming the field: a day that is over, a theatre of another city
 */
export async function checkFilters(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { filters, city, before }: { filters: AlertFilters; city: City; before?: AlertFilters },
): Promise<StoredFilters> {
  const today = localDate(ctx.clock.now(), city.timeZone)
  for (const field of ['dateFrom', 'dateTo'] as const) {
    const day = filters[field]
    if (day && day < today && day !== before?.[field])
      throw invalid(`filters.${field}`, 'this day is over: choose today or a later one')
  }
  const theatreIds = [...new Set(filters.theatreIds)]
  const theatres = await ctx.db.theatre.findMany({
    where: { id: { in: theatreIds }, cityId: city.id },
    select: { id: true, name: true },
  })
  if (theatres.length < theatreIds.length)
    throw invalid('filters.theatreIds', `this theatre is not one of ${city.name}: choose it again`)
  return { ...filters, theatreIds, theatreNames: theatres.map(({ name }) => foldName(name)) }
}
