import type { CinemaSite } from './cinema-site.ts'
import { DEMO_CINEMA } from './demo-site.ts'
import { FAULT_WORDS, FAULTS } from './faults.ts'
import { escapeHtml, htmlPage } from './html.ts'
import type { SiteCity, SiteFilm } from './site-types.ts'
import { localOf } from './wall-clock.ts'

const STATE = {
  OPEN: ['open', 'Booking is open'],
  SOLD_OUT: ['sold-out', 'Sold out'],
  ANNOUNCED: ['announced', 'Announced'],
  NOT_OPEN: ['not-open', 'Not open'],
  GONE: ['not-open', 'Gone'],
} as const

type ControlPage = { site: CinemaSite; city: SiteCity; now: Date; basePath: string; done: string | null }

/** Where a person decides what the demo cinema does. Works without scripts and by keyboard. */
export function controlPage({ site, city, now, basePath, done }: ControlPage): string {
  const base = escapeHtml(basePath)
  const manners = site.requests.politeness({ minGapMs: 1_000 })
  return htmlPage({
    title: `Control · ${site.name}`,
    head: `<meta name="robots" content="noindex">\n<link rel="stylesheet" href="${base}/control/style.css">`,
    body: `<header><strong>${escapeHtml(site.name)}</strong><span>a cinema that exists to be watched · its control room</span></header>
<main>
<h1>Control room</h1>
<p>What you press here shows on <a href="${base}/${city.slug}/films">its pages</a> at once. Whoever watches it must find out by looking.</p>
${done ? `<p class="notice" role="status">${escapeHtml(done)}</p>` : ''}
<nav aria-label="Town">${site.cities
      .map(
        (one) =>
          `<a href="${base}/control?city=${one.slug}"${one === city ? ' aria-current="page"' : ''}>${escapeHtml(one.name)}</a>`,
      )
      .join('')}</nav>
<h2>Films in ${escapeHtml(city.name)}</h2>
<ul>${site.films.map((film) => filmRow(site, film, city, now, base)).join('\n')}</ul>
<h2>Faults</h2>
<p>Of the whole site, until they are switched off again.</p>
<ul class="faults">${FAULTS.map((fault) => faultButton(site, fault, city, base)).join('')}</ul>
<form method="post" action="${base}/control">
<input type="hidden" name="city" value="${city.slug}">
<button name="action" value="healthy">Switch all faults off</button>
<button name="action" value="deploy">Rebuild the site</button>
</form>
<h2>Who has looked</h2>
<table><tbody>
${(
  [
    ['Requests since this process began', manners.requests],
    ['Answered “not modified”', manners.notModified],
    ['Two at once', manners.overlaps],
    ['Where robots.txt forbids it', manners.forbidden],
  ] as const
)
  .map(([label, count]) => `<tr><td>${label}</td><td>${count}</td></tr>`)
  .join('')}
</tbody></table>
</main>`,
  })
}

function filmRow(site: CinemaSite, film: SiteFilm, city: SiteCity, now: Date, base: string): string {
  const truth = site.truth(film.id, city.slug)
  const [style, words] = STATE[truth.state]
  const open = truth.state === 'OPEN' || truth.state === 'SOLD_OUT'
  const buttons: [action: string, label: string, main?: boolean][] = [
    ...(open
      ? []
      : ([
          ['open', 'Open booking', true],
          ['announce', 'Announce it for ten minutes from now'],
        ] satisfies [string, string, boolean?][])),
    ...(truth.state === 'OPEN' ? ([['sell-out', 'Sell out']] satisfies [string, string][]) : []),
    ...(truth.state === 'SOLD_OUT' ? ([['reopen', 'Seats are back', true]] satisfies [string, string, boolean][]) : []),
    ...(open || truth.state === 'ANNOUNCED' ? ([['close', 'Close']] satisfies [string, string][]) : []),
  ]
  const page = `${base}${DEMO_CINEMA.filmPath({ slug: film.slug, siteMovieId: film.id }, city.slug)}`
  return `<li class="film"><div class="what"><h3><a href="${page}">${escapeHtml(film.title)}</a></h3><span class="state ${style}">${words}${
    truth.state === 'ANNOUNCED' && truth.opensAt
      ? ` for ${localOf(truth.opensAt, city.zone).time}, in ${Math.max(0, Math.ceil((truth.opensAt.getTime() - now.getTime()) / 60_000))} min`
      : ''
  }</span><span>${escapeHtml(film.language)} · ${escapeHtml(film.format)} · ${film.releaseDate}${
    open && truth.openDates.length > 0 ? ` · on sale ${truth.openDates[0]} to ${truth.openDates.at(-1)}` : ''
  }</span></div>
<form method="post" action="${base}/control"><input type="hidden" name="city" value="${city.slug}"><input type="hidden" name="film" value="${film.id}">
${buttons.map(([action, label, main]) => `<button${main ? ' class="main"' : ''} name="action" value="${action}" aria-label="${escapeHtml(`${label}: ${film.title}`)}">${label}</button>`).join(' ')}
</form></li>`
}

function faultButton(site: CinemaSite, fault: (typeof FAULTS)[number], city: SiteCity, base: string): string {
  const on = site.faults().has(fault)
  return `<li><form method="post" action="${base}/control"><input type="hidden" name="city" value="${city.slug}"><input type="hidden" name="fault" value="${fault}"><input type="hidden" name="on" value="${on ? 0 : 1}">
<button name="action" value="fault" aria-pressed="${on}"><strong>${fault}</strong><span>${escapeHtml(FAULT_WORDS[fault])}</span></button></form></li>`
}
