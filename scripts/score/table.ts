import type { Driven } from './drive.ts'
import type { Score, SiteScore } from './measure.ts'
import type { ScoreOptions } from './scenario.ts'

const pad = (n: number) => String(n).padStart(2, '0')

/** `45 s`, `12 min`, `3 h 05 min`. */
export function spanText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
}

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

const delays = (values: number[]) =>
  values.length === 0
    ? '–'
    : `${spanText(quantile(values, 0.5))} / ${spanText(quantile(values, 0.9))} / ${spanText(Math.max(...values))}`

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`)
const sum = (sites: SiteScore[], of: (site: SiteScore) => number) => sites.reduce((total, site) => total + of(site), 0)

/** What is expected of a run: lines that say otherwise make the command fail. */
export function failures(score: Score): string[] {
  const wrong: string[] = []
  if (score.falseOpen.length > 0) wrong.push(`${score.falseOpen.length} false OPEN`)
  if (score.missed.length > 0) wrong.push(`${score.missed.length} missed`)
  if (score.doubled > 0) wrong.push(`${score.doubled} people told twice of one sale`)
  if (score.untold > 0) wrong.push(`${score.untold} people not told`)
  if (score.aboutOldSales > 0) wrong.push(`${score.aboutOldSales} alerts about what was on sale before`)
  if (score.shownBlind < score.unprovable || score.blindTold < score.unprovable)
    wrong.push(`${score.unprovable - Math.min(score.shownBlind, score.blindTold)} watches not shown as blind`)
  for (const { id, politeness } of score.sites) {
    if (politeness.overlaps > 0) wrong.push(`${id}: two requests at once`)
    if (politeness.tooSoon > 0) wrong.push(`${id}: ${politeness.tooSoon} requests too soon`)
    if (politeness.forbidden > 0) wrong.push(`${id}: asked where robots.txt forbids it`)
    if (politeness.beforeRetryAfter > 0) wrong.push(`${id}: asked before Retry-After was over`)
  }
  return wrong
}

export function scoreTable(score: Score, options: ScoreOptions, driven: Driven, seconds: number): string {
  const { sites } = score
  const pages = sum(sites, ({ politeness }) => politeness.pages)
  const conditional = sum(sites, ({ politeness }) => politeness.conditional)
  const notModified = sum(sites, ({ politeness }) => politeness.notModified)
  const shortest = Math.min(...sites.map(({ politeness }) => politeness.shortestGapMs ?? Number.POSITIVE_INFINITY))
  const rows: [string, string, string][] = [
    ['Films watched, on sites', `${sum(sites, ({ films }) => films)}, ${sites.length}`, ''],
    ['Sales that began, on pages that can prove it', String(score.sales), ''],
    ['**False OPEN**', `**${score.falseOpen.length}**`, '0'],
    ['**Missed**', `**${score.missed.length}**`, '0'],
    ['People who were due an alert', String(score.peopleDue), ''],
    ['… told exactly once', String(score.peopleDue - score.untold - score.doubled), 'all'],
    ['… told twice, not told', `${score.doubled}, ${score.untold}`, '0, 0'],
    ['Calls about what was on sale before somebody asked', String(score.aboutOldSales), '0'],
    ['From opening to the call being due: median / 90 % / worst', delays(score.delaysMs), ''],
    ['… where the hour was announced', delays(score.announcedDelaysMs), ''],
    ['Openings held by the drift guard until a person looked; let through', `${score.held}; ${driven.released}`, ''],
    [
      'Watches of pages that prove nothing: shown as not seen, told so',
      `${score.shownBlind}, ${score.blindTold} of ${score.unprovable}`,
      'all',
    ],
    ['Pages asked for', pages.toLocaleString('en'), ''],
    ['… for each opening that was found', String(Math.round(pages / Math.max(1, score.found))), ''],
    [
      '… with a condition, answered “not modified”',
      `${percent(conditional, pages)}, ${percent(notModified, pages)}`,
      '',
    ],
    ['Two at once at one host', String(sum(sites, ({ politeness }) => politeness.overlaps)), '0'],
    [
      'Shortest gap; gaps shorter than asked for',
      `${spanText(shortest)}; ${sum(sites, ({ politeness }) => politeness.tooSoon)}`,
      '≥ 10 s; 0',
    ],
    [
      'Before Retry-After was over, or where robots.txt forbids it',
      `${sum(sites, ({ politeness }) => politeness.beforeRetryAfter)}, ${sum(sites, ({ politeness }) => politeness.forbidden)}`,
      '0, 0',
    ],
  ]
  return [
    `${options.films} films over ${options.days} simulated days from ${options.start.toISOString().slice(0, 10)}, seed \`${options.seed}\`, about ${options.faultsPerDay} faults a day at each site. ${driven.looks.toLocaleString('en')} looks in ${spanText(seconds * 1000)}, ${driven.deaths} of whose workers died on the way.`,
    '',
    '| | Result | Must be |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    '| Site | Films | Sales | Found | False | Delay: median / 90 % / worst | Pages | 304 | Shortest gap | Busiest day |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...sites.map(
      ({ id, films, sales, found, falseOpen, delaysMs, politeness }) =>
        `| ${[id.replace('score-', ''), films, sales, found, falseOpen, delays(delaysMs), politeness.pages.toLocaleString('en'), percent(politeness.notModified, politeness.pages), politeness.shortestGapMs === null ? '–' : spanText(politeness.shortestGapMs), politeness.busiestDay].join(' | ')} |`,
    ),
    '',
  ].join('\n')
}
