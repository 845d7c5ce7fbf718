import type { SourceList, SourceRow } from '@marquee/contracts/listings'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import type { ListingHost, ListingSource } from '../generated/prisma/client.ts'

type SourceCtx = Pick<Ctx, 'db' | 'clock'>
type Watched = { watches: number; blind: number }

const BLIND_SHARE = 0.5

/** Every source with how it fares, our own first. @throws UNAUTHENTICATED, FORBIDDEN */
export async function listSources(ctx: SourceCtx, { actor }: { actor: Actor }): Promise<SourceList> {
  authorise(actor, 'listing.read')
  return { items: await sourceRows(ctx) }
}

/** @param only one source; all of them without */
export async function sourceRows(ctx: SourceCtx, only?: string): Promise<SourceRow[]> {
  const now = ctx.clock.now()
  const sources = await ctx.db.listingSource.findMany({ where: { id: only }, orderBy: { name: 'asc' } })
  const counts = await ctx.db.$queryRaw<({ id: string } & Watched)[]>`
    SELECT source_id AS id, count(*)::int AS watches, count(*) FILTER (WHERE blind_since IS NOT NULL)::int AS blind
      FROM watches WHERE subscribers > 0 GROUP BY source_id`
  const hosts = await ctx.db.listingHost.findMany({ where: { host: { in: sources.map(hostOf) } } })
  const people = await ctx.db.user.findMany({
    where: { id: { in: sources.flatMap((source) => source.enabledBy ?? []) } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  return sources
    .map((source) => {
      const host = hosts.find((one) => one.host === hostOf(source)) ?? null
      const watched = counts.find(({ id }) => id === source.id) ?? { watches: 0, blind: 0 }
      return {
        id: source.id,
        name: source.name,
        kind: source.kind,
        baseUrl: source.baseUrl,
        own: isOwn(source),
        enabled: source.enabled,
        permission: source.permission,
        enabledBy: source.enabledBy ? (nameOf.get(source.enabledBy) ?? 'somebody who has left') : null,
        enabledAt: source.enabledAt?.toISOString() ?? null,
        frozenAt: source.frozenAt?.toISOString() ?? null,
        frozenReason: source.frozenReason,
        minGapSeconds: Math.ceil(source.minGapMs / 1_000),
        intervalSeconds: source.intervalSeconds,
        dailyBudget: source.dailyBudget,
        spentToday: spentToday(host, now),
        ...healthOf(source, host, watched, now),
        circuitUntil: host?.circuitUntil && host.circuitUntil > now ? host.circuitUntil.toISOString() : null,
        robots: robotsOf(host),
        lastOkAt: source.lastOkAt?.toISOString() ?? null,
        watches: watched.watches,
        blindWatches: watched.blind,
        cities: Object.keys(source.cities as object).sort(),
      } satisfies SourceRow
    })
    .sort((a, b) => Number(b.own) - Number(a.own))
}

const isOwn = (source: ListingSource) => source.kind === 'catalogue'
const hostOf = (source: ListingSource) => URL.parse(source.baseUrl)?.host ?? ''

const spentToday = (host: ListingHost | null, now: Date) =>
  host?.spentOn?.toISOString().slice(0, 10) === now.toISOString().slice(0, 10) ? host.spentToday : 0

/** The worst that is true of it, in one word and one sentence. */
function healthOf(
  source: ListingSource,
  host: ListingHost | null,
  { watches, blind }: Watched,
  now: Date,
): Pick<SourceRow, 'health' | 'healthWhy'> {
  const is = (health: SourceRow['health'], healthWhy: string) => ({ health, healthWhy })
  if (source.frozenAt) return is('frozen', source.frozenReason ?? 'Nothing of it is told until somebody thaws it')
  if (isOwn(source)) return is('healthy', 'It tells of every change by itself')
  if (!source.enabled) return is('off', 'Nobody has switched it on')
  if (host?.circuitUntil && host.circuitUntil > now)
    return is('blocked', `It refuses us: ${host.lastError ?? 'no reason given'}`)
  if (spentToday(host, now) >= source.dailyBudget) return is('waiting', 'The requests of today are spent')
  if (watches > 0 && blind > watches * BLIND_SHARE)
    return is('blind', `${blind} of ${watches} films cannot be seen: ${source.lastError ?? 'no reason known'}`)
  if (!source.lastOkAt)
    return is('waiting', source.lastError ? `No good answer yet: ${source.lastError}` : 'Not looked at yet')
  return is('healthy', blind > 0 ? `${blind} of ${watches} films cannot be seen` : 'Answers as it should')
}

function robotsOf(host: ListingHost | null): string | null {
  if (!host?.robotsFetchedAt) return null
  const delay = host.crawlDelayMs > 0 ? `, asks for ${host.crawlDelayMs / 1_000} s between requests` : ''
  return host.robotsBody === null ? `none (${host.robotsStatus ?? 'no answer'})` : `read${delay}`
}
