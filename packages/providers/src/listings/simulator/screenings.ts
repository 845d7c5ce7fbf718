import type { SaleState } from './sale-state.ts'
import { between, chance } from './seed.ts'
import type { Screening, SiteCity } from './site-types.ts'
import { addDays, instantOf } from './wall-clock.ts'

const SLOTS = ['10:15', '13:30', '16:45', '18:00', '19:30', '21:10', '22:40']
/** Seats are sold in steps: a page that changes at every look could never be answered with "not modified". */
const SEATS_CHANGE_MS = 6 * 3_600_000

type Source = { seed: string; film: string; city: SiteCity; now: Date }

/** All that is listed for a film in a city: what is on sale, and with `phantoms` a day's screenings that nobody can book. */
export function listScreenings(source: Source, state: SaleState, phantoms: string | null): Screening[] {
  const days = state.onSale ? state.dates : []
  const real = days.flatMap((date) => ofDay(source, date, state, false))
  return phantoms && !days.includes(phantoms) ? [...real, ...ofDay(source, phantoms, state, true)] : real
}

function ofDay({ seed, film, city, now }: Source, date: string, state: SaleState, phantom: boolean): Screening[] {
  return city.cinemas.flatMap((cinema, at) => {
    // The first house always plays it, so that a day on sale is never empty.
    if (at > 0 && chance(seed, film, date, cinema.siteId) < 0.4) return []
    const slots = SLOTS.filter((slot) => chance(seed, film, date, cinema.siteId, slot) < 0.45)
    return (slots.length ? slots : ['19:30']).map((localTime): Screening => {
      const startsAt = instantOf(date, localTime, city.zone)
      const siteId = String(
        10_000 + Math.floor(chance(seed, film, cinema.siteId, date, localTime, 'session') * 9_000_000),
      )
      const seats = between(8, 22, seed, cinema.siteId, 'seats') * 10
      const step = Math.floor((now.getTime() - (state.openedAt ?? now.getTime())) / SEATS_CHANGE_MS)
      const sold = Math.min(0.96, (step + 1) * 0.03 * (0.5 + chance(seed, siteId, 'pace')))
      const seatsLeft = state.soldOut ? 0 : Math.max(2, Math.round(seats * (1 - sold)))
      const past = startsAt.getTime() <= now.getTime()
      return {
        siteId,
        cinema,
        startsAt,
        localDate: date,
        localTime,
        seats,
        seatsLeft,
        bookable: !phantom && !past && seatsLeft > 0,
        phantom,
      }
    })
  })
}

export const phantomDay = (today: string) => addDays(today, 3)
