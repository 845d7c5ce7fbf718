import type { Ctx } from '@marquee/core/context'
import type { Politeness } from '@marquee/providers/listings/simulator/request-log'
import { GAP_MS, type OpenSite } from './open-world.ts'
import { type Sale, salesOf } from './sales.ts'
import type { PlannedFilm, Story } from './scenario.ts'

type OpeningRow = {
  id: string
  sourceId: string
  siteMovieId: string
  kind: 'OPENING' | 'SEATS_BACK'
  detectedAt: Date
  confirmedAt: Date
  closedAt: Date | null
  heldReason: string | null
}
type AlertRow = { openingId: string; subscriptionId: string; createdAt: Date; callDueAt: Date | null; kind: string }

export type SiteScore = {
  id: string
  films: number
  sales: number
  found: number
  missed: number
  falseOpen: number
  delaysMs: number[]
  politeness: Politeness
  /** What robots.txt and our own rule ask for, the longer of the two. */
  gapAskedMs: number
}

export type Score = {
  sites: SiteScore[]
  /** Sales that began during the run, of films somebody waited for, on pages that can prove it. */
  sales: number
  found: number
  missed: { site: string; film: string; story: Story; at: Date }[]
  falseOpen: { site: string; film: string; story: Story; detectedAt: Date; kind: string }[]
  /** One person, one sale, more than one alert. */
  doubled: number
  /** Waited, was armed, and was told nothing of a sale that was found. */
  untold: number
  /** Alerts about sales that ran before anybody asked. */
  aboutOldSales: number
  alerts: number
  peopleDue: number
  delaysMs: number[]
  announcedDelaysMs: number[]
  held: number
  /** Watches of pages that prove nothing: how many are shown as not seen, and whose people were told so. */
  unprovable: number
  shownBlind: number
  blindTold: number
}

/** A page that a cache kept may show what was true some hours before. */
const STALE_MS = 3 * 3_600_000
/** A sale that began so shortly before the end of the run was not to be found yet. */
const LATE_MS = 8 * 3_600_000

export async function measure(
  ctx: Pick<Ctx, 'pool'>,
  run: { sites: OpenSite[]; start: Date; end: Date; due: Map<string, Set<string>> },
): Promise<Score> {
  const openings = await readOpenings(ctx)
  const alerts = await readAlerts(ctx)
  const score: Score = {
    sites: [],
    sales: 0,
    found: 0,
    missed: [],
    falseOpen: [],
    doubled: 0,
    untold: 0,
    aboutOldSales: 0,
    alerts: alerts.length,
    peopleDue: 0,
    delaysMs: [],
    announcedDelaysMs: [],
    held: openings.filter(({ heldReason }) => heldReason !== null).length,
    unprovable: 0,
    shownBlind: 0,
    blindTold: 0,
  }
  for (const open of run.sites) score.sites.push(scoreSite(score, open, openings, alerts, run))
  await countBlind(ctx, score, run.sites)
  return score
}

const provable = ({ plan }: OpenSite) => plan.skin !== 'plain-rtl'

function scoreSite(
  score: Score,
  open: OpenSite,
  openings: OpeningRow[],
  alerts: AlertRow[],
  run: { start: Date; end: Date; due: Map<string, Set<string>> },
): SiteScore {
  const { plan } = open
  const watched = plan.films.filter(({ subscribers }) => subscribers > 0)
  const sales = salesOf(plan)
  const gapAskedMs = Math.max(GAP_MS, (plan.robots?.crawlDelaySeconds ?? 0) * 1000)
  const own: SiteScore = {
    id: plan.id,
    films: watched.length,
    sales: 0,
    found: 0,
    missed: 0,
    falseOpen: 0,
    delaysMs: [],
    politeness: open.site.requests.politeness({ minGapMs: gapAskedMs }),
    gapAskedMs,
  }
  for (const film of watched) {
    // A film that moved is another film to the site: whoever waits for it is found again by its lists.
    const ids = [
      film.id,
      ...plan.acts.flatMap((act) => (act.kind === 'move-id' && act.film === film.id ? [act.id] : [])),
    ]
    const mine = openings.filter(({ sourceId, siteMovieId }) => sourceId === plan.id && ids.includes(siteMovieId))
    const ofFilm = sales.filter((sale) => sale.film === film.id)
    for (const opening of mine) {
      if (ofFilm.some((sale) => covers(sale, opening.detectedAt))) continue
      own.falseOpen += 1
      const { detectedAt, kind } = opening
      score.falseOpen.push({ site: plan.id, film: film.title, story: film.story, detectedAt, kind })
    }
    for (const sale of ofFilm) scoreSale(score, own, open, film, sale, mine, alerts, run)
  }
  score.sales += own.sales
  score.found += own.found
  score.delaysMs.push(...own.delaysMs)
  return own
}

