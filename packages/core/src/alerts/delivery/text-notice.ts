import { QuietHours } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { Queues } from '../../jobs/queues.ts'
import { openContact } from '../contacts/contact-points.ts'
import { ANY_HOUR, countryHours } from './country-hours.ts'
import { manageUrl } from './message-links.ts'
import { nextAllowed } from './quiet-hours.ts'
import type { NoticeRow } from './send-notice.ts'
import { textOnce } from './text-once.ts'

type TextCtx = Pick<Ctx, 'db' | 'config' | 'clock' | 'log' | 'sms'> & { queues: Queues }

/**
 * A notice as a text, to whoever chose texts: once, within the hours of its person and of the number's country, else by
 * another job when they begin. @throws SmsError, RedisAway
 */
export async function textNotice(
  ctx: TextCtx,
  given: { subscription: NoticeRow; about: 'already-open' | 'blind'; key: string },
): Promise<void> {
  const { subscription, about, key } = given
  const { id: subscriptionId, phoneContact: contact, channels, consents, title, city, timeZone } = subscription
  const agreed = channels.includes('sms') && consents.some(({ channel }) => channel === 'sms')
  if (!contact?.verifiedAt || contact.suspectAt || !agreed) return
  if (await ctx.db.optOut.count({ where: { hash: contact.hash, channel: 'sms' } })) return
  const now = ctx.clock.now()
  const country = ctx.config.voice.hours === 'law' ? countryHours(openContact(ctx, contact)) : ANY_HOUR
  const at = nextAllowed(now, { quiet: QuietHours.parse(subscription.quietHours), timeZone, country })
  if (!at) return
  if (at > now) {
    const payload = { subscriptionId, about, text: true } as const
    const delayMs = at.getTime() - now.getTime()
    return enqueue(ctx, [{ name: 'alert.notice', payload, key: `${key}:text:${at.getTime()}`, delayMs }])
  }
  const sources = subscription.watches.filter(({ watch }) => watch.failStreak > 0).map(({ watch }) => watch.source.name)
  const values = { film: title, city: city.name, theatre: sources.join(', '), url: manageUrl(ctx, contact) }
  await textOnce(ctx, { key, contact, template: about === 'blind' ? 'alert-blind' : 'alert-on-sale', values })
}
