import type { Ctx } from '../context.ts'
import type { ContactPoint } from '../generated/prisma/client.ts'
import { loadAlertViews } from './alert-view.ts'
import { openContact } from './contacts/contact-points.ts'
import { createdMail } from './created-mail.ts'
import { manageUrl, unsubscribeHeaders, unsubscribeUrl } from './delivery/message-links.ts'
import { textOnce } from './delivery/text-once.ts'
import { findOptOuts } from './opt-outs/find-opt-outs.ts'

type CreatedCtx = Pick<Ctx, 'db' | 'pool' | 'config' | 'clock' | 'log' | 'mail' | 'sms'>
export type CreatedAbout = 'created' | 'confirm'

/**
 * Says what was set up, with the link to change and end it: by mail where there is one, else by text. `confirm`: asks a
 * number that somebody named whether it agrees. May run again: a mail has the same Message-ID, and a text of which
 * nobody knows whether it went out is not repeated. Nothing is sent about what is gone, or to whom said never again.
 * @throws MailError, SmsError when it certainly did not go out
 */
export async function sendCreated(
  ctx: CreatedCtx,
  { subscriptionId, about }: { subscriptionId: string; about: CreatedAbout },
): Promise<void> {
  const subscription = await ctx.db.alertSubscription.findFirst({
    where: { id: subscriptionId, state: { not: 'ENDED' } },
    include: { phoneContact: true, emailContact: true, city: { select: { name: true } } },
  })
  if (!subscription) return
  const { phoneContact, emailContact, channels, title, city } = subscription
  const contacts = [phoneContact, emailContact].filter((one) => one !== null)
  const stopped = await findOptOuts(
    ctx.db,
    contacts.map(({ hash }) => hash),
  )
  if (about === 'created' && emailContact && channels.includes('email')) {
    if (!stopped.get(emailContact.hash)?.has('email')) await mail(ctx, subscriptionId, emailContact)
    return
  }
  if (!phoneContact || stopped.get(phoneContact.hash)?.has('sms')) return
  // Somebody who wants calls alone has agreed to no texts; the number that is asked has to be asked somehow.
  if (about === 'created' && !channels.includes('sms')) return
  await text(ctx, phoneContact, { about, subscriptionId, film: title, city: city.name })
}

async function mail(ctx: CreatedCtx, subscriptionId: string, contact: ContactPoint): Promise<void> {
  const [alert] = await loadAlertViews(ctx, [subscriptionId])
  if (!alert) return
  const to = openContact(ctx, contact)
  await ctx.mail.send({
    ...createdMail({
      alert,
      to,
      manageUrl: manageUrl(ctx, contact),
      unsubscribeUrl: unsubscribeUrl(ctx, contact, 'email'),
    }),
    to,
    attachments: [],
    idempotencyKey: `alert.created:${subscriptionId}`,
    headers: unsubscribeHeaders(ctx, contact, 'email'),
  })
}

async function text(
  ctx: CreatedCtx,
  contact: ContactPoint,
  given: { about: CreatedAbout; subscriptionId: string; film: string; city: string },
): Promise<void> {
  const { about, subscriptionId, film, city } = given
  const template = about === 'confirm' ? 'alert-confirm' : 'alert-created'
  const values = { film, city, url: manageUrl(ctx, contact) }
  // Who is asked again another day has perhaps lost the first text.
  const day = about === 'confirm' ? `:${ctx.clock.now().toISOString().slice(0, 10)}` : ''
  await textOnce(ctx, { key: `alert.${about}:${subscriptionId}${day}`, contact, template, values })
}
