import type { AlertChannel, AlertView } from '@marquee/contracts/alerts'
import { networkKey } from '../auth/otp/admit-sending.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import type { AlertSubscription, Prisma } from '../generated/prisma/client.ts'
import { type AlertAsker, type AlertOwner, lockOwnAlert, requireAlertOwner } from './alert-owner.ts'
import { noteOnSale } from './arm-subscription.ts'
import { viewOwn } from './get-alert.ts'
import { noteConsents } from './note-consents.ts'
import { liftOptOut } from './opt-outs/lift-opt-out.ts'
import { isUnconfirmed, requireConsents, waitAgain } from './wait-again.ts'

type ResumeCtx = Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'jwtKey'>

/**
 * Waits on after a pause. What opened meanwhile is said to be open and nobody is called about it. One that is not paused
 * stays as it is. One that somebody asked for in the name of a number is confirmed by this: the link came to that number
 * and to nowhere else, and what is agreed to stands beside the button. `network`: where it is done from.
 * @throws AppError UNAUTHENTICATED, NOT_FOUND, VALIDATION (a consent was taken back)
 */
export async function resumeAlert(
  ctx: ResumeCtx,
  input: { asker: AlertAsker; alertId: string; network: string },
): Promise<AlertView> {
  const { alertId } = input
  const owner = await requireAlertOwner(ctx, input.asker)
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    const before = await lockOwnAlert(tx, owner, alertId)
    if (before.state !== 'PAUSED') return
    if ((await isUnconfirmed(tx, alertId)) || (await isUnproved(tx, before)))
      await confirm(tx, { owner, before, network: networkKey(ctx, input.network), now })
    await requireConsents(tx, before)
    // Another round: it may have told before it was paused, and is told once a round.
    const subscription = await tx.alertSubscription.update({
      where: { id: alertId },
      data: { state: 'ACTIVE', round: before.round + 1 },
    })
    if (await waitAgain(tx, ctx, { subscription, now })) await noteOnSale(tx, alertId, now)
  })
  return viewOwn(ctx, owner, alertId)
}

/** The number was named by somebody and never proved. */
async function isUnproved(tx: Prisma.TransactionClient, { phoneContactId: id }: AlertSubscription): Promise<boolean> {
  return id !== null && (await tx.contactPoint.findUniqueOrThrow({ where: { id } })).verifiedAt === null
}

/**
 * By the link that went to the number by text, or by the account that has proved it: it is attached to no other.
 * @throws AppError VALIDATION for anybody else
 */
async function confirm(
  tx: Prisma.TransactionClient,
  given: { owner: AlertOwner; before: AlertSubscription; network: string; now: Date },
): Promise<void> {
  const { owner, before, network, now } = given
  const id = before.phoneContactId
  const theirs = owner.contact?.id === id || (owner.userId !== null && owner.userId === before.userId)
  if (!id || !theirs) throw invalid('phone', 'open the link in our text to this number: that shows that it is yours')
  const channels = before.channels as AlertChannel[]
  const contact = await tx.contactPoint.update({ where: { id }, data: { verifiedAt: now, suspectAt: null } })
  await liftOptOut(tx, { hash: contact.hash, channels, how: ['key-9', 'stop-word', 'unsubscribe'] })
  await noteConsents(tx, { subscription: before, channels, network, now })
}
