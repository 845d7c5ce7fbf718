import type { ShowtimeCard, TheatreShowtimes } from '@marquee/contracts/showtimes'

function labels(showtime: ShowtimeCard): string[] {
  return [showtime.language, showtime.format, ...(showtime.captions ? [`${showtime.captions} captions`] : [])]
}

/** Languages, formats and captions that some shows have and others have not: only those are a choice. */
export function versions(rows: readonly TheatreShowtimes[]): string[] {
  const shows = rows.flatMap((row) => row.showtimes)
  const counts = new Map<string, number>()
  for (const show of shows) for (const label of labels(show)) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].filter(([, count]) => count < shows.length).map(([label]) => label)
}

/** Shows that match every chosen label of a kind: two languages mean either, a language and a format mean both. */
export function narrowShowtimes(
  rows: readonly TheatreShowtimes[],
  by: { theatre?: string | undefined; versions: readonly string[] },
): TheatreShowtimes[] {
  const chosen = new Set(by.versions)
  const all = rows.flatMap((row) => row.showtimes)
  const kinds = [
    new Set(all.map((show) => show.language)),
    new Set(all.map((show) => show.format)),
    new Set(all.flatMap((show) => (show.captions ? [`${show.captions} captions`] : []))),
  ].map((kind) => [...kind].filter((label) => chosen.has(label)))
  return rows
    .filter((row) => !by.theatre || row.theatre.slug === by.theatre)
    .map((row) => ({
      ...row,
      showtimes: row.showtimes.filter((show) => {
        const own = labels(show)
        return kinds.every((wanted) => wanted.length === 0 || wanted.some((label) => own.includes(label)))
      }),
    }))
    .filter((row) => row.showtimes.length > 0)
}
