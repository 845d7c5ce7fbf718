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
  const items = rows.map((row): ObservationRow => {
    const sessions = row.sessions as ListedSession[]
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
