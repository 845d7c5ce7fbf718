import type { ShowtimeCard, TheatreShowtimes } from '@marquee/contracts/showtimes'

function labels(showtime: ShowtimeCard): string[] {
  return [showtime.language, showtime.format, ...(showtime.captions ? [`${showtime.captions} captions`] : [])]
}

type Rows = readonly TheatreShowtimes[]

/** Every label there is, by kind. */
function labelsByKind(rows: Rows): string[][] {
  const shows = rows.flatMap((row) => row.showtimes)
  return [
    [...new Set(shows.map((show) => show.language))],
    [...new Set(shows.map((show) => show.format))],
    [...new Set(shows.flatMap((show) => (show.captions ? [`${show.captions} captions`] : [])))],
  ]
}

/** Languages, formats and captions that some shows have and others have not: only those are a choice. */
export function versions(rows: Rows): string[] {
  const shows = rows.flatMap((row) => row.showtimes).map(labels)
  return labelsByKind(rows)
    .flat()
    .filter((label) => shows.some((own) => !own.includes(label)))
}

/** Shows that match every chosen label of a kind: two languages mean either, a language and a format mean both. */
export function narrowShowtimes(
  rows: Rows,
  by: { theatre?: string | undefined; versions: readonly string[] },
): TheatreShowtimes[] {
  const chosen = new Set(by.versions)
  const kinds = labelsByKind(rows).map((kind) => kind.filter((label) => chosen.has(label)))
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