const lateMs = ({ start, end }: { start: Date; end: Date }) => Math.min(LATE_MS, (end.getTime() - start.getTime()) / 8)

const covers = (sale: Sale, at: Date) => at >= sale.from && at.getTime() <= sale.until.getTime() + STALE_MS

function scoreSale(
  score: Score,
  own: SiteScore,
  open: OpenSite,
  film: PlannedFilm,
  sale: Sale,
  openings: OpeningRow[],
  alerts: AlertRow[],
  run: { start: Date; end: Date; due: Map<string, Set<string>> },
) {
  const of = openings.filter(({ detectedAt }) => detectedAt >= sale.from && detectedAt <= sale.until)
  const told = alerts.filter(({ openingId }) => of.some(({ id }) => id === openingId))
  const perPerson = new Map<string, number>()
  for (const { subscriptionId } of told) perPerson.set(subscriptionId, (perPerson.get(subscriptionId) ?? 0) + 1)
  score.doubled += [...perPerson.values()].filter((count) => count > 1).length
  if (sale.from < run.start) {
    score.aboutOldSales += told.length
    return
  }
  if (!provable(open) || sale.from.getTime() > run.end.getTime() - lateMs(run)) return
  own.sales += 1
  const [first] = of.filter(({ kind }) => kind === 'OPENING')
  if (!first) {
    own.missed += 1
    score.missed.push({ site: open.plan.id, film: film.title, story: film.story, at: sale.from })
    return
  }
  own.found += 1
  const due = run.due.get(saleKey(sale)) ?? new Set()
  score.peopleDue += due.size
  score.untold += [...due].filter((person) => !perPerson.has(person)).length
  const rings = told.map(({ callDueAt, createdAt }) => (callDueAt ?? createdAt).getTime())
  if (rings.length === 0) return
  const delay = Math.min(...rings) - sale.from.getTime()
  own.delaysMs.push(delay)
  if (film.story === 'opens as announced') score.announcedDelaysMs.push(delay)
}

export const saleKey = (sale: Pick<Sale, 'film' | 'from'>) => `${sale.film} ${sale.from.getTime()}`

async function readOpenings(ctx: Pick<Ctx, 'pool'>): Promise<OpeningRow[]> {
  const { rows } = await ctx.pool.query<OpeningRow>(
    `SELECT o.id, w.source_id AS "sourceId", w.site_movie_id AS "siteMovieId", o.kind::text AS kind,
            o.detected_at AS "detectedAt", o.confirmed_at AS "confirmedAt", o.closed_at AS "closedAt", o.held_reason AS "heldReason"
       FROM openings o JOIN watches w ON w.id = o.watch_id ORDER BY o.detected_at`,
  )
  return rows
}

async function readAlerts(ctx: Pick<Ctx, 'pool'>): Promise<AlertRow[]> {
  const { rows } = await ctx.pool.query<AlertRow>(
    `SELECT a.opening_id AS "openingId", a.subscription_id AS "subscriptionId", a.created_at AS "createdAt", a.kind::text AS kind,
            (SELECT min(t.due_at) FROM alert_attempts t WHERE t.alert_id = a.id AND t.channel = 'call') AS "callDueAt"
       FROM alerts a`,
  )
  return rows
}

/** What cannot be seen must be said to be so: on the watch, and once to whoever waits. */
async function countBlind(ctx: Pick<Ctx, 'pool'>, score: Score, sites: OpenSite[]): Promise<void> {
  const unreadable = sites.filter((open) => !provable(open)).map(({ plan }) => plan.id)
  const { rows } = await ctx.pool.query<{ blind: boolean; told: boolean }>(
    `SELECT w.verdict IS NULL AND w.blind_since IS NOT NULL AS blind,
            EXISTS (SELECT FROM subscription_watches l JOIN alert_subscriptions s ON s.id = l.subscription_id
                     WHERE l.watch_id = w.id AND s.blind_told_at IS NOT NULL) AS told
       FROM watches w WHERE w.subscribers > 0 AND w.source_id = ANY ($1) AND w.verdict IS DISTINCT FROM 'GONE'`,
    [unreadable],
  )
  score.unprovable = rows.length
  score.shownBlind = rows.filter(({ blind }) => blind).length
  score.blindTold = rows.filter(({ told }) => told).length
}
