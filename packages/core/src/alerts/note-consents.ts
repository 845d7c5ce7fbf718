import type { AlertChannel } from '@marquee/contracts/alerts'
import { invalid } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { CHANNEL_NAMES, CONSENT_TEXTS, CONSENT_VERSION } from './consent-texts.ts'

type Given = { version: string; channels: AlertChannel[] }

/**
 * Every chosen channel was agreed to, in the words of today.
 * @param agreed channels with a consent that stands already
 * @throws AppError VALIDATION naming what is missing
 */
export function checkConsent(channels: AlertChannel[], given: Given | undefined, agreed: AlertChannel[] = []): void {
  const missing = channels.filter((channel) => !agreed.includes(channel))
  if (missing.length === 0) return
  if (given && given.version !== CONSENT_VERSION)
    throw invalid('consent.version', 'what you agree to was worded anew: read it and agree again')
  const unsaid = missing.find((channel) => !given?.channels.includes(channel))
  if (unsaid) throw invalid('consent.channels', `agree to being told by ${CHANNEL_NAMES[unsaid]}, or take it off`)
}

/**
 * Writes down what was agreed to, word for word, and takes back what is not chosen any more. What stands for the same
 * contact in the same words stands: a form sent twice is one consent. `network`: keyed hash of where it was given.
 */
export async function noteConsents(
  tx: Prisma.TransactionClient,
  input: {
    subscription: { id: string; phoneContactId: string | null; emailContactId: string | null }
    channels: AlertChannel[]
    network: string
    now: Date
  },
): Promise<void> {
  const { subscription, channels, network, now } = input
  const standing = await tx.consent.findMany({ where: { subscriptionId: subscription.id, withdrawnAt: null } })
  const contactOf = (channel: AlertChannel) =>
    channel === 'call' || channel === 'sms'
      ? subscription.phoneContactId
      : channel === 'email'
        ? subscription.emailContactId
        : null
  const holds = (row: (typeof standing)[number]) =>
    channels.includes(row.channel as AlertChannel) && row.contactId === contactOf(row.channel as AlertChannel)
  const over = standing.filter((row) => !holds(row)).map(({ id }) => id)
  if (over.length > 0) await tx.consent.updateMany({ where: { id: { in: over } }, data: { withdrawnAt: now } })
  const kept = new Set(standing.filter(holds).map(({ channel }) => channel))
  await tx.consent.createMany({
    data: channels
      .filter((channel) => !kept.has(channel))
      .map((channel) => ({
        id: newId(),
        subscriptionId: subscription.id,
        channel,
        contactId: contactOf(channel),
        text: CONSENT_TEXTS[channel],
        version: CONSENT_VERSION,
        network,
        at: now,
      })),
  })
}
