import type { AdminTheatreList } from '@marquee/contracts/admin'
import type { PageQuery } from '@marquee/contracts/common'
import { authorisedTheatres } from '../auth/access.ts'
import { tiersOf } from '../cancellations/tiers.ts'
import type { Actor, Ctx } from '../context.ts'

/** The theatres that the asker runs, by name; every one for a superadmin. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listOwnTheatres(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: PageQuery },
): Promise<AdminTheatreList> {
  const theatres = await authorisedTheatres(ctx, actor, 'theatre.write')
  const { limit, offset } = query
  const where = theatres === 'any' ? {} : { id: { in: theatres } }
  const [rows, total] = await Promise.all([
    ctx.db.theatre.findMany({
      where,
      select: {
        id: true,
        slug: true,
        name: true,
        area: true,
        cancellationTiers: true,
        city: { select: { name: true } },
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.theatre.count({ where }),
  ])
  const items = rows.map(({ city, cancellationTiers, ...row }) => ({
    ...row,
    cityName: city.name,
    cancellationTiers: tiersOf(cancellationTiers),
  }))
  return { items, total, limit, offset }
}
