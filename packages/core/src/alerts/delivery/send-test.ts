import type { AlertChannel } from '@marquee/contracts/alerts'
import { countAttempt } from '../../auth/count-attempt.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { AlertSubscription, ContactPoint } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { button, mailPage, paragraph, subjectLine } from '../../notifications/mail-layout.ts'
import { notifyUser } from '../../notifications/notify-user.ts'
import { wakeBrowsers } from '../../notifications/wake-browsers.ts'
import { openContact } from '../contacts/contact-points.ts'
import { manageUrl, unsubscribeHeaders, unsubscribeUrl } from './message-links.ts'
import { templateId } from './send-message.ts'
import { smsText } from './sms-words.ts'

type TestCtx = Pick<Ctx, 'db' | 'redis' | 'config' | 'clock' | 'log' | 'mail' | 'sms' | 'voice' | 'push'>
type Reached = { contact: ContactPoint; to: string; city: string }

/** For one number or address on one channel. */
const TESTS_A_DAY = 3
const DAY_SECONDS = 24 * 3_600

/**
 * Really sends one message in the way that was chosen, so that somebody knows that it reaches them. Its person asks for it
 * this minute: quiet hours do not hold, "never again" does. @returns what became of it, in a sentence
 * @throws AppError CONFLICT when it cannot go there, RATE_LIMITED, UNAVAILABLE when the carrier does not take it
 */
export async function sendTest(
  ctx: TestCtx,
  { subscription, channel }: { subscription: AlertSubscription; channel: AlertChannel },
): Promise<{ outcome: string }> {
  if (!subscription.channels.includes(channel)) throw new AppError('CONFLICT', 'This way was not chosen')
  if (channel === 'in_app' || channel === 'push') {
    await admit(ctx, subscription.userId ?? subscription.id, channel)
    return channel === 'push' ? testPush(ctx, subscription) : testBell(ctx, subscription)
  }
  const reached = await reach(ctx, subscription, channel)
  // By its hash: a number that is deleted and proved again is still the same telephone.
  await admit(ctx, reached.contact.hash, channel)
  try {
    if (channel === 'email') return await testMail(ctx, subscription, reached)
    return channel === 'sms' ? await testSms(ctx, subscription, reached) : await testCall(ctx, subscription, reached)
  } catch (err) {
    ctx.log.warn({ err, channel }, 'a test message was not sent')
    throw new AppError('UNAVAILABLE', 'It could not be sent just now. Try again in a few minutes.')
  }
}

async function admit(ctx: TestCtx, whose: string, channel: AlertChannel): Promise<void> {
  const attempts = await countAttempt(ctx, { key: `alert-test:${whose}:${channel}`, windowSeconds: DAY_SECONDS })
  // Uncounted, somebody could have a phone ring all day.
  if (!attempts) throw new AppError('UNAVAILABLE', 'Tests cannot be sent just now. Try again in a few minutes.')
  if (attempts.count > TESTS_A_DAY)
    throw new AppError('RATE_LIMITED', `${TESTS_A_DAY} tests a day on one channel are enough. Try again tomorrow.`)
}

async function reach(
  ctx: TestCtx,
  subscription: AlertSubscription,
  channel: 'call' | 'sms' | 'email',
): Promise<Reached> {
  const id = channel === 'email' ? subscription.emailContactId : subscription.phoneContactId
  const contact = id ? await ctx.db.contactPoint.findUnique({ where: { id } }) : null
  const what = channel === 'email' ? 'address' : 'number'
  if (!contact?.verifiedAt) throw new AppError('CONFLICT', `This ${what} is not proved to be yours`)
  if (contact.suspectAt && channel !== 'email')
    throw new AppError('CONFLICT', 'The carrier says that there is no such number: prove it again')
  if (await ctx.db.optOut.count({ where: { hash: contact.hash, channel } }))
    throw new AppError('CONFLICT', `This ${what} asked never to be told in this way: prove it again to undo that`)
  const city = await ctx.db.city.findUniqueOrThrow({ where: { id: subscription.cityId }, select: { name: true } })
  return { contact, to: openContact(ctx, contact), city: city.name }
}

async function testBell(ctx: TestCtx, { userId, title }: AlertSubscription) {
  if (!userId) throw new AppError('CONFLICT', 'This needs an account')
  const body = `This is where you hear of it when booking opens for ${title}.`
  await notifyUser(ctx, { userId, kind: 'test', title: 'A test, as you asked', body, url: '/alerts' })
  return { outcome: 'It stands under the bell now' }
}

async function testPush(ctx: TestCtx, { userId, title, id }: AlertSubscription) {
  if (!userId) throw new AppError('CONFLICT', 'This needs an account')
  const body = `So you hear of it when booking opens for ${title}.`
  const { woken, why } = await wakeBrowsers(ctx, userId, {
    title: 'A test, as you asked',
    body,
    url: '/alerts',
    tag: `test-${id}`,
  })
  if (woken === 0) throw new AppError('CONFLICT', `No browser was woken: ${why ?? 'none agreed to it'}`)
  return { outcome: woken === 1 ? 'One browser was woken' : `${woken} browsers were woken` }
}

async function testMail(ctx: TestCtx, { name, title }: AlertSubscription, { contact, to, city }: Reached) {
  const heading = 'This is the test you asked for'
  const said = `Hello ${name}. We write to this address as soon as booking opens for ${title} in ${city}.`
  const url = manageUrl(ctx, contact)
  const reason = `You get this mail because a test was asked for. Stop or change your alerts: ${url} · No more mails about alerts: ${unsubscribeUrl(ctx, contact, 'email')}`
  await ctx.mail.send({
    to,
    subject: subjectLine(`Test: booking alert for ${title}`),
    text: [heading, '', said, '', `Your alerts: ${url}`, '', reason].join('\n'),
    html: mailPage({ preview: said, heading, body: paragraph(said) + button(url, 'Your alerts'), reason }),
    attachments: [],
    idempotencyKey: `alert-test:${newId()}`,
    headers: unsubscribeHeaders(ctx, contact, 'email'),
  })
  return { outcome: `A mail is on its way to ${contact.masked}` }
}

async function testSms(ctx: TestCtx, { title }: AlertSubscription, { contact, to, city }: Reached) {
  const text = smsText('alert-test', { film: title, city })
  await ctx.sms.send({ to, text, idempotencyKey: `alert-test:${newId()}`, ...templateId(ctx, 'alert-test') })
  return { outcome: `A text is on its way to ${contact.masked}` }
}

async function testCall(ctx: TestCtx, { id }: AlertSubscription, { contact, to }: Reached) {
  const address = (what: string) => `${ctx.config.http.publicBaseUrl}/api/voice/{carrier}/${what}/${id}`
  await ctx.voice.place({
    to,
    answerUrl: address('answer'),
    statusUrl: address('status'),
    ringSeconds: 30,
    limitSeconds: 60,
  })
  return { outcome: `${contact.masked} is being called` }
}
