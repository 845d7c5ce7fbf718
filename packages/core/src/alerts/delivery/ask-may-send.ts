import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import type { ContactPoint, Prisma } from '../../generated/prisma/client.ts'
import { openContact } from '../contacts/contact-points.ts'
import type { AlertFacts } from './alert-facts.ts'
import { type Decision, maySend } from './may-send.ts'
import { readUsage } from './read-usage.ts'

type Tx = Prisma.TransactionClient

export type Recipient = { contact: ContactPoint; value: string }
/** The session of an alert was looked at a moment ago; of one older than this it is asked again. */
const FRESH_MS = 10 * 60_000
const NOTHING = { callsOfAlert: 0, callsToday: 0, lastCallAt: null, textsToday: 0 }

/**
 * Asks everything that `maySend` weighs, under the locks the caller holds. Opened here, the number or address lives in
 * memory until it was sent to, and nowhere else.
 */
export async function askMaySend(
  ctx: Pick<Ctx, 'config'>,
  tx: Tx,
  given: { alert: AlertFacts; channel: AlertChannel; contactId: string | null; now: Date },
): Promise<{ decision: Decision; recipient: Recipient | null }> {
  const { alert, channel, contactId, now } = given
  const personal = channel === 'call' || channel === 'sms' || channel === 'email'
  const contact = personal && contactId ? await tx.contactPoint.findUnique({ where: { id: contactId } }) : null
  const value = contact && openContact(ctx, contact)
  // One after the other: they share the connection of the transaction.
  const consented = personal && (await hasConsent(tx, alert.subscriptionId, channel))
  const optedOut = contact !== null && (await isOptedOut(tx, contact.hash, channel))
  const usage = contact && channel !== 'email' ? await readUsage(tx, contact.id, alert.id, now) : NOTHING
  const fresh = now.getTime() - alert.createdAt.getTime() < FRESH_MS
  const stillBookable = fresh || (await isStillBookable(tx, alert))
  const decision = maySend({
    now,
    channel,
    alert,
    stillBookable,
    consented,
    contact,
    phone: channel === 'email' ? null : value,
    optedOut,
    usage,
  })
  return { decision, recipient: contact && value ? { contact, value } : null }
}

async function hasConsent(tx: Tx, subscriptionId: string, channel: AlertChannel): Promise<boolean> {
  return (await tx.consent.count({ where: { subscriptionId, channel, withdrawnAt: null } })) > 0
}

async function isOptedOut(tx: Tx, hash: string, channel: AlertChannel): Promise<boolean> {
  return (await tx.optOut.count({ where: { hash, channel } })) > 0
}

async function isStillBookable(tx: Tx, alert: AlertFacts): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ bookable: boolean }[]>`
    select exists (select from jsonb_array_elements(sessions) as s
                    where s ->> 'siteId' = ${alert.session.siteId} and (s ->> 'bookable')::boolean) as bookable
      from watches where id = ${alert.watchId}::uuid`
  return row?.bookable ?? false
}
