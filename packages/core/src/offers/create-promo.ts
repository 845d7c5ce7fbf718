import type { Promo, PromoBody } from '@marquee/contracts/offers'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { promoView } from './promo-view.ts'

/**
 * Makes a promo code. What it takes off is fixed from then on; only its end and whether it is active can change, so that
 * nobody who saw a price meets another one.
 * @throws UNAUTHENTICATED, FORBIDDEN, VALIDATION, CONFLICT (there is such a code)
 */
export async function createPromo(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, promo, origin }: { actor: Actor; promo: PromoBody; origin?: Origin },
): Promise<Promo> {
  const { userId } = authorise(actor, 'promo.manage')
  await checkPromo(ctx, promo)
  const taken = () => new AppError('CONFLICT', `There is a code ${promo.code} already. Choose another.`)
  const row = await ctx.db.$transaction(async (tx) => {
    const [made] = await tx.promoCode.createManyAndReturn({
      data: [
        {
          id: newId(ctx.clock.now().getTime()),
          code: promo.code,
          description: promo.description,
          kind: promo.kind,
          percent: promo.percent ?? null,
          amountMinor: promo.amountMinor ?? null,
          capMinor: promo.capMinor ?? null,
          minBaseMinor: promo.minBaseMinor,
          startsAt: new Date(promo.startsAt),
          endsAt: new Date(promo.endsAt),
          maxUses: promo.maxUses ?? null,
          maxUsesPerUser: promo.maxUsesPerUser ?? null,
          movieId: promo.movieId ?? null,
          theatreId: promo.theatreId ?? null,
          active: promo.active,
          createdById: userId,
        },
      ],
      skipDuplicates: true,
    })
    if (!made) throw taken()
    await recordAudit(tx, {
      actor,
      action: 'promo.create',
      subjectType: 'promo',
      subjectId: made.id,
      after: promoView(made, 0),
      origin,
    })
    return made
  })
  return promoView(row, 0)
}

/** @throws VALIDATION */
async function checkPromo(ctx: Pick<Ctx, 'db'>, promo: PromoBody): Promise<void> {
  if (promo.kind === 'PERCENT' && !promo.percent) throw invalid('percent', 'say how many percent it takes off')
  if (promo.kind === 'PERCENT' && promo.amountMinor != null) throw invalid('amountMinor', 'a percentage has no amount')
  if (promo.kind === 'FLAT' && !promo.amountMinor) throw invalid('amountMinor', 'say how much it takes off')
  if (promo.kind === 'FLAT' && promo.percent != null) throw invalid('percent', 'a flat amount has no percentage')
  if (promo.kind === 'FLAT' && promo.capMinor != null) throw invalid('capMinor', 'only a percentage has a cap')
  if (promo.capMinor === 0) throw invalid('capMinor', 'a cap of nothing takes nothing off')
  if (promo.startsAt >= promo.endsAt) throw invalid('endsAt', 'it ends after it starts')
  const { movieId, theatreId } = promo
  if (movieId && !(await ctx.db.movie.count({ where: { id: movieId } }))) throw invalid('movieId', 'no such film')
  if (theatreId && !(await ctx.db.theatre.count({ where: { id: theatreId } })))
    throw invalid('theatreId', 'no such theatre')
}
