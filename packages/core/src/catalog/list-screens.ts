import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import type { ScreenList } from '@marquee/contracts/showtimes'
import { authoriseTheatre } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/** The halls of a theatre as they are now, for whoever publishes showtimes there. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND */
export async function listScreens(
  ctx: Pick<Ctx, 'db'>,
  { actor, theatreId }: { actor: Actor; theatreId: string },
): Promise<ScreenList> {
  await authoriseTheatre(ctx, actor, 'showtime.write', theatreId)
  const theatre = await ctx.db.theatre.findUnique({
    where: { id: theatreId },
    select: {
      screens: { orderBy: { name: 'asc' }, include: { layouts: { orderBy: { version: 'desc' }, take: 1 } } },
    },
  })
  if (!theatre) throw notFound('Theatre')
  return {
    items: theatre.screens.flatMap(({ id, name, features, layouts: [layout] }) => {
      if (!layout) return []
      const { sections } = layout.definition as SeatLayoutDefinition
      return [
        {
          id,
          name,
          features,
          seatCount: layout.seatCount,
          sections: sections.map((one) => ({ id: one.id, name: one.name })),
        },
      ]
    }),
  }
}
