import type { Theatre } from '@marquee/contracts/theatres'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { byIdOrSlug } from './movie-rows.ts'
import { THEATRE_CARD, theatreCard } from './theatre-rows.ts'

const CITY = { select: { id: true, slug: true, name: true, region: true, timeZone: true, aliases: true } } as const

/**
 * One theatre, by id or slug, with its screens and how many seats each has now.
 * @throws AppError NOT_FOUND
 */
export async function getTheatre(ctx: Pick<Ctx, 'db'>, input: { idOrSlug: string }): Promise<Theatre> {
  const row = await ctx.db.theatre.findUnique({
    where: byIdOrSlug(input.idOrSlug),
    include: {
      ...THEATRE_CARD,
      city: CITY,
      screens: {
        orderBy: { name: 'asc' },
        include: { layouts: { orderBy: { version: 'desc' }, take: 1, select: { seatCount: true } } },
      },
    },
  })
  if (!row) throw notFound('Theatre')
  return {
    ...theatreCard(row),
    city: row.city,
    latitude: row.latitude,
    longitude: row.longitude,
    screens: row.screens.map(({ id, name, features, layouts }) => ({
      id,
      name,
      features,
      seatCount: layouts[0]?.seatCount ?? 0,
    })),
  }
}
