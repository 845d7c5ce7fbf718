import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Queues } from '../../jobs/queues.ts'
import { button, mailPage, paragraph, subjectLine } from '../../notifications/mail-layout.ts'
import { notifyUser } from '../../notifications/notify-user.ts'
import { wakeBrowsers } from '../../notifications/wake-browsers.ts'
import { dateOf, timeOf, zoneOf } from '../../tickets/ticket-words.ts'
import { openContact } from '../contacts/contact-points.ts'
import { manageUrl, unsubscribeHeaders, unsubscribeUrl } from './message-links.ts'
import { textNotice } from './text-notice.ts'

type NoticeCtx = Pick<Ctx, 'db' | 'redis' | 'config' | 'clock' | 'log' | 'mail' | 'sms' | 'push'> & { queues: Queues }
type About = 'already-open' | 'blind'
const WITH = {
  city: { select: { name: true } },
  emailContact: true,
  phoneContact: true,
  consents: { where: { withdrawnAt: null }, select: { channel: true } },
  watches: { include: { watch: { include: { source: { select: { name: true } } } } } },
} satisfies Prisma.AlertSubscriptionInclude
export type NoticeRow = Prisma.AlertSubscriptionGetPayload<{ include: typeof WITH }>
type Words = { title: string; said: string }

/** Whoever waited this long before we saw that it is on sale hears it on every quiet way they chose. */
const LONG_MS = 24 * 3_600_000

/**
 * One mail, and a line under the bell, about something that is no opening: what somebody waits for was on sale already, or
 * a site cannot be seen. Who has no address gets a text, at an hour for texts: `text` is that alone. Nobody is called. A
 * repeated mail has the same Message-ID, a text is not repeated. What is no longer so is not said.
 * @throws MailError, SmsError when it certainly did not go out; RedisAway when a text has to wait
 */
export async function sendNotice(
  ctx: NoticeCtx,
  given: { subscriptionId: string; about: About; text?: boolean | undefined },
): Promise<void> {
  const { subscriptionId, about, text = false } = given
  const subscription = await ctx.db.alertSubscription.findUnique({ where: { id: subscriptionId }, include: WITH })
  const words = subscription && wordsOf(subscription, about)
  if (!subscription || !words) return
  const key = `alert.notice:${about}:${subscription.id}:${occasionOf(subscription, about)}`
  if (text) return textNotice(ctx, { subscription, about, key })
  const mailed = await mail(ctx, subscription, words, key)
  const long = about === 'already-open' && waitedMs(subscription) > LONG_MS
  if (!mailed || long) await textNotice(ctx, { subscription, about, key })
  const { userId, channels } = subscription
  if (!userId) return
  const { title, said: body } = words
  if (long && channels.includes('push')) await wakeBrowsers(ctx, userId, { title, body, url: '/alerts', tag: key })
  await notifyUser(ctx, { userId, kind: about, title, body, url: '/alerts' })
}

const occasionOf = ({ blindToldAt, round }: NoticeRow, about: About) =>
  about === 'blind' ? (blindToldAt?.getTime() ?? 0) : round

/** From when they asked until we saw that it is on sale. */
const waitedMs = ({ createdAt, watches }: NoticeRow) =>
  Math.max(0, ...watches.map(({ alreadyOpenAt }) => (alreadyOpenAt?.getTime() ?? 0) - createdAt.getTime()))

function wordsOf(subscription: NoticeRow, about: About): Words | null {
  const { title, city, timeZone, state } = subscription
  if (about === 'already-open') {
    if (state !== 'ALREADY_OPEN') return null
    const where = subscription.watches
      .filter(({ alreadyOpenAt }) => alreadyOpenAt)
      .map(({ watch }) => watch.source.name)
    return {
      title: `${title} is on sale already`,
      said: `What you asked for in ${city.name} can be booked now${where.length > 0 ? ` on ${where.join(', ')}` : ''}. We could not see it before now, so we cannot say since when, and did not call. "Watch again" tells you of the next opening.`,
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

async function mail(ctx: NoticeCtx, subscription: NoticeRow, { title, said }: Words, key: string): Promise<boolean> {
  const contact = await mailable(ctx, subscription)
  if (!contact) return false
  const to = openContact(ctx, contact)
  const url = manageUrl(ctx, contact)
  const reason = `You get this mail because you asked Marquee to tell ${to} when booking opens. Stop or change it: ${url} · No more mails about alerts: ${unsubscribeUrl(ctx, contact, 'email')}`
  await ctx.mail.send({
    to,
    subject: subjectLine(title),
    text: [title, '', said, '', `Your alerts: ${url}`, '', reason].join('\n'),
    html: mailPage({ preview: said, heading: title, body: paragraph(said) + button(url, 'Your alerts'), reason }),
    attachments: [],
    idempotencyKey: key,
    headers: unsubscribeHeaders(ctx, contact, 'email'),
  })
  return true
}

async function mailable(ctx: NoticeCtx, { emailContact, channels, consents }: NoticeRow) {
  const agreed = channels.includes('email') && consents.some(({ channel }) => channel === 'email')
  if (!emailContact?.verifiedAt || !agreed) return null
  return (await ctx.db.optOut.count({ where: { hash: emailContact.hash, channel: 'email' } })) === 0
    ? emailContact
    : null
}
