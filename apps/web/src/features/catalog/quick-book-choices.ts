import type { Home, ShowtimeCard } from '@marquee/contracts/showtimes'
import { useQuery } from '@tanstack/react-query'
import { canBook, seatsLeft } from './availability.ts'
import { type Choice, narrowChoices } from './narrow-choices.ts'
import { movieShowtimesQuery, theatreDayQuery, theatresQuery } from './queries.ts'

interface QuickBookAnswers {
  home: Home
  /** Slugs; empty for any. */
  film: string
  theatre: string
  date: string
  count: number
  now: number
  /** The question answered first; the other one's list is narrowed by it. */
  first: 'film' | 'theatre' | null
}

/**
 * What can be chosen. After a film: the cinemas that have it that day with the seats; after a cinema: its films.
 * Until that is known, or if it cannot be, the whole list.
 */
export function useQuickBookChoices({ home, film, theatre, date, count, now, first }: QuickBookAnswers): {
  films: Choice[]
  theatres: Choice[]
} {
  const all = useQuery(theatresQuery(home.city.slug))
  const ofFilm = useQuery({
    ...movieShowtimesQuery(film, home.city.slug, date),
    enabled: first === 'film' && film !== '',
  })
  const ofTheatre = useQuery({ ...theatreDayQuery(theatre, date), enabled: first === 'theatre' && theatre !== '' })

  const free = (showtimes: readonly ShowtimeCard[]) =>
    showtimes.some((showtime) => canBook(seatsLeft(showtime, now)) && showtime.seatsLeft >= count)
  // An answer about another day stays while the next one is fetched: it must not narrow this day.
  const playing =
    first === 'film' && ofFilm.data && !ofFilm.isPlaceholderData
      ? ofFilm.data.theatres.filter((row) => free(row.showtimes)).map((row) => row.theatre.slug)
      : null
  const played =
    first === 'theatre' && ofTheatre.data && !ofTheatre.isPlaceholderData
      ? ofTheatre.data.movies.filter((row) => free(row.showtimes)).map((row) => row.movie.slug)
      : null
  return {
    films: narrowChoices(
      home.running.map((movie) => ({ slug: movie.slug, label: movie.title })),
      played,
      film,
    ),
    theatres: narrowChoices(
      (all.data?.items ?? []).map((item) => ({ slug: item.slug, label: `${item.name}, ${item.area}` })),
      playing,
      theatre,
    ),
  }
}
