import type { AlertChannel, AlertView, UpdateAlertBody } from '@marquee/contracts/alerts'
import { networkKey } from '../auth/otp/admit-sending.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { ensureWatches } from '../listings/ensure-watches.ts'
import { releaseWatches } from '../listings/release-watches.ts'
import { type AlertAsker, type AlertOwner, lockOwnAlert, requireAlertOwner } from './alert-owner.ts'
import { armSubscription, noteOnSale } from './arm-subscription.ts'
import { checkFilters } from './check-filters.ts'
import { checkChannels } from './create-alert.ts'
import { viewOwn } from './get-alert.ts'
import { readFilters } from './matches-filters.ts'
import { checkConsent, noteConsents } from './note-consents.ts'
import { proveContacts, refuseStopped } from './prove-contacts.ts'

type UpdateCtx = Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'jwtKey'>
type Tx = Prisma.TransactionClient
type Before = Awaited<ReturnType<typeof lockOwnAlert>>

/**
 * Changes what is given and leaves the rest. Other filters mean other showings: what is on sale of them is said to be so.
 * A way to be told that is new needs its consent, and a number or an address that is proved.
 * @throws AppError UNAUTHENTICATED, NOT_FOUND, VALIDATION naming the field
 */
export async function updateAlert(
  ctx: UpdateCtx,
  input: { asker: AlertAsker; alertId: string; body: UpdateAlertBody; network: string },
): Promise<AlertView> {
  const { alertId, body } = input
  const owner = await requireAlertOwner(ctx, input.asker)
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    const before = await lockOwnAlert(tx, owner, alertId)
    const contacts = body.channels ? await contactsFor(tx, ctx, { owner, before, body, now }) : {}
    const filters = body.filters && (await newFilters(ctx, before, body.filters))
    const { name, partySize, quietHours, urgency, seatsBack } = body
    const subscription = await tx.alertSubscription.update({
      where: { id: alertId },
      data: {
        ...given({ name, partySize, quietHours, urgency, seatsBack, filters }),
        ...(body.channels && { channels: [...new Set(body.channels)] }),
        ...contacts,
      },
    })
    if (body.channels)
      await noteConsents(tx, {
        subscription,
        channels: body.channels,
        network: networkKey(ctx, input.network),
        now,
      })
    // Seats that come back are waited for too, or not any more.
    const watches = await ensureWatches(tx, { ...subscription, subscriptionId: alertId, now })
    const narrowed = filters !== undefined || (partySize !== undefined && partySize !== before.partySize)
    if (!narrowed || (before.state !== 'ACTIVE' && before.state !== 'ALREADY_OPEN')) return
    if (await armSubscription(tx, ctx, { subscription, watches, now, keep: false })) return noteOnSale(tx, alertId, now)
    await tx.alertSubscription.update({ where: { id: alertId }, data: { state: 'ACTIVE' } })
    await releaseWatches(tx, alertId, now)
  })
  return viewOwn(ctx, owner, alertId)
}

/** What was left out is not written at all. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

async function newFilters(ctx: UpdateCtx, before: Before, filters: NonNullable<UpdateAlertBody['filters']>) {
  const city = await ctx.db.city.findUniqueOrThrow({ where: { id: before.cityId } })
  return checkFilters(ctx, { filters, city, before: readFilters(before.filters) })
}

async function contactsFor(
  tx: Tx,
  ctx: UpdateCtx,
  given: { owner: AlertOwner; before: Before; body: UpdateAlertBody; now: Date },
): Promise<{ phoneContactId?: string; emailContactId?: string }> {
  const { owner, before, body, now } = given
  const channels = body.channels ?? []
  const user = before.userId ? await tx.user.findFirst({ where: { id: before.userId, deletedAt: null } }) : null
  checkChannels({ channels }, user)
  const standing = await tx.consent.findMany({ where: { subscriptionId: before.id, withdrawnAt: null } })
  checkConsent(
    channels,
    body.consent,
    standing.map(({ channel }) => channel as AlertChannel),
  )
  const added = channels.filter((channel) => !before.channels.includes(channel))
  const calls = added.filter((channel) => channel === 'call' || channel === 'sms')
  const mails = added.filter((channel) => channel === 'email')
  for (const [id, of] of [
    [before.phoneContactId, calls],
    [before.emailContactId, mails],
  ] as const) {
    if (!id || of.length === 0) continue
    const contact = await tx.contactPoint.findUniqueOrThrow({ where: { id } })
    const kind = contact.kind === 'email' ? 'email' : 'phone'
    if (!contact.verifiedAt) throw invalid(kind, 'nobody has shown yet that this is theirs: set the alert up anew')
    await refuseStopped(tx, contact, kind, of)
  }
  const missing = [...(before.phoneContactId ? [] : calls), ...(before.emailContactId ? [] : mails)]
  if (missing.length === 0) return {}
  // Of the account they are signed in to, or of the link they came by: codes are for the form of a new alert.
  const proved = await proveContacts(tx, ctx, {
    body: { channels: missing },
    user: user && owner.userId === user.id ? user : null,
    linked: owner.contact,
    now,
  })
  return {
    ...(proved.phone && { phoneContactId: proved.phone.id }),
    ...(proved.email && { emailContactId: proved.email.id }),
  }
}
