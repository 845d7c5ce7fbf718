import { createHash, randomBytes } from 'node:crypto'
import type { PageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import type {
  FetchedPage,
  ListedFilm,
  ListedSession,
  ListingSource,
  Observation,
  Verdict,
} from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { writeSources } from '../listings/ensure-sources.ts'
import { makeCity } from './factories.ts'

type FactoryCtx = Pick<Ctx, 'db' | 'pool' | 'clock'>
type Answer = Partial<Pick<FetchedPage, 'status' | 'headers' | 'body' | 'failure'>>

/** A site of one's own for tests: what it answers next, and what was asked of it. It reads what `says` wrote. */
export function fakeSite(ctx: Pick<Ctx, 'clock'>) {
  const asked: { url: string; conditional: boolean }[] = []
  let answer: (url: string) => Answer = () => ({ status: 404 })
  const page = (url: string): FetchedPage => ({
    key: 'film',
    url,
    finalUrl: url,
    status: 200,
    headers: {},
    body: '',
    truncated: false,
    failure: null,
    fetchedAt: ctx.clock.now(),
    ...(url.endsWith('/robots.txt') ? { status: 404 } : answer(url)),
  })
  const pages: PageFetcher = {
    async fetchPage(plan, conditional) {
      if (!plan.url.endsWith('/robots.txt')) asked.push({ url: plan.url, conditional: conditional !== null })
      return page(plan.url)
    },
    admits: () => true,
    judgeRobots: () => ({ allowed: true, crawlDelaySeconds: 0 }),
    isSimulator: () => true,
    close: async () => {},
  }
  return {
    pages,
    asked,
    answers(next: (url: string) => Answer) {
      answer = next
    },
    /** The observation that its page is read as; `shape` is the structure of its pages. */
    says(verdict: Verdict, sessions: ListedSession[] = [], more: Partial<Observation> = {}) {
      answer = () => ({ body: JSON.stringify(observationOf(verdict, sessions, more)) })
    },
    lists(films: ListedFilm[]) {
      answer = () => ({ body: JSON.stringify(films) })
    },
    listings: (): ListingSource => READER,
  }
}

const READER: ListingSource = {
  kind: 'jsonld',
  parserVersion: 1,
  plan: (target) => [
    get('film', `https://${target.hints.host}/film/${target.siteMovieId}${target.date ? `?date=${target.date}` : ''}`),
  ],
  interpret: (_target, [page]) =>
    page?.status === 200 && page.body ? JSON.parse(page.body) : observationOf('UNKNOWN', [], { reason: 'outage' }),
  planFilms: (city, list) => [get('films', `https://${city.code}/${list}`)],
  readFilms: (_city, list, [page]) =>
    page?.status === 200
      ? { ok: true, films: (JSON.parse(page.body) as ListedFilm[]).filter((film) => film.list === list) }
      : { ok: false, reason: 'outage', evidence: [] },
}
const get = (key: string, url: string) =>
  ({ key, url, method: 'GET', headers: {}, body: null, expects: 'html' }) as const

export const observationOf = (
  verdict: Verdict,
  sessions: ListedSession[] = [],
  more: Partial<Observation> = {},
): Observation => ({
  verdict,
  reason: null,
  announcedAt: null,
  sessions,
  openDates: [...new Set(sessions.map((session) => session.localDate))],
  evidence: sessions.slice(0, 1).map((session) => ({
    rule: 'session.bookable',
    strength: 'strong' as const,
    where: '$',
    excerpt: session.siteId,
    hash: 'h',
  })),
  identity: { asked: 'm', served: 'm' },
  contentHash: createHash('sha256')
    .update(JSON.stringify([verdict, sessions]))
    .digest('hex'),
  shapeHash: 'shape',
  ...more,
})

export const sessionOf = (
  ctx: Pick<Ctx, 'clock'>,
  siteId: string,
  more: Partial<ListedSession> = {},
): ListedSession => {
  const startsAt = new Date(Math.floor(ctx.clock.now().getTime() / 86_400_000 + 10) * 86_400_000).toISOString()
  return {
    siteId,
    cinema: { siteId: 'c1', name: 'Prism' },
    startsAt,
    zone: 'Asia/Kolkata',
    localDate: startsAt.slice(0, 10),
    format: '2D',
    language: 'Telugu',
    bookable: true,
    seatsLeft: null,
    url: null,
    ...more,
  }
}

/** An enabled source that covers one city; its host is its own, so that no other test slows it down. */
export async function makeSource(ctx: FactoryCtx, given: { cityId?: string; intervalSeconds?: number } = {}) {
  const id = `site-${randomBytes(4).toString('hex')}`
  const host = `${id}.example`
  const city = given.cityId ? await ctx.db.city.findUniqueOrThrow({ where: { id: given.cityId } }) : await makeCity(ctx)
  await writeSources(ctx.pool, [
    {
      id,
      name: id,
      kind: 'jsonld',
      baseUrl: `https://${host}`,
      hosts: [host],
      zone: null,
      cities: { [city.slug]: { slug: city.slug, code: host } },
      minGapMs: 0,
      dailyBudget: 100_000,
      intervalSeconds: given.intervalSeconds ?? null,
      enabled: true,
      permission: 'our own test site',
    },
  ])
  // Its robots.txt was asked for already: it has none.
  await ctx.db.listingHost.create({ data: { host, robotsStatus: 404, robotsFetchedAt: ctx.clock.now() } })
  return { id, host, city }
}

/** A film that a source lists, and somebody's wish to hear of it; the watch is due at once. */
export async function makeWatch(
  ctx: FactoryCtx,
  given: { source?: Awaited<ReturnType<typeof makeSource>>; releaseInDays?: number; subscribers?: number } = {},
) {
  const source = given.source ?? (await makeSource(ctx))
  const now = ctx.clock.now()
  const siteMovieId = randomBytes(4).toString('hex')
  const watch = await ctx.db.watch.create({
    data: {
      id: newId(now.getTime()),
      sourceId: source.id,
      cityId: source.city.id,
      siteMovieId,
      title: `Film ${siteMovieId}`,
      hints: { host: source.host },
      releaseDate: new Date(now.getTime() + (given.releaseInDays ?? 10) * 86_400_000),
      nextLookAt: now,
    },
  })
  const subscriptions = await Promise.all(
    Array.from({ length: given.subscribers ?? 1 }, () =>
      makeSubscription(ctx, { cityId: source.city.id, watchIds: [watch.id] }),
    ),
  )
  await ctx.db.watch.update({ where: { id: watch.id }, data: { subscribers: subscriptions.length } })
  return { ...watch, source, subscriptions }
}

/** Somebody waits for a film; without contacts, so nobody is ever told. */
export async function makeSubscription(
  ctx: FactoryCtx,
  given: { cityId: string; filmKey?: string; movieId?: string; watchIds?: string[]; seatsBack?: boolean },
) {
  const now = ctx.clock.now()
  return ctx.db.alertSubscription.create({
    data: {
      id: newId(now.getTime()),
      name: 'Asha',
      cityId: given.cityId,
      filmKey: given.filmKey ?? `title:film ${randomBytes(4).toString('hex')}|`,
      movieId: given.movieId ?? null,
      title: 'Film',
      channels: ['in_app'],
      quietHours: { from: '22:00', to: '08:00', wakeMe: false },
      timeZone: 'Asia/Kolkata',
      seatsBack: given.seatsBack ?? false,
      createdAt: now,
      watches: { create: (given.watchIds ?? []).map((watchId) => ({ watchId })) },
    },
  })
}
