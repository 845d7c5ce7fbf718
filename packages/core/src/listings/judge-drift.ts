import type pg from 'pg'

export type Drift = {
  /** Watches of the source that somebody waits for. */
  watches: number
  /** Of them, how many changed what is believed, or are about to, within the hour. */
  changed: number
  /** The pages, or how we read them, changed within ten minutes. */
  justChanged: boolean
  /** Openings since then. */
  openedAfterChange: number
}

const LEAST_CHANGED = 6
const SHARE = 1 / 3
const OPENED_AFTER_CHANGE = 3

/** Whether a source must be held until a person looks: too much of it changes at once to be films. Pure. */
export function judgeDrift({ watches, changed, justChanged, openedAfterChange }: Drift): string | null {
  if (justChanged && openedAfterChange >= OPENED_AFTER_CHANGE)
    return `${openedAfterChange} films turned open within ten minutes of a change of its pages or of how we read them`
  if (changed >= LEAST_CHANGED && changed > watches * SHARE)
    return `${changed} of ${watches} films changed within an hour`
  return null
}

/**
 * That shows sell out on a Friday evening is no drift, so what is sold out now is not counted; that many are back is.
 * Asked after the look is written, in its transaction: it counts itself.
 */
export async function countDrift(client: pg.ClientBase, sourceId: string, now: Date): Promise<Drift> {
  const { rows } = await client.query<Drift>(
    `SELECT count(*)::int AS watches,
            count(*) FILTER (WHERE (w.verdict <> 'SOLD_OUT' AND w.verdict_changed_at > $2::timestamptz - interval '1 hour')
              OR (w.verdict <> 'OPEN' AND w.confirming_since > $2::timestamptz - interval '1 hour'))::int AS changed,
            (SELECT count(*)::int FROM openings o JOIN watches ow ON ow.id = o.watch_id
              WHERE ow.source_id = $1 AND o.confirmed_at >= s.shape_changed_at
                AND s.shape_changed_at > $2::timestamptz - interval '10 minutes') AS "openedAfterChange",
            coalesce(s.shape_changed_at > $2::timestamptz - interval '10 minutes', false) AS "justChanged"
       FROM listing_sources s LEFT JOIN watches w ON w.source_id = s.id AND w.subscribers > 0 AND w.verdict IS NOT NULL
      WHERE s.id = $1 GROUP BY s.id`,
    [sourceId, now],
  )
  return rows[0]!
}
