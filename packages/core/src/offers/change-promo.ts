import type { Promo, PromoPatch } from '@marquee/contracts/offers'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import { promoView } from './promo-view.ts'

/** Stops, resumes or prolongs a code. Drafts that have taken it keep it. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, VALIDATION */
export async function changePromo(
  ctx: Pick<Ctx, 'db'>,
  { actor, promoId, patch, origin }: { actor: Actor; promoId: string; patch: PromoPatch; origin?: Origin },
): Promise<Promo> {
  authorise(actor, 'promo.manage')
  return ctx.db.$transaction(async (tx) => {
    // Two changes at once, one after the other: what the second one writes down as "before" is true.
    await tx.$executeRaw`SELECT FROM promo_codes WHERE id = ${promoId}::uuid FOR UPDATE`
    const before = await tx.promoCode.findUnique({ where: { id: promoId } })
    if (!before) throw notFound('promo code')
    if (patch.endsAt !== undefined && new Date(patch.endsAt) <= before.startsAt)
      throw invalid('endsAt', 'it ends after it starts')
    const after = await tx.promoCode.update({
      where: { id: promoId },
      data: {
        ...(patch.active !== undefined && { active: patch.active }),
        ...(patch.endsAt !== undefined && { endsAt: new Date(patch.endsAt) }),
      },
    })
    const uses = await tx.promoRedemption.count({ where: { promoId, state: { not: 'RELEASED' } } })
    await recordAudit(tx, {
      actor,
      action: 'promo.change',
      subjectType: 'promo',
      subjectId: promoId,
      before: { active: before.active, endsAt: before.endsAt },
      after: { active: after.active, endsAt: after.endsAt },
      origin,
    })
    return promoView(after, uses)
  })
}
