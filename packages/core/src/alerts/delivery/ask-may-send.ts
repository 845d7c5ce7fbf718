import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import type { ContactPoint, Prisma } from '../../generated/prisma/client.ts'
import { openContact } from '../contacts/contact-points.ts'
import type { AlertFacts } from './alert-facts.ts'
import { ANY_HOUR, countryHours } from './country-hours.ts'
import { findCurrentShowing } from './current-showing.ts'
import { type Decision, maySend } from './may-send.ts'
import { readStanding } from './read-standing.ts'

export type Recipient = { contact: ContactPoint; value: string }

/**
 * Asks everything that `maySend` weighs, under the locks the caller holds. Opened here, the number or address lives in
 * memory until it was sent to, and nowhere else. `alert` speaks of the showing that is next now.
 */
export async function askMaySend(
  ctx: Pick<Ctx, 'config'>,
  tx: Prisma.TransactionClient,
  given: { alert: AlertFacts; channel: AlertChannel; contactId: string | null; now: Date },
): Promise<{ decision: Decision; recipient: Recipient | null }> {
  const { alert, channel, contactId, now } = given
  const personal = channel === 'call' || channel === 'sms' || channel === 'email'
  const contact = personal && contactId ? await tx.contactPoint.findUnique({ where: { id: contactId } }) : null
  const value = contact && openContact(ctx, contact)
  const { consented, optedOut, ...usage } = await readStanding(tx, { alert, channel, contact, now })
  const stillBookable = await findCurrentShowing(tx, alert, now)
  const lawful = ctx.config.voice.hours === 'law' && value !== null && channel !== 'email'
  const country = lawful ? countryHours(value) : ANY_HOUR
  const decision = maySend({ now, channel, alert, stillBookable, consented, contact, country, optedOut, usage })
  return { decision, recipient: contact && value ? { contact, value } : null }
}
