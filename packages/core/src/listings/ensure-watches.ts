import type { Prisma } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { CATALOGUE_SOURCE } from './catalogue-source.ts'
import { countSubscribers } from './count-subscribers.ts'
import { foldTitle, languagesClash, readFilmKey } from './film-keys.ts'

export type WatchWithSource = Prisma.WatchGetPayload<{ include: { source: true } }>

/**
 * Everything that can tell of a film in a city: our own catalogue when the film is in it, and every enabled source that
 * lists it there. Missing watches are made and looked at at once. With `subscriptionId` the subscription is linked to all
 * of them and counted: create it first, in the same transaction, and touch its links only after this, so that watches
 * are locked before links as everywhere. Sources that list the film later join by themselves.
 */
export async function ensureWatches(
  tx: Prisma.TransactionClient,
  input: {
    cityId: string
    filmKey: string
    movieId: string | null
    urgency: string
    subscriptionId?: string
    now: Date
  },
): Promise<WatchWithSource[]> {
  const { cityId, subscriptionId, now } = input
  const key = readFilmKey(input.filmKey)
  const movieId = input.movieId ?? (key && 'movieId' in key ? key.movieId : null)
  const movie = movieId ? await tx.movie.findUnique({ where: { id: movieId } }) : null
  const titleKey = movie ? foldTitle(movie.title) : key && 'titleKey' in key ? key.titleKey : null
  const language = movie?.language ?? (key && 'titleKey' in key ? key.language : null)

  const byTitle = titleKey ? [{ movieId: null, titleKey }] : []
  const listed = await tx.sourceFilm.findMany({
    where: { cityId, source: { enabled: true }, OR: [...(movie ? [{ movieId: movie.id }] : []), ...byTitle] },
    // Two who ask at once make the same watches in the same order, and wait for each other once.
    orderBy: [{ sourceId: 'asc' }, { siteMovieId: 'asc' }],
  })
  const wanted = listed
    .filter((film) => film.movieId !== null || !languagesClash(film.language, language))
    .map((film) => ({
      sourceId: film.sourceId,
      siteMovieId: film.siteMovieId,
      title: film.title,
      slug: film.slug,
      hints: film.hints ?? {},
      releaseDate: film.releaseDate ?? movie?.releaseDate ?? null,
      nextLookAt: now,
    }))
  if (movie) {
    const { title, slug, releaseDate } = movie
    const own = { sourceId: CATALOGUE_SOURCE, siteMovieId: movie.id, title, slug, hints: {}, releaseDate }
    wanted.unshift({ ...own, nextLookAt: now })
  }
  if (wanted.length === 0) return []
  await tx.watch.createMany({
    data: wanted.map((one) => ({ id: newId(now.getTime()), cityId, ...one })),
    skipDuplicates: true,
  })
  const watches = { cityId, OR: wanted.map(({ sourceId, siteMovieId }) => ({ sourceId, siteMovieId })) }
  const ids = (await tx.watch.findMany({ where: watches, select: { id: true } })).map(({ id }) => id).sort()
  if (subscriptionId) {
    await tx.$executeRaw`SELECT id FROM watches WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
    await tx.subscriptionWatch.createMany({
      data: ids.map((watchId) => ({ subscriptionId, watchId })),
      skipDuplicates: true,
    })
    await countSubscribers(tx, ids, now)
  }
  return tx.watch.findMany({ where: { id: { in: ids } }, include: { source: true }, orderBy: { id: 'asc' } })
}
