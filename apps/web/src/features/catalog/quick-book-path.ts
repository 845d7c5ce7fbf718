import type { QueryClient } from '@tanstack/react-query'
import { paths } from '../../lib/paths.ts'
import { canBook, seatsLeft } from './availability.ts'
import { movieShowtimesQuery } from './queries.ts'

interface QuickBook {
  city: string
  /** Slugs; empty for any. */
  film: string
  theatre: string
  date: string
  today: string
  count: number
  now: number
}

/**
 * The nearest page to the seats. Film and cinema both named, with one show that has the seats: its seat map.
 * More to choose from, or nothing that day: the page where the choice is made, narrowed to the answers.
 */
export async function quickBookPath(client: QueryClient, input: QuickBook): Promise<string> {
  const { film, theatre, date, today, count, now } = input
  const day = date === today ? undefined : date
  // The list of films has no day of its own, so there today is said as well.
  if (!film) return theatre ? paths.theatre(theatre, { date: day, count }) : paths.films({ date, count })
  if (!theatre) return paths.film(film, { date: day, count })
  const narrowed = paths.film(film, { date: day, theatre, count })
  try {
    const answer = await client.fetchQuery(movieShowtimesQuery(film, input.city, date))
    const shows = answer.theatres
      .filter((row) => row.theatre.slug === theatre)
      .flatMap((row) => row.showtimes)
      .filter((showtime) => canBook(seatsLeft(showtime, now)) && showtime.seatsLeft >= count)
    const [only, ...others] = shows
    return only && others.length === 0 ? paths.seats(only.id, { count }) : narrowed
  } catch {
    // That page asks again, and says what went wrong if it still does.
    return narrowed
  }
}
