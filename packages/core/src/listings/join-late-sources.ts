import type { Prisma, SourceFilm } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { CATALOGUE_SOURCE } from './catalogue-source.ts'
import { countSubscribers, WAITING } from './count-subscribers.ts'
import { languagesClash, readFilmKey } from './film-keys.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

/**
 * Whoever waits for a film that this source has come to list watches there too from now on. A film that was on none of its
 * lists at `absentAt`, after they asked or just before, was not on sale there: for them it is armed at once, or a site that
 * lists films only when it sells them would never be news. Not a film that is long out: it has come onto a page of the list.
 */
export async function joinLateSources(
  tx: Prisma.TransactionClient,
  input: { sourceId: string; cityId: string; fresh: string[]; absentAt: Date | null; now: Date },
): Promise<void> {
  const { sourceId, cityId, absentAt, now } = input
  const waiting = await tx.$queryRawUnsafe<{ filmKey: string; movieId: string | null }[]>(
    `SELECT DISTINCT film_key AS "filmKey", movie_id AS "movieId" FROM alert_subscriptions s WHERE city_id = $1::uuid AND ${WAITING}`,
    cityId,
  )
  if (waiting.length === 0) return
  const films = await tx.sourceFilm.findMany({ where: { sourceId, cityId } })
  const fresh = new Set(input.fresh)
  const touched = new Set<string>()
  for (const { filmKey, movieId } of waiting) {
    const key = readFilmKey(filmKey)
    const wanted = movieId ?? (key && 'movieId' in key ? key.movieId : null)
    for (const film of films) {
      const same = wanted
        ? film.movieId === wanted
        : key !== null &&
          'titleKey' in key &&
          film.titleKey === key.titleKey &&
          !languagesClash(film.language, key.language)
      if (!same) continue
      const longOut = film.releaseDate !== null && now.getTime() - film.releaseDate.getTime() > WEEK_MS
      const isNews = fresh.has(film.siteMovieId) && !longOut
      const armedBy = isNews && absentAt ? new Date(absentAt.getTime() + HOUR_MS) : null
      touched.add(await link(tx, { filmKey, cityId, watch: watchOf(film), armedBy, now }))
      // In our own catalogue by now, though nobody knew it when they asked.
      if (!wanted && film.movieId) {
        const own = { ...watchOf(film), sourceId: CATALOGUE_SOURCE, siteMovieId: film.movieId, slug: null, hints: {} }
        touched.add(await link(tx, { filmKey, cityId, watch: own, armedBy: null, now }))
      }
    }
  }
  await countSubscribers(tx, [...touched].sort(), now)
}

const watchOf = ({ sourceId, siteMovieId, title, slug, hints, releaseDate }: SourceFilm) => ({
  sourceId,
  siteMovieId,
  title,
  slug,
  hints: hints ?? {},
  releaseDate,
})

/** @param given.armedBy links of whoever asked before then are armed at once */
async function link(
  tx: Prisma.TransactionClient,
  given: { filmKey: string; cityId: string; watch: ReturnType<typeof watchOf>; armedBy: Date | null; now: Date },
): Promise<string> {
  const { filmKey, cityId, watch, armedBy, now } = given
  const { sourceId, siteMovieId } = watch
  await tx.watch.createMany({
    data: [{ id: newId(now.getTime()), cityId, ...watch, nextLookAt: now }],
    skipDuplicates: true,
  })
  const { id } = await tx.watch.findUniqueOrThrow({
    where: { sourceId_siteMovieId_cityId: { sourceId, siteMovieId, cityId } },
    select: { id: true },
  })
  await tx.$executeRawUnsafe(
    `INSERT INTO subscription_watches (subscription_id, watch_id, armed_at)
     SELECT s.id, $1::uuid, CASE WHEN s.created_at <= $4::timestamptz THEN $5::timestamptz END
       FROM alert_subscriptions s WHERE s.city_id = $2::uuid AND s.film_key = $3 AND ${WAITING}
     ON CONFLICT DO NOTHING`,
    id,
    cityId,
    filmKey,
    armedBy,
    now,
  )
  return id
}
