import type { Ctx } from '../context.ts'
import { button, mailPage, paragraph, subjectLine } from '../notifications/mail-layout.ts'
import { sendOnce } from '../notifications/send-once.ts'
import { ACCOUNT_MAILS, type AccountMail } from './account-mails.ts'

type MailCtx = Pick<Ctx, 'db' | 'pool' | 'config' | 'mail' | 'log' | 'crashPoint'>

/** Tells somebody what happened to their account, once. @throws MailError, DeliveryBusy */
export async function mailAccount(ctx: MailCtx, { deliveryId }: { deliveryId: string }): Promise<void> {
  const delivery = await ctx.db.delivery.findUnique({ where: { id: deliveryId } })
  const about = ACCOUNT_MAILS.find((one) => one === delivery?.template)
  // Erased with its person meanwhile.
  if (!delivery || !about || !delivery.recipient.includes('@')) return
  const { eventKey, recipient, template } = delivery
  await sendOnce(ctx, { eventKey, recipient, template }, async () => ({
    ...accountMail(about, ctx.config.http.publicBaseUrl),
    attachments: [],
  }))
  // The last thing we know of them. One that cannot be sent is forgotten by the purge.
  if (about === 'account-deleted') await forgetRecipient(ctx, deliveryId)
}

const forgetRecipient = (ctx: Pick<Ctx, 'db'>, id: string) =>
  ctx.db.delivery.update({ where: { id }, data: { recipient: `erased:${id}` } })

const WORDS: Record<AccountMail, { heading: string; what: string; otherwise: string; reset: boolean }> = {
  'password-changed': {
    heading: 'Your password was changed',
    what: 'The password of your Marquee account was changed just now. Everybody who was signed in to it has been signed out.',
    otherwise: 'If it was not you, choose a new password at once: a code to this address is all it takes.',
    reset: true,
  },
  'email-changed': {
    heading: 'Your email address was changed',
    what: 'Your Marquee account has another email address now. Mail about it no longer comes to this one.',
    otherwise: 'If it was not you, answer this mail at once.',
    reset: false,
  },
  'phone-changed': {
    heading: 'Your phone number was changed',
    what: 'Your Marquee account has another phone number now.',
    otherwise: 'If it was not you, choose a new password at once: a code to this address is all it takes.',
    reset: true,
  },
  'account-deleted': {
    heading: 'Your account is deleted',
    what: 'Your Marquee account and what it said about you are erased. Bookings and invoices stay in the books, as the law on taxes wants it, without your address. Tickets for films to come stay good at the door, and refunds under way go on.',
    otherwise: 'If it was not you, answer this mail. This is the last one you get from us.',
    reset: false,
  },
}

/** Pure: the words of the mail. */
export function accountMail(about: AccountMail, baseUrl: string): { subject: string; text: string; html: string } {
  const { heading, what, otherwise, reset } = WORDS[about]
  const link = `${baseUrl}/forgot-password`
  const reason = 'You get this mail because this address is, or was, that of a Marquee account.'
  return {
    subject: subjectLine(heading),
    text: [heading, '', what, '', otherwise, ...(reset ? ['', `Choose a new password: ${link}`] : []), '', reason].join(
      '\n',
    ),
    html: mailPage({
      preview: what,
      heading,
      body: paragraph(what) + paragraph(otherwise) + (reset ? button(link, 'Choose a new password') : ''),
      reason,
    }),
  }
}
