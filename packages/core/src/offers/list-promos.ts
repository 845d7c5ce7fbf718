import type { PageQuery } from '@marquee/contracts/common'
import type { PromoList } from '@marquee/contracts/offers'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { promoView } from './promo-view.ts'

/** Every code, newest first, with its uses. @throws UNAUTHENTICATED, FORBIDDEN */
export async function listPromos(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: PageQuery },
): Promise<PromoList> {
  authorise(actor, 'promo.manage')
  const [rows, total] = await Promise.all([
    ctx.db.promoCode.findMany({
      include: { _count: { select: { redemptions: { where: { state: { not: 'RELEASED' } } } } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit,
      skip: query.offset,
    }),
    ctx.db.promoCode.count(),
  ])
  const items = rows.map((row) => promoView(row, row._count.redemptions))
  return { items, total, limit: query.limit, offset: query.offset }
}
