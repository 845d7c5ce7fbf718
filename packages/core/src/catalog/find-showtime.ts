import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { byIdOrSlug } from './movie-rows.ts'

/**
 * The showtime a person names by cinema, day and time there ("19:15"), and by film where two begin at once.
 * @throws AppError NOT_FOUND
 */
export async function findShowtime(
  ctx: Pick<Ctx, 'db'>,
  input: { theatre: string; movie?: string | undefined; date: string; time: string },
): Promise<{ id: string }> {
  const theatre = await ctx.db.theatre.findFirst({
    where: { OR: [byIdOrSlug(input.theatre), { name: { equals: input.theatre, mode: 'insensitive' } }] },
    select: { id: true, city: { select: { timeZone: true } } },
  })
  if (!theatre) throw notFound('Theatre')
  const startsAt = new Date(
    Temporal.PlainDateTime.from(`${input.date}T${input.time}`).toZonedDateTime(theatre.city.timeZone).epochMilliseconds,
  )
  const showtime = await ctx.db.showtime.findFirst({
    where: {
      screen: { theatreId: theatre.id },
      startsAt,
      status: 'SCHEDULED',
      ...(input.movie && {
        movie: { OR: [byIdOrSlug(input.movie), { title: { equals: input.movie, mode: 'insensitive' } }] },
      }),
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  if (!showtime) throw notFound('Showtime')
  return showtime
}
