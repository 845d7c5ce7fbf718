import { type Fault, type FaultWindow, faultsAt } from './faults.ts'
import { createRequestLog } from './request-log.ts'
import { robotsText } from './robots.ts'
import { saleStateAt } from './sale-state.ts'
import { chance } from './seed.ts'
import { type SiteResponse, serveFaulty, servePage } from './site-response.ts'
import type { Act, Screening, SiteCity, SiteFilm, SkinName, SkinRequest } from './site-types.ts'
import { createSiteView } from './site-view.ts'
import { SKIN } from './skins.ts'
import { localOf } from './wall-clock.ts'

export type CinemaSiteOptions = {
  seed: string
  /** The site's own clock. */
  now: () => Date
  skin: SkinName
  /** Origin and path it is mounted at, without a slash at its end. */
  baseUrl: string
  name: string
  cities: SiteCity[]
  films: SiteFilm[]
  /** What was done before; a site that was stopped goes on from here. */
  acts?: Act[]
  faultWindows?: FaultWindow[]
  switched?: Fault[]
  /** What robots.txt asks for. Null: there is none. */
  robots?: { crawlDelaySeconds: number | null; disallow: string[] } | null
  onAct?: (act: Act) => void
  onSwitch?: (fault: Fault, on: boolean) => void
}

export type Truth = {
  state: 'OPEN' | 'SOLD_OUT' | 'ANNOUNCED' | 'NOT_OPEN' | 'GONE'
  /** When the sale that runs began. */
  openedAt: Date | null
  opensAt: Date | null
  openDates: string[]
}

/** An act without its time: it happens now unless it says when. */
export type Doing = Untimed<Act>
type Untimed<One> = One extends Act ? Omit<One, 'at'> & { at?: number } : never

export type CinemaSite = ReturnType<typeof createCinemaSite>

/**
 * A cinema's website with a clock of its own and a truth to compare with: what it shows follows from its acts and its seed
 * alone. Pages have the shapes that real sites use, and whatever can go wrong with a site goes wrong by a switch.
 */
