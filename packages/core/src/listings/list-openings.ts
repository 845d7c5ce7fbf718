import type { OpeningList, OpeningQuery, OpeningRow } from '@marquee/contracts/listings'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'

/** Openings with their proof, newest first. @throws UNAUTHENTICATED, FORBIDDEN */
export async function listOpenings(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: OpeningQuery },
): Promise<OpeningList> {
  authorise(actor, 'listing.read')
  const { limit, offset, state } = query
  const [rows, total] = await Promise.all([
    openingRows(ctx, { where: { state }, take: limit, skip: offset }),
    ctx.db.opening.count({ where: { state } }),
  ])
  return { items: rows, total, limit, offset }
}

export async function openingRows(
  ctx: Pick<Ctx, 'db'>,
  which: { where: Prisma.OpeningWhereInput; take?: number; skip?: number },
): Promise<OpeningRow[]> {
  const rows = await ctx.db.opening.findMany({
    ...which,
    include: { watch: { include: { source: { select: { name: true } }, city: { select: { name: true } } } } },
    orderBy: [{ detectedAt: 'desc' }, { id: 'desc' }],
  })
  // Counted, not read: thousands may have been told.
  const told = await ctx.db.alert.groupBy({
    by: ['openingId', 'state'],
    where: { openingId: { in: rows.map((row) => row.id) }, state: { not: 'SUPPRESSED' } },
    _count: true,
  })
  const count = (openingId: string, acknowledged = false) =>
    told
      .filter((one) => one.openingId === openingId && (!acknowledged || one.state === 'ACKNOWLEDGED'))
      .reduce((sum, one) => sum + one._count, 0)
  return rows.map((row) => ({
    id: row.id,
    watchId: row.watchId,
    title: row.watch.title,
    sourceName: row.watch.source.name,
    city: row.watch.city.name,
    kind: row.kind,
    state: row.state,
    detectedAt: row.detectedAt.toISOString(),
    confirmedAt: row.confirmedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    heldReason: row.heldReason,
    evidence: row.evidence as OpeningRow['evidence'],
    told: count(row.id),
    acknowledged: count(row.id, true),
  }))
}
