import { dayNumber, localDate } from '../catalog/local-day.ts'
import { planDay } from './plan-day.ts'
import { sectionPrices } from './prices.ts'
import { demandFor, type SoldParty, sellSeats } from './sell-seats.ts'
import { chance, stableId } from './stable.ts'
import type { Catalogue, CatalogueScreen } from './write-catalogue.ts'

const DAYS = 14
/** Beyond this many days a cinema has published only part of its programme. */
const PUBLISHED_WHOLLY_DAYS = 6
const PUBLISHED_LATER_SHARE = 0.4

export type ShowtimeToWrite = {
  id: string
  movieId: string
  screen: CatalogueScreen
  startsAt: Date
  filmStartsAt: Date
  endsAt: Date
  language: string
  format: string
  captions: string | null
  prices: Record<string, number>
  /** Seats by party that the public has bought. Only used if the showtime is new. */
  sold: () => SoldParty[]
}

/** Every showtime that should be on sale now, whether or not it is stored already. */
export function planShowtimes({ films, screens }: Catalogue, now: Date): ShowtimeToWrite[] {
  const bySlug = new Map(films.map((one) => [one.film.slug, one]))
  return screens.flatMap((screen) => {
    const zone = screen.city.timeZone
    const today = localDate(now, zone)
    const dates = Array.from({ length: DAYS }, (_, i) => Temporal.PlainDate.from(today).add({ days: i }))
    return dates.flatMap((date, daysAhead) =>
      planDay(date.toString(), screen.city, screen.theatre, screen.screen, films).flatMap((plan): ShowtimeToWrite[] => {
        const movie = bySlug.get(plan.film.slug)!
        const daysToRelease = dayNumber(movie.releaseDate) - dayNumber(today)
        if (daysToRelease > (plan.film.opensDaysBefore ?? 4)) return []
        const lot = chance('published', date.toString(), screen.id, plan.startMinute)
        if (daysAhead > PUBLISHED_WHOLLY_DAYS && lot() >= PUBLISHED_LATER_SHARE) return []

        const startsAt = date.toZonedDateTime({ timeZone: zone, plainTime: '00:00' }).add({ minutes: plan.startMinute })
        const filmStartsAt = startsAt.add({ minutes: plan.adsMinutes })
        const id = stableId('showtime', screen.id, startsAt.toInstant().toString())
        const weekend = date.dayOfWeek >= 5
        const seatCount = screen.seats.length
        const slot = { startMinute: plan.startMinute, weekend, format: plan.format }
        return [
          {
            id,
            movieId: movie.id,
            screen,
            startsAt: instant(startsAt),
            filmStartsAt: instant(filmStartsAt),
            endsAt: instant(filmStartsAt.add({ minutes: plan.film.runtimeMinutes })),
            language: plan.language,
            format: plan.format,
            captions: plan.captions,
            prices: sectionPrices(screen.sections, { ...slot, fallbackMinor: movie.defaultPriceMinor }),
            sold: () => {
              const next = chance('sold', id)
              return sellSeats(
                next,
                screen.seats,
                demandFor(next, { ...slot, daysAhead, draw: plan.film.draw ?? 1, seatCount }),
              )
            },
          },
        ]
      }),
    )
  })
}

const instant = (at: Temporal.ZonedDateTime) => new Date(at.epochMilliseconds)
