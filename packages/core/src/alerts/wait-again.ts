import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import type { AlertSubscription, Prisma } from '../generated/prisma/client.ts'
import { ensureWatches } from '../listings/ensure-watches.ts'
import { armSubscription } from './arm-subscription.ts'

type Tx = Prisma.TransactionClient

/**
 * Puts a subscription to waiting, with its watches and what is armed on them decided anew. Its row is written already.
 * @returns whether what it waits for is on sale
 */
export async function waitAgain(
  tx: Tx,
  ctx: Pick<Ctx, 'config'>,
  { subscription, now }: { subscription: AlertSubscription; now: Date },
): Promise<boolean> {
  const watches = await ensureWatches(tx, { ...subscription, subscriptionId: subscription.id, now })
  return armSubscription(tx, ctx, { subscription, watches, now, keep: false })
}

/**
 * Every way in which it is to be told was agreed to, and not taken back since: by an unsubscribe link, or because nobody
 * ever confirmed the number. @throws AppError VALIDATION
 */
export async function requireConsents(tx: Tx, { id, channels }: AlertSubscription): Promise<void> {
  const standing = await tx.consent.findMany({
    where: { subscriptionId: id, withdrawnAt: null },
    select: { channel: true },
  })
  const agreed = new Set(standing.map(({ channel }) => channel))
  if (channels.some((channel) => !agreed.has(channel)))
    throw invalid(
      'channels',
      'one of the ways to be told was stopped or never confirmed: choose and agree to them again',
    )
}

/** Nobody has ever agreed to it: it was asked for in the name of a number, by the old address `POST /monitor`. */
export const isUnconfirmed = async (tx: Tx, subscriptionId: string): Promise<boolean> =>
  (await tx.consent.count({ where: { subscriptionId } })) === 0