export function createCinemaSite(options: CinemaSiteOptions) {
  const acts = [...(options.acts ?? [])]
  const switched = new Set<Fault>(options.switched)
  const windows = [...(options.faultWindows ?? [])]
  const requests = createRequestLog(options.now)
  const viewAt = createSiteView(options, acts)
  const skin = SKIN[options.skin]
  const robots = options.robots === undefined ? { crawlDelaySeconds: 10, disallow: ['/book'] } : options.robots

  function act(doing: Doing): Act {
    const made = { ...doing, at: doing.at ?? options.now().getTime() } as Act
    const after = acts.findIndex((other) => other.at > made.at)
    acts.splice(after < 0 ? acts.length : after, 0, made)
    options.onAct?.(made)
    return made
  }

  function truth(film: string, city: string, at: Date = options.now()): Truth {
    const state = saleStateAt(viewAt.actsOf(film, city), at.getTime())
    const place = options.cities.find((c) => c.slug === city)!
    const shown = viewAt(at, new Set()).film(viewAt.idAt(film, at.getTime()), place)
    const sale = shown?.sale ?? 'removed'
    return {
      state: (
        {
          'not-open': 'NOT_OPEN',
          announced: 'ANNOUNCED',
          open: 'OPEN',
          'sold-out': 'SOLD_OUT',
          removed: 'GONE',
        } as const
      )[sale],
      openedAt: state.openedAt === null ? null : new Date(state.openedAt),
      opensAt: shown?.opensAt ?? null,
      openDates: shown?.openDates ?? [],
    }
  }

  /** Every screening that is listed, as it is. */
  function screenings(film: string, city: string, at: Date = options.now()): Screening[] {
    const place = options.cities.find((c) => c.slug === city)!
    return viewAt(at, new Set()).film(viewAt.idAt(film, at.getTime()), place)?.screenings ?? []
  }

  /** `baseUrl` where the site has more than one name: the one it was asked by. */
  function answer(request: SkinRequest, baseUrl = options.baseUrl): SiteResponse {
    const at = options.now()
    if (request.path === '/robots.txt') return robotsText(robots)
    const faults = faultsAt(switched, windows, at.getTime())
    // A cache that is behind serves what the site was, and says how old it is.
    const shownAt = faults.has('stale') ? new Date(at.getTime() - 3 * 3_600_000) : at
    const view = viewAt(shownAt, faults, baseUrl)
    const instead = serveFaulty(faults, request.path, baseUrl, () => skin.home(view))
    if (instead) return instead
    const cut = 0.15 + 0.8 * chance(options.seed, request.path, at.getTime(), 'cut')
    const found = request.path === '/' ? home() : skin.route(view, request)
    return servePage(found, { ...request, at, shownAt, faults, cut, baseUrl, skin: options.skin })

    function home() {
      return { kind: 'page' as const, type: 'html' as const, model: [view.build], render: () => skin.home(view) }
    }
  }

  return {
    skin: options.skin,
    baseUrl: options.baseUrl,
    name: options.name,
    cities: options.cities,
    films: options.films,
    requests,
    acts: acts as readonly Act[],
    act,
    truth,
    screenings,
    /** Its id on the site, which an act may have changed. */
    idOf: (film: string, at: Date = options.now()) => viewAt.idAt(film, at.getTime()),
    titleOf: (film: string, at: Date = options.now()) => viewAt.titleAt(film, at.getTime()),
    faults: () => faultsAt(switched, windows, options.now().getTime()),
    switchFault(fault: Fault, on: boolean): void {
      if (on) switched.add(fault)
      else switched.delete(fault)
      options.onSwitch?.(fault, on)
    },
    /** Starts again from what somebody else has kept. */
    restore(kept: { acts: Act[]; switched: Fault[] }): void {
      acts.splice(0, acts.length, ...kept.acts.toSorted((a, b) => a.at - b.at))
      viewAt.forget()
      switched.clear()
      for (const fault of kept.switched) switched.add(fault)
    },
    /** Takes back what is still to come for a film in a city. */
    cancelPlans(film: string, city: string): Act[] {
      const now = options.now().getTime()
      const planned = acts.filter((one) => one.at > now && 'city' in one && one.film === film && one.city === city)
      for (const one of planned) acts.splice(acts.indexOf(one), 1)
      viewAt.forget()
      return planned
    },
    addFaultWindow: (window: FaultWindow): void => void windows.push(window),
    /** Every sale that begins, by its act: the moments at which an alert is due. Sold out and back is none of them. */
    openings(): { film: string; city: string; at: Date }[] {
      return acts.flatMap((made, index) =>
        made.kind === 'open' && !saleStateAt(acts.slice(0, index).filter(sameFilm(made)), made.at).onSale
          ? [{ film: made.film, city: made.city, at: new Date(made.at) }]
          : [],
      )
    },
    today: (city: string) => localOf(options.now(), options.cities.find((c) => c.slug === city)!.zone).date,
    answer,
    /** Answers and counts, for callers without a socket. `path` is below where the site is mounted. */
    handle(request: SkinRequest, baseUrl?: string): SiteResponse {
      const entry = this.begin(request)
      const response = answer(request, baseUrl)
      this.end(entry, response)
      return response
    },
    begin(request: SkinRequest) {
      return requests.begin({
        client: request.headers['user-agent'] ?? 'nameless',
        method: request.method,
        path: request.path,
        conditional: Boolean(request.headers['if-none-match'] ?? request.headers['if-modified-since']),
        forbidden: Boolean(robots?.disallow.some((prefix) => request.path.startsWith(prefix))),
      })
    },
    end(entry: ReturnType<typeof requests.begin>, response: SiteResponse): void {
      const retryAfter = Number(response.headers['retry-after'])
      requests.end(entry, response.status, retryAfter > 0 ? retryAfter : undefined)
    },
  }
}

const sameFilm =
  (one: Extract<Act, { film: string; city: string }>) =>
  (other: Act): boolean =>
    'city' in other && other.film === one.film && other.city === one.city
