import { addDays, instantOf } from '@marquee/providers/listings/simulator/wall-clock'
import { type PlannedSite, SCORE_CITIES } from './scenario.ts'

export type Sale = { film: string; city: string; from: Date; until: Date }

/** Each time that a film is on sale: from its opening until it is closed, or the last of its days is over. */
export function salesOf(site: Pick<PlannedSite, 'films' | 'acts'>): Sale[] {
  return site.films.flatMap((film) => {
    const zone = SCORE_CITIES.find((city) => city.slug === film.city)!.zone
    const sales: Sale[] = []
    let current: (Sale & { lastDay: string }) | null = null
    for (const act of site.acts) {
      if (!('film' in act) || act.film !== film.id) continue
      if (act.kind === 'open' || act.kind === 'add-dates') {
        const lastDay: string = [...act.dates, ...(current ? [current.lastDay] : [])].sort().at(-1)!
        if (!current && act.kind === 'add-dates') continue
        current ??= { film: film.id, city: film.city, from: new Date(act.at), until: new Date(0), lastDay }
        current.lastDay = lastDay
        current.until = instantOf(addDays(lastDay, 1), '00:00', zone)
        if (!sales.includes(current)) sales.push(current)
      }
      if (act.kind === 'close' && current) {
        current.until = new Date(act.at)
        current = null
      }
    }
    return sales.map(({ from, until, city }) => ({ film: film.id, city, from, until }))
  })
}
