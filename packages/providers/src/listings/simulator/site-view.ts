import type { CinemaSiteOptions } from './cinema-site.ts'
import type { Fault } from './faults.ts'
import { saleStateAt } from './sale-state.ts'
import { listScreenings, phantomDay } from './screenings.ts'
import { letters } from './seed.ts'
import type { Act, FilmView, SiteCity, SiteFilm, SiteView } from './site-types.ts'
import { localOf } from './wall-clock.ts'

/** Makes what the site knows at a moment. `acts` is the site's own list, in order; it may grow. */
export function createSiteView(
  { seed, baseUrl, name, cities, films }: Pick<CinemaSiteOptions, 'seed' | 'baseUrl' | 'name' | 'cities' | 'films'>,
  acts: readonly Act[],
) {
  // Sorting the acts by film once per change keeps a page of hundreds of films quick.
  let sorted = { count: -1, byTown: new Map<string, Act[]>(), byFilm: new Map<string, Act[]>(), deploys: [] as Act[] }
  function index() {
    if (sorted.count === acts.length) return sorted
    sorted = { count: acts.length, byTown: new Map(), byFilm: new Map(), deploys: [] }
    const add = (map: Map<string, Act[]>, key: string, act: Act) => {
      const list = map.get(key)
      if (list) list.push(act)
      else map.set(key, [act])
    }
    for (const act of acts) {
      if (act.kind === 'deploy') sorted.deploys.push(act)
      else if ('city' in act) add(sorted.byTown, `${act.film} ${act.city}`, act)
      else add(sorted.byFilm, act.film, act)
    }
    return sorted
  }

  const actsOf = (film: string, city: string): readonly Act[] => index().byTown.get(`${film} ${city}`) ?? []

  function nameAt(film: SiteFilm, at: number) {
    const now = { id: film.id, title: film.title, slug: film.slug }
    for (const act of index().byFilm.get(film.id) ?? []) {
      if (act.at > at) break
      if (act.kind === 'move-id') now.id = act.id
      // A renamed film may keep its old address.
      if (act.kind === 'rename') Object.assign(now, { title: act.title }, act.slug && { slug: act.slug })
    }
    return now
  }

  function viewFilm(film: SiteFilm, city: SiteCity, at: Date, faults: ReadonlySet<Fault>): FilmView {
    const state = saleStateAt(actsOf(film.id, city.slug), at.getTime())
    const today = localOf(at, city.zone).date
    const screenings = listScreenings(
      { seed, film: film.id, city, now: at },
      state,
      faults.has('phantoms') && !state.removed ? phantomDay(today) : null,
    ).filter((s) => s.localDate >= today)
    const openDates = [
      ...new Set(screenings.filter((s) => !s.phantom && s.startsAt.getTime() > at.getTime()).map((s) => s.localDate)),
    ]
    const sale = state.removed
      ? 'removed'
      : openDates.length > 0
        ? state.soldOut
          ? 'sold-out'
          : 'open'
        : state.announcedFor !== null
          ? 'announced'
          : 'not-open'
    return {
      key: film.id,
      ...nameAt(film, at.getTime()),
      language: film.language,
      format: film.format,
      formatId: letters(9, seed, film.id, 'format').toLowerCase(),
      releaseDate: film.releaseDate,
      city,
      sale,
      opensAt: state.announcedFor === null ? null : new Date(state.announcedFor),
      openDates,
      screenings,
    }
  }

  const viewAt = (at: Date, faults: ReadonlySet<Fault>, askedAs = baseUrl): SiteView => {
    const build = index().deploys.filter((act) => act.at <= at.getTime()).length
    return {
      at,
      baseUrl: askedAs,
      root: new URL(askedAs).pathname.replace(/\/$/, ''),
      seed,
      siteName: name,
      build,
      faults,
      cities,
      today: (city) => localOf(at, city.zone).date,
      hashed: (style) => `${style}__${letters(5, seed, style, build)}`,
      city: (slugOrCode) => cities.find((city) => city.slug === slugOrCode || city.code === slugOrCode),
      films: (city, list) =>
        films
          .map((film) => viewFilm(film, city, at, faults))
          .filter((film) => film.sale !== 'removed' && film.openDates.length > 0 === (list === 'running')),
      film(id, city) {
        const film = films.find((one) => nameAt(one, at.getTime()).id === id)
        return film && viewFilm(film, city, at, faults)
      },
      movedTo(id) {
        const film = films.find((one) => one.id === id)
        return film && nameAt(film, at.getTime()).id
      },
    }
  }
  return Object.assign(viewAt, {
    actsOf,
    /** The list has changed in another way than by growing. */
    forget(): void {
      sorted.count = -1
    },
    idAt: (film: string, at: number) => nameAt(films.find((one) => one.id === film)!, at).id,
    titleAt: (film: string, at: number) => nameAt(films.find((one) => one.id === film)!, at).title,
  })
}
