import type { Ctx } from '../../context.ts'
import type { AlertSubscription, ContactPoint, Prisma } from '../../generated/prisma/client.ts'
import { button, mailPage, paragraph, subjectLine } from '../../notifications/mail-layout.ts'
import { notifyUser } from '../../notifications/notify-user.ts'
import { dateOf, timeOf, zoneOf } from '../../tickets/ticket-words.ts'
import { openContact } from '../contacts/contact-points.ts'
import { manageUrl, unsubscribeHeaders } from './message-links.ts'

type NoticeCtx = Pick<Ctx, 'db' | 'redis' | 'config' | 'clock' | 'log' | 'mail'>
type About = 'already-open' | 'blind'
const WITH = {
  city: { select: { name: true } },
  emailContact: true,
  consents: { where: { channel: 'email', withdrawnAt: null }, select: { id: true } },
  watches: { include: { watch: { include: { source: { select: { name: true } } } } } },
} satisfies Prisma.AlertSubscriptionInclude
type Row = Prisma.AlertSubscriptionGetPayload<{ include: typeof WITH }>
type Words = { title: string; said: string }

/**
 * One mail, and a line under the bell, about something that is no opening: what somebody waits for was on sale already, or
 * a site cannot be seen. A repeat has the same Message-ID. What is no longer so is not said. @throws MailError
 */
export async function sendNotice(
  ctx: NoticeCtx,
  { subscriptionId, about }: { subscriptionId: string; about: About },
): Promise<void> {
  const subscription = await ctx.db.alertSubscription.findUnique({ where: { id: subscriptionId }, include: WITH })
  const words = subscription && wordsOf(subscription, about)
  if (!subscription || !words) return
  await mail(ctx, subscription, words, about)
  if (!subscription.userId) return
  const { userId } = subscription
  await notifyUser(ctx, { userId, kind: about, title: words.title, body: words.said, url: '/alerts' })
}

function wordsOf(subscription: Row, about: About): Words | null {
  const { title, city, timeZone, state } = subscription
  if (about === 'already-open') {
    if (state !== 'ALREADY_OPEN') return null
    const where = subscription.watches
      .filter(({ alreadyOpenAt }) => alreadyOpenAt)
      .map(({ watch }) => watch.source.name)
    return {
      title: `${title} is on sale already`,
      said: `What you asked for in ${city.name} can be booked now${where.length > 0 ? ` on ${where.join(', ')}` : ''}. It was on sale before we could watch for it, so we did not call. "Watch again" tells you of the next opening.`,
    }
  }
  const blind = subscription.watches.map(({ watch }) => watch).filter(({ failStreak }) => failStreak > 0)
  if (state !== 'ACTIVE' || blind.length === 0) return null
  const since = blind.map(({ blindSince, lastOkAt, createdAt }) => blindSince ?? lastOkAt ?? createdAt)
  const first = new Date(Math.min(...since.map((at) => at.getTime())))
  const sees = subscription.watches.length - blind.length
  return {
    title: `We cannot see ${blind.map(({ source }) => source.name).join(', ')} just now`,
    said: `Since ${dateOf(first, timeZone)}, ${timeOf(first, timeZone)} ${zoneOf(first, timeZone)} we get no answer we can believe about ${title} in ${city.name}. We go on trying, and tell you when booking opens as soon as we see it. ${sees > 0 ? 'The other sites we watch for you are seen.' : 'Until then, look there yourself now and then.'}`,
  }
}

async function mail(ctx: NoticeCtx, subscription: Row, { title, said }: Words, about: About): Promise<void> {
  const contact = await mailable(ctx, subscription)
  if (!contact) return
  const to = openContact(ctx, contact)
  const url = manageUrl(ctx, contact)
  const reason = `You get this mail because you asked Marquee to tell ${to} when booking opens. Stop or change it: ${url}`
  const occasion = about === 'blind' ? (subscription.blindToldAt?.getTime() ?? 0) : subscription.round
  await ctx.mail.send({
    to,
    subject: subjectLine(title),
    text: [title, '', said, '', `Your alerts: ${url}`, '', reason].join('\n'),
    html: mailPage({ preview: said, heading: title, body: paragraph(said) + button(url, 'Your alerts'), reason }),
    attachments: [],
    idempotencyKey: `alert.notice:${about}:${subscription.id}:${occasion}`,
    headers: unsubscribeHeaders(ctx, contact, 'email'),
  })
}

async function mailable(ctx: NoticeCtx, subscription: AlertSubscription & Pick<Row, 'emailContact' | 'consents'>) {
  const contact: ContactPoint | null = subscription.emailContact
  if (!contact?.verifiedAt || !subscription.channels.includes('email') || subscription.consents.length === 0)
    return null
  return (await ctx.db.optOut.count({ where: { hash: contact.hash, channel: 'email' } })) === 0 ? contact : null
}
