import type pg from 'pg'
import { newId } from '../ids.ts'
import type { LockedWatch } from './lock-watch.ts'
import { bookable, type Step } from './next-state.ts'

/** Who looked away for longer cannot say when it began. */
const UNSEEN_MS = 24 * 3_600_000

/**
 * Writes down when each theatre opened booking for a film, once: the forecast is drawn from it. What was on sale when it
 * was first looked at, or opened while we could not see, is left out; seats that came back are no beginning.
 */
export async function noteOpeningRecords(
  client: pg.ClientBase,
  watch: LockedWatch,
  step: Step,
  at: Date,
): Promise<void> {
  const { verdict, lastOkAt } = watch.belief
  if (verdict === null || step.opens?.kind === 'SEATS_BACK') return
  const openedAt = step.opens?.detectedAt ?? at
  if (!lastOkAt || openedAt.getTime() - lastOkAt.getTime() > UNSEEN_MS) return
  const key = (cinema: { siteId: string | null; name: string }) => cinema.siteId ?? cinema.name
  const before = new Set(
    watch.belief.sessions.filter((one) => one.bookable || watch.belief.current).map((one) => key(one.cinema)),
  )
  const byCinema = Map.groupBy(bookable(step.belief.sessions, at), (session) => key(session.cinema))
  const rows = [...byCinema]
    .filter(([cinemaKey]) => !before.has(cinemaKey))
    .map(([cinemaKey, sessions]) => ({
      id: newId(at.getTime()),
      cinemaKey,
      cinemaName: sessions[0]!.cinema.name,
      firstShowAt: sessions.map((session) => session.startsAt).sort()[0],
    }))
  if (rows.length === 0) return
  await client.query(
    `INSERT INTO opening_records (id, source_id, city_id, cinema_key, cinema_name, site_movie_id, title, release_date,
                                  first_show_at, opened_at)
     SELECT r.id, $2, $3, r."cinemaKey", r."cinemaName", $4, $5, $6::date, r."firstShowAt", $7
       FROM jsonb_to_recordset($1) AS r(id uuid, "cinemaKey" text, "cinemaName" text, "firstShowAt" timestamptz)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), watch.sourceId, watch.cityId, watch.siteMovieId, watch.title, watch.releaseDate, openedAt],
  )
}
