import type { MailError } from '@marquee/providers/mail/mail-sender'
import type { SmsError } from '@marquee/providers/sms/sms-sender'
import type { Ctx } from '../../context.ts'
import { notifyUser } from '../../notifications/notify-user.ts'
import { wakeBrowsers } from '../../notifications/wake-browsers.ts'
import { alertMail } from './alert-mail.ts'
import { bookingUrl, manageUrl, unsubscribeHeaders, unsubscribeUrl } from './message-links.ts'
import { noteOutcome, type VendorOutcome } from './note-outcome.ts'
import { type SmsTemplate, shortMoment, smsText } from './sms-words.ts'
import { type TakenMessage, takeMessage } from './take-message.ts'

type SendCtx = Pick<Ctx, 'db' | 'redis' | 'config' | 'clock' | 'log' | 'mail' | 'sms' | 'push' | 'crashPoint'>

/** Addresses of sites can be long, and a text is paid by its length. */
const LONGEST_URL = 110

/**
 * Takes one written step of a ladder: text, mail, push or a line under the bell. May run any number of times; whoever
 * takes the step commits that before the vendor is asked. A vendor's refusal is written down and not thrown.
 */
export async function sendMessage(ctx: SendCtx, { attemptId }: { attemptId: string }): Promise<void> {
  const taken = await takeMessage(ctx, { attemptId })
  if (!taken) return
  ctx.crashPoint('alert:after-intent')
  const outcome = await send(ctx, taken)
  ctx.crashPoint('alert:after-vendor')
  await noteOutcome(ctx, attemptId, outcome)
}

async function send(ctx: SendCtx, taken: TakenMessage): Promise<VendorOutcome> {
  switch (taken.channel) {
    case 'in_app':
      return sendInApp(ctx, taken)
    case 'push':
      return sendPush(ctx, taken)
    case 'email':
      return sendMail(ctx, taken)
    case 'sms':
      return sendSms(ctx, taken)
  }
}

const newsOf = ({ alert }: TakenMessage) => ({
  title: alert.kind === 'SEATS_BACK' ? `Seats again: ${alert.title}` : `Booking is open: ${alert.title}`,
  body: `${alert.city}. First showing ${shortMoment(alert)}, ${alert.session.cinema.name}.`,
  url: '/alerts',
})

async function sendInApp(ctx: SendCtx, taken: TakenMessage): Promise<VendorOutcome> {
  const { alert } = taken
  const kind = alert.kind === 'SEATS_BACK' ? 'seats-back' : 'opening'
  // A reminder is a line of its own: the first one may have been read and forgotten.
  const about = taken.template === 'in_app.snoozed' ? {} : { alertId: alert.id }
  await notifyUser(ctx, { userId: alert.userId ?? '', ...about, kind, ...newsOf(taken) })
  return { kind: 'done', why: null }
}

async function sendPush(ctx: SendCtx, taken: TakenMessage): Promise<VendorOutcome> {
  const { woken, failed, why } = await wakeBrowsers(ctx, taken.alert.userId ?? '', {
    ...newsOf(taken),
    tag: taken.alert.id,
  })
  if (woken > 0) return { kind: 'done', why }
  return failed > 0
    ? { kind: 'not-sent', why: why ?? 'no browser was woken' }
    : { kind: 'skipped', why: why ?? 'no browser' }
}

async function sendMail(ctx: SendCtx, taken: TakenMessage): Promise<VendorOutcome> {
  const { alert, recipient, template } = taken
  if (!recipient) return { kind: 'skipped', why: 'no address' }
  const { contact, value: to } = recipient
  const reminder = template === 'email.snoozed'
  const links = { manageUrl: manageUrl(ctx, contact), unsubscribeUrl: unsubscribeUrl(ctx, contact, 'email') }
  const words = alertMail({ ...alert, ...links, to, reminder })
  try {
    const { providerMessageId } = await ctx.mail.send({
      ...words,
      to,
      attachments: [],
      idempotencyKey: taken.attemptId,
      headers: unsubscribeHeaders(ctx, contact, 'email'),
    })
    return { kind: 'accepted', provider: ctx.config.mail.provider, providerId: providerMessageId }
  } catch (error) {
    const { retry = true, ours = false, message: why } = error as Partial<MailError>
    if (ours) ctx.log.error({ err: error }, 'the mail server refuses us: its settings need mending')
    return retry ? { kind: 'not-sent', why: why ?? '' } : { kind: 'refused', why: why ?? '', badNumber: false }
  }
}

async function sendSms(ctx: SendCtx, taken: TakenMessage): Promise<VendorOutcome> {
  const { alert, recipient } = taken
  if (!recipient) return { kind: 'skipped', why: 'no number' }
  const template = smsTemplateOf(taken)
  const url = bookingUrl(alert.session)
  const text = smsText(template, {
    film: alert.title,
    city: alert.city,
    when: shortMoment(alert),
    theatre: alert.session.cinema.name,
    url: url && url.length <= LONGEST_URL ? url : manageUrl(ctx, recipient.contact),
  })
  try {
    const { providerMessageId, carrier } = await ctx.sms.send({
      to: recipient.value,
      text,
      idempotencyKey: taken.attemptId,
      statusUrl: `${ctx.config.http.publicBaseUrl}/api/sms/{carrier}/status?attempt=${taken.attemptId}`,
      ...templateId(ctx, template),
    })
    return { kind: 'accepted', provider: carrier ?? 'console', providerId: providerMessageId }
  } catch (error) {
    const { message: why = '', retry, ours, refused } = error as Partial<SmsError>
    if (ours) ctx.log.error({ err: error }, 'the carrier refuses us: its settings need mending')
    if (retry || ours) return { kind: 'not-sent', why }
    return refused ? { kind: 'refused', why, badNumber: false } : { kind: 'unknown', why, provider: null }
  }
}

function smsTemplateOf({ template, alert }: TakenMessage): SmsTemplate {
  if (template === 'sms.snoozed') return 'alert-reminder'
  return alert.kind === 'SEATS_BACK' ? 'alert-seats-back' : 'alert-opening'
}

/** The number under which the wording is registered, where one is. */
export function templateId(ctx: Pick<Ctx, 'config'>, template: SmsTemplate): { templateId?: string } {
  const id = ctx.config.sms.templateIds[template]
  return id ? { templateId: id } : {}
}
