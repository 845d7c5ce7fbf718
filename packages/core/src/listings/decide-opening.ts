import type { OpeningRow } from '@marquee/contracts/listings'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { openingRows } from './list-openings.ts'

export type OpeningDecision = { actor: Actor; openingId: string; origin?: Origin | undefined }

/**
 * A person decides about an opening that is held, once. `then` runs in the same transaction.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT when it is not held any more
 */
export async function decideOpening(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, openingId, origin }: OpeningDecision,
  to: 'LIVE' | 'DISMISSED',
  then?: (tx: Prisma.TransactionClient) => Promise<unknown>,
): Promise<OpeningRow> {
  const user = authorise(actor, 'listing.manage')
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.opening.updateMany({
      where: { id: openingId, state: 'HELD' },
      data: {
        state: to,
        decidedBy: user.userId,
        decidedAt: ctx.clock.now(),
        ...(to === 'DISMISSED' && { closedAt: ctx.clock.now() }),
      },
    })
    if (count === 0) {
      const opening = await tx.opening.findUnique({ where: { id: openingId }, select: { state: true } })
      if (!opening) throw notFound('Opening')
      throw new AppError('CONFLICT', `This opening is not held, it is ${opening.state.toLowerCase()}`)
    }
    await then?.(tx)
    await recordAudit(tx, {
      actor,
      action: to === 'LIVE' ? 'opening.release' : 'opening.dismiss',
      subjectType: 'opening',
      subjectId: openingId,
      before: { state: 'HELD' },
      after: { state: to },
      origin,
    })
  })
  return (await openingRows(ctx, { where: { id: openingId } }))[0]!
}
