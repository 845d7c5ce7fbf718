import type { PageQuery } from '@marquee/contracts/common'
import type { MovieList } from '@marquee/contracts/movies'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { byIdOrSlug, movieCard } from './movie-rows.ts'
import { pricesFrom } from './prices-from.ts'

/**
 * Films that have a showtime to come at a theatre, or are programmed there without times yet; popular ones first.
 * @throws AppError NOT_FOUND
 */
export async function listTheatreMovies(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock'>,
  { idOrSlug, limit, offset }: PageQuery & { idOrSlug: string },
): Promise<MovieList> {
  const theatre = await ctx.db.theatre.findUnique({ where: byIdOrSlug(idOrSlug), select: { id: true, cityId: true } })
  if (!theatre) throw notFound('Theatre')
  const coming = {
    status: 'SCHEDULED' as const,
    filmStartsAt: { gt: ctx.clock.now() },
    screen: { theatreId: theatre.id },
  }
  const where = { OR: [{ showtimes: { some: coming } }, { programmes: { some: { theatreId: theatre.id } } }] }
  const [total, rows] = await Promise.all([
    ctx.db.movie.count({ where }),
    ctx.db.movie.findMany({
      where,
      omit: { cast: true },
      orderBy: [{ popularity: 'desc' }, { title: 'asc' }],
      take: limit,
      skip: offset,
    }),
  ])
  const prices = await pricesFrom(
    ctx,
    rows.map((row) => row.id),
    theatre.cityId,
  )
  return { items: rows.map((row) => movieCard(row, prices.get(row.id) ?? null)), total, limit, offset }
}
