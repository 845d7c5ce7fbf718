import type { PageQuery } from '@marquee/contracts/common'
import type { ObservationList, ObservationRow } from '@marquee/contracts/listings'
import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/** The looks at one watch, newest first, with what each was read from. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND */
export async function listObservations(
  ctx: Pick<Ctx, 'db'>,
  { actor, watchId, query }: { actor: Actor; watchId: string; query: PageQuery },
): Promise<ObservationList> {
  authorise(actor, 'listing.read')
  const { limit, offset } = query
  const where = { watchId }
  const [rows, total] = await Promise.all([
    ctx.db.observation.findMany({
      where,
      omit: { body: true },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.observation.count({ where }),
  ])
  const kept = await ctx.db.observation.findMany({
    where: { id: { in: rows.map(({ id }) => id) }, body: { not: null } },
    select: { id: true },
  })
  if (total === 0 && !(await ctx.db.watch.findUnique({ where: { id: watchId }, select: { id: true } })))
    throw notFound('Watch')
  const withPage = new Set(kept.map(({ id }) => id))
  const known = await showingsOf(ctx, watchId, [...new Set(rows.flatMap((row) => row.contentHash ?? []))])
  const items = rows.map((row): ObservationRow => {
    const own = row.sessions as ListedSession[]
    const sessions = own.length > 0 ? own : (known.get(row.contentHash ?? '') ?? [])
    return {
      id: row.id,
      at: row.at.toISOString(),
      verdict: row.verdict,
      reason: row.reason,
      status: row.status,
      sessions: sessions.length,
      bookable: sessions.filter((session) => session.bookable).length,
      openDates: row.openDates,
      evidence: row.evidence as ObservationRow['evidence'],
      hasPage: withPage.has(row.id),
    }
  })
  return { items, total, limit, offset }
}

/** A look that found what an earlier one had found does not repeat it. */
async function showingsOf(ctx: Pick<Ctx, 'db'>, watchId: string, hashes: string[]) {
  const rows = await ctx.db.$queryRaw<{ hash: string; sessions: ListedSession[] }[]>`
    SELECT DISTINCT ON (content_hash) content_hash AS hash, sessions FROM observations
     WHERE watch_id = ${watchId}::uuid AND content_hash = ANY (${hashes}) AND sessions <> '[]' ORDER BY content_hash, at DESC`
  return new Map(rows.map(({ hash, sessions }) => [hash, sessions]))
}
