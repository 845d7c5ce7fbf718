import { type CinemaSite, createCinemaSite } from './cinema-site.ts'
import { type DemoBooks, openDemoBooks } from './demo-books.ts'
import { controlPage } from './demo-control-page.ts'
import { DEMO_CINEMA } from './demo-site.ts'
import { CONTROL_STYLE, SITE_STYLE } from './demo-styles.ts'
import { FAULTS } from './faults.ts'
import { escapeHtml, htmlPage } from './html.ts'
import type { SiteResponse } from './site-response.ts'
import type { SkinRequest } from './site-types.ts'
import { addDays } from './wall-clock.ts'

export type DemoCinemaOptions = {
  /** Where it keeps what was done: a SQLite file, or `:memory:`. It is opened by the first request. */
  file: string
  /** The path it is mounted at. */
  basePath: string
  now?: () => Date
}
/** `origin` is the one it was asked by: its links lead there. */
export type DemoRequest = SkinRequest & { origin: string }

const ANNOUNCED_MINUTES = 10
const DAYS_ON_SALE = 5

/** The cinema site of a development machine, and a page on which a person decides what it does. It sells nothing. */
export function createDemoCinema(options: DemoCinemaOptions) {
  const now = options.now ?? (() => new Date())
  let opened: { books: DemoBooks; site: CinemaSite } | undefined

  /** What is kept is the truth: another process may have changed it. */
  function open() {
    opened ??= found()
    const kept = opened.books.changed()
    if (kept) opened.site.restore(kept)
    return opened
  }
  function found() {
    const books = openDemoBooks(options.file, () => now().toISOString().slice(0, 10))
    const site = createCinemaSite({
      seed: 'lantern-row',
      now,
      skin: DEMO_CINEMA.kind,
      // Whatever name it is asked by is its own; this one is never shown.
      baseUrl: `http://cinema.invalid${options.basePath}`,
      name: DEMO_CINEMA.name,
      cities: DEMO_CINEMA.cities,
      films: DEMO_CINEMA.films.map((film) => ({
        ...film,
        id: film.siteMovieId,
        releaseDate: fridayAfter(books.foundedOn, film.week),
      })),
      robots: { crawlDelaySeconds: 1, disallow: ['/book', '/control'] },
      onAct: books.add,
      onSwitch: books.switchFault,
    })
    return { books, site }
  }

  function control(request: DemoRequest): SiteResponse {
    const { site, books } = open()
    const wanted = request.query.get('city')
    const city = site.cities.find((one) => one.slug === wanted) ?? site.cities[0]!
    if (request.method === 'POST') {
      const form = new URLSearchParams(request.body)
      // Its buttons are pressed on its own page; another site's page is not to press them.
      if (request.headers['sec-fetch-site'] === 'cross-site') return refuse('Use the buttons of the control page.')
      const done = act(site, books, form, now())
      if (!done) return refuse('There is no such button.')
      const back = new URLSearchParams({ city: form.get('city') ?? city.slug, done })
      return {
        status: 303,
        headers: { location: `${options.basePath}/control?${back.toString()}`, 'cache-control': 'no-store' },
        body: '',
      }
    }
    return html(
      controlPage({ site, city, now: now(), basePath: options.basePath, done: request.query.get('done') }),
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
  }

  return {
    handle(request: DemoRequest): SiteResponse {
      if (request.path === '/control') return control(request)
      if (request.path === '/control/style.css') return css(CONTROL_STYLE)
      if (request.path === '/style.css') return css(SITE_STYLE)
      const { site } = open()
      if (/^\/book\/\d+$/.test(request.path)) return html(bookPage(options.basePath), SITE_POLICY)
      const path = request.path === '' ? '/' : request.path
      const answer = site.handle({ ...request, path }, `${request.origin}${options.basePath}`)
      return dressed(answer, options.basePath)
    },
    /** For tests. */
    site: () => open().site,
    close(): void {
      opened?.books.close()
      opened = undefined
    },
  }
}

/** @returns what was done, for the page to say; null: there is no such act */
function act(site: CinemaSite, books: DemoBooks, form: URLSearchParams, now: Date): string | null {
  const action = form.get('action') ?? ''
  const fault = FAULTS.find((one) => one === form.get('fault'))
  if (action === 'fault' && fault) {
    const on = form.get('on') === '1'
    site.switchFault(fault, on)
    return `${on ? 'On' : 'Off'}: ${fault}`
  }
  if (action === 'healthy') {
    for (const one of FAULTS) site.switchFault(one, false)
    return 'All faults are off'
  }
  if (action === 'deploy') {
    site.act({ kind: 'deploy' })
    return 'The site was rebuilt'
  }
  const film = site.films.find(({ id }) => id === form.get('film'))
  const city = site.cities.find(({ slug }) => slug === form.get('city'))
  if (!film || !city) return null
  const at = { film: film.id, city: city.slug }
  switch (action) {
    case 'open':
      cancel(site, books, at)
      site.act({ kind: 'open', ...at, dates: saleDays(site, film.releaseDate, city.slug) })
      return `${film.title}: booking is open in ${city.name}`
    case 'announce': {
      cancel(site, books, at)
      const opensAt = now.getTime() + ANNOUNCED_MINUTES * 60_000
      site.act({ kind: 'announce', ...at, opensAt })
      site.act({ kind: 'open', ...at, at: opensAt, dates: saleDays(site, film.releaseDate, city.slug) })
      return `${film.title}: announced, and opens in ${ANNOUNCED_MINUTES} minutes in ${city.name}`
    }
    case 'sell-out':
    case 'reopen':
    case 'close':
      if (action === 'close') cancel(site, books, at)
      site.act({ kind: action, ...at })
      return `${film.title}: ${{ 'sell-out': 'sold out', reopen: 'seats are back', close: 'booking is closed' }[action]} in ${city.name}`
    default:
      return null
  }
}

function cancel(site: CinemaSite, books: DemoBooks, { film, city }: { film: string; city: string }): void {
  for (const planned of site.cancelPlans(film, city)) books.remove(planned)
}

/** The first days of its run, or the next ones when that has begun. */
function saleDays(site: CinemaSite, releaseDate: string | null, city: string): string[] {
  const tomorrow = addDays(site.today(city), 1)
  const first = releaseDate && releaseDate > tomorrow ? releaseDate : tomorrow
  return Array.from({ length: DAYS_ON_SALE }, (_, n) => addDays(first, n))
}

function fridayAfter(day: string, week: number): string {
  const sinceFriday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 2) % 7
  return addDays(day, week * 7 - sinceFriday)
}

// Inline styles are part of what its pages say: they hide words that must not count.
const SITE_POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const html = (body: string, policy: string, status = 200): SiteResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
  },
  body,
})
const css = (body: string): SiteResponse => ({
  status: 200,
  headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' },
  body,
})
const refuse = (why: string) =>
  html(htmlPage({ title: 'Not done', body: `<p>${escapeHtml(why)}</p>` }), SITE_POLICY, 400)

const dressed = (answer: SiteResponse, basePath: string): SiteResponse => ({
  ...answer,
  headers: { ...answer.headers, 'content-security-policy': SITE_POLICY },
  body: answer.body.replace('</head>', `<link rel="stylesheet" href="${escapeHtml(basePath)}/style.css">\n</head>`),
})

const bookPage = (basePath: string) =>
  htmlPage({
    title: `${DEMO_CINEMA.name}`,
    head: `<link rel="stylesheet" href="${escapeHtml(basePath)}/style.css">`,
    body: `<header><a href="${escapeHtml(basePath)}/">${DEMO_CINEMA.name}</a></header><main><h1>The box office is a painting</h1><p>This cinema exists to be watched. Nothing is sold here.</p></main>`,
  })
