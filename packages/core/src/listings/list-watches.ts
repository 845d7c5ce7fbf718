import type { WatchList, WatchQuery, WatchRow } from '@marquee/contracts/listings'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'

/** What is watched, those that somebody waits for and that are due soonest first. @throws UNAUTHENTICATED, FORBIDDEN */
export async function listWatches(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: WatchQuery },
): Promise<WatchList> {
  authorise(actor, 'listing.read')
  const { limit, offset, source, city, q, blind } = query
  const where: Prisma.WatchWhereInput = {
    sourceId: source,
    ...(city && { city: { slug: city } }),
    ...(q && { title: { contains: q, mode: 'insensitive' } }),
    ...(blind !== undefined && { blindSince: blind ? { not: null } : null }),
  }
  const [rows, total] = await Promise.all([
    watchRows(ctx, { where, take: limit, skip: offset }),
    ctx.db.watch.count({ where }),
  ])
  return { items: rows, total, limit, offset }
}

export async function watchRows(
  ctx: Pick<Ctx, 'db'>,
  which: { where: Prisma.WatchWhereInput; take?: number; skip?: number },
): Promise<WatchRow[]> {
  const rows = await ctx.db.watch.findMany({
    ...which,
    include: { source: { select: { name: true } }, city: { select: { name: true } } },
    omit: { sessions: true, hints: true },
    orderBy: [{ nextLookAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
  })
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    sourceId: row.sourceId,
    sourceName: row.source.name,
    city: row.city.name,
    siteMovieId: row.siteMovieId,
    verdict: row.verdict,
    lastVerdict: row.lastVerdict,
    lastReason: row.lastReason,
    announcedAt: row.announcedAt?.toISOString() ?? null,
    releaseDate: row.releaseDate?.toISOString().slice(0, 10) ?? null,
    subscribers: row.subscribers,
    intervalSeconds: row.intervalSeconds,
    lastLookAt: row.lastLookAt?.toISOString() ?? null,
    nextLookAt: row.nextLookAt?.toISOString() ?? null,
    lastOkAt: row.lastOkAt?.toISOString() ?? null,
    blindSince: row.blindSince?.toISOString() ?? null,
    failStreak: row.failStreak,
  }))
}
