import type { CancellationPolicyBody, CancellationTiers } from '@marquee/contracts/cancellations'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authoriseTheatre } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { tiersOf } from './tiers.ts'

/**
 * What a theatre gives back from now on; no tiers: nothing. Bookings keep the policy they were sold with, drafts the one they were shown.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function setCancellationPolicy(
  ctx: Pick<Ctx, 'db'>,
  input: { actor: Actor; theatreId: string; tiers: CancellationTiers; origin?: Origin | undefined },
): Promise<CancellationPolicyBody> {
  const { actor, theatreId, tiers, origin } = input
  await authoriseTheatre(ctx, actor, 'theatre.policy', theatreId)
  await ctx.db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ tiers: unknown }[]>`
      SELECT cancellation_tiers AS tiers FROM theatres WHERE id = ${theatreId}::uuid FOR UPDATE`
    if (!before) throw notFound('theatre')
    await tx.theatre.update({ where: { id: theatreId }, data: { cancellationTiers: tiers } })
    await recordAudit(tx, {
      actor,
      action: 'theatre.policy',
      subjectType: 'theatre',
      subjectId: theatreId,
      before: { tiers: tiersOf(before.tiers) },
      after: { tiers },
      origin,
    })
  })
  return { tiers }
}
