import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import type { ContactPoint, Prisma } from '../generated/prisma/client.ts'
import { readLink } from './links/read-link.ts'

/** Who asks about alerts: an account, a guest by the signed link of a number or address, or one that has both. */
export type AlertOwner = { userId: string | null; contact: ContactPoint | null }
/** `token`: the header x-alert-token. */
export type AlertAsker = { actor: Actor; token?: string | undefined }

/**
 * A link that is over is no reason to refuse somebody who is signed in.
 * @throws AppError UNAUTHENTICATED when nobody is signed in and no good link is shown
 */
export async function requireAlertOwner(
  ctx: Pick<Ctx, 'config' | 'db' | 'clock'>,
  { actor, token }: AlertAsker,
): Promise<AlertOwner> {
  const userId = actor.kind === 'user' ? actor.userId : null
  if (!token) {
    if (userId) return { userId, contact: null }
    throw new AppError('UNAUTHENTICATED', 'Sign in, or open the link in one of our mails or texts, to see your alerts')
  }
  try {
    return { userId, contact: (await readLink(ctx, { token, scopes: ['manage'] })).contact }
  } catch (error) {
    if (userId && error instanceof AppError) return { userId, contact: null }
    throw error
  }
}

/** Theirs and not ended: what they deleted is gone for them. */
export function ownAlerts({ userId, contact }: AlertOwner): Prisma.AlertSubscriptionWhereInput {
  return {
    state: { not: 'ENDED' },
    OR: [
      ...(userId ? [{ userId }] : []),
      ...(contact ? [{ phoneContactId: contact.id }, { emailContactId: contact.id }] : []),
    ],
  }
}

/**
 * One subscription of theirs, locked until the transaction ends: two requests about it take turns.
 * @throws AppError NOT_FOUND, for another person's as for one that never was
 */
export async function lockOwnAlert(tx: Prisma.TransactionClient, owner: AlertOwner, alertId: string) {
  await tx.$executeRaw`SELECT id FROM alert_subscriptions WHERE id = ${alertId}::uuid FOR NO KEY UPDATE`
  const found = await tx.alertSubscription.findFirst({ where: { id: alertId, ...ownAlerts(owner) } })
  if (!found) throw notFound('Alert')
  return found
}
