import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import type { CreateShowtimeBody, ShowtimeCreated } from '@marquee/contracts/showtimes'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authoriseTheatre } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { inTransaction } from '../in-transaction.ts'
import { flattenLayout } from '../seats/layout.ts'
import { insertShowtimes } from './insert-showtimes.ts'

const MOST_DAYS_AHEAD = 400
const MINUTE_MS = 60_000

/**
 * Publishes a showtime with every seat of its hall: on sale from this commit on. A trigger tells the watches of our own
 * catalogue in the same commit, so whoever waits for the film in that city hears of it.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, VALIDATION by field, CONFLICT when the hall is busy then
 */
export async function createShowtime(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  input: { actor: Actor; showtime: CreateShowtimeBody; origin?: Origin | undefined },
): Promise<ShowtimeCreated> {
  const { actor, showtime, origin } = input
  const screen = await ctx.db.screen.findUnique({
    where: { id: showtime.screenId },
    select: { theatreId: true, layouts: { orderBy: { version: 'desc' }, take: 1 } },
  })
  await authoriseTheatre(ctx, actor, 'showtime.write', screen?.theatreId ?? null)
  const [layout] = screen?.layouts ?? []
  if (!screen || !layout) throw notFound('Screen')
  const movie = await ctx.db.movie.findUnique({ where: { id: showtime.movieId }, select: { runtimeMinutes: true } })
  if (!movie) throw notFound('Movie')

  const now = ctx.clock.now().getTime()
  const startsAt = new Date(showtime.startsAt)
  if (startsAt.getTime() <= now) throw invalid('startsAt', 'has passed already')
  if (startsAt.getTime() > now + MOST_DAYS_AHEAD * 24 * 60 * MINUTE_MS)
    throw invalid('startsAt', 'is more than a year away')
  const definition = layout.definition as SeatLayoutDefinition
  const sections = new Set(definition.sections.map((section) => section.id))
  for (const section of sections)
    if (!Object.hasOwn(showtime.prices, section))
      throw invalid(`prices.${section}`, 'every section of the hall needs a price')
  for (const section of Object.keys(showtime.prices))
    if (!sections.has(section)) throw invalid(`prices.${section}`, 'the hall has no such section')

  const filmStartsAt = new Date(startsAt.getTime() + showtime.adsMinutes * MINUTE_MS)
  const endsAt = new Date(filmStartsAt.getTime() + movie.runtimeMinutes * MINUTE_MS)
  const { movieId, language, format, captions, prices } = showtime
  const id = newId(now)
  const seats = flattenLayout(definition)
  await inTransaction(ctx, async (client) => {
    const { added } = await insertShowtimes(client, [
      {
        id,
        movieId,
        startsAt,
        filmStartsAt,
        endsAt,
        language,
        format,
        captions,
        prices,
        screen: {
          id: showtime.screenId,
          layoutId: layout.id,
          seats,
        },
      },
    ])
    if (added.length === 0) {
      const message = 'this hall shows something else at that hour'
      throw new AppError('CONFLICT', `startsAt: ${message}`, { fields: [{ field: 'startsAt', message }] })
    }
    await client.query('INSERT INTO programmes (movie_id, theatre_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      movieId,
      screen.theatreId,
    ])
    const after = { ...showtime, theatreId: screen.theatreId, endsAt }
    await recordAudit(client, {
      actor,
      action: 'showtime.create',
      subjectType: 'showtime',
      subjectId: id,
      after,
      origin,
    })
  })
  await dropCached(ctx, ['movies', 'showtimes'])
  return {
    id,
    startsAt: startsAt.toISOString(),
    filmStartsAt: filmStartsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    seats: seats.length,
  }
}
