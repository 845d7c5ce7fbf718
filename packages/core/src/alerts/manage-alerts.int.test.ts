import type { AlertChannel, UpdateAlertBody } from '@marquee/contracts/alerts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { Actor } from '../context.ts'
import type { City, Movie } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import type { Queues } from '../jobs/queues.ts'
import { releaseWatches } from '../listings/release-watches.ts'
import { tellWatch } from '../listings/tell-watch.ts'
import { alertForm } from '../testing/alert-form.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { answerAlert } from './answer-alert.ts'
import { CONSENT_VERSION } from './consent-texts.ts'
import { findOrCreateContact, openContact } from './contacts/contact-points.ts'
import { createAlert } from './create-alert.ts'
import { deleteAlert } from './delete-alert.ts'
import { deleteAllAlerts } from './delete-all-alerts.ts'
import { fanOutOpening } from './delivery/fan-out-opening.ts'
import { NOTICES_A_DAY } from './delivery/text-once.ts'
import { getAlert } from './get-alert.ts'
import { manageToken } from './links/manage-token.ts'
import { signLink } from './links/sign-link.ts'
import { listAlerts } from './list-alerts.ts'
import { pauseAlert } from './pause-alert.ts'
import { postponeAlert } from './postpone-alert.ts'
import { rearmAlert } from './rearm-alert.ts'
import { requestAlert } from './request-alert.ts'
import { resumeAlert } from './resume-alert.ts'
import { sendCreated } from './send-created.ts'
import { unsubscribeAlerts } from './unsubscribe-alerts.ts'
import { updateAlert } from './update-alert.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
let city: City
let movie: Movie
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())
beforeEach(async () => {
  clock.advance(60_000)
  city = await makeCity(ctx)
  movie = await makeMovie(ctx, { releaseDate: new Date('2026-12-18') })
})

const NO_QUEUES = { byName: {}, ready: false, close: async () => {} } as unknown as Queues
/** An opening that is being told to somebody. */
async function makeToldAlert(ctx: TestContext, given: { subscriptionId: string; watchId: string }) {
  const { subscriptionId, watchId } = given
  const at = clock.now()
  const opening = { id: newId(), watchId, state: 'LIVE', detectedAt: at, confirmedAt: at, fannedOutAt: at } as const
  await ctx.db.opening.create({ data: { ...opening, evidence: [] } })
  const alert = { id: newId(), openingId: opening.id, subscriptionId, round: 1, kind: 'OPENING', position: 1 } as const
  await ctx.db.alert.create({ data: { ...alert, session: {} } })
  return alert.id
}
const ANYBODY: Actor = { kind: 'anonymous' }
let counter = 0
const number = () => `+9190${String(++counter).padStart(8, '0')}`
const network = '198.18.0.1'
const page = { limit: 10, offset: 0 }

/** A guest who waits, and how they ask. */
async function waiting(channels: AlertChannel[] = ['call', 'sms', 'email']) {
  const given = { phone: number(), ...(channels.includes('email') && { email: `guest${counter}@example.com` }) }
  const body = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}`, channels, ...given })
  const { alert, token } = await createAlert(ctx, { asker: { actor: ANYBODY }, body, network })
  return { ...given, alertId: alert.id, asker: { actor: ANYBODY, token: token ?? '' } }
}
const showing = async () => {
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  return makeShowtime(ctx, { movieId: movie.id, screen, startsIn: 3 * 24 * 60 })
}
const subscribers = async () => (await ctx.db.watch.findFirstOrThrow({ where: { cityId: city.id } })).subscribers
const update = (one: Awaited<ReturnType<typeof waiting>>, body: UpdateAlertBody) =>
  updateAlert(ctx, { ...one, body, network })
const unsubscribeToken = async (kind: 'phone' | 'email', value: string, channel: AlertChannel) => {
  const contact = await ctx.db.$transaction((tx) => findOrCreateContact(tx, ctx, { kind, value, verifiedAt: null }))
  const expiresAt = new Date(clock.now().getTime() + 86_400_000)
  return signLink(ctx, {
    contactId: contact.id,
    linkVersion: contact.linkVersion,
    scope: 'unsubscribe',
    channel,
    expiresAt,
  })
}

describe('is nobody else’s', () => {
  test('not by a link of another number, a link that is over or was ended, nor without any', async () => {
    const mine = await waiting()
    const { asker: other } = await waiting()
    const stranger = { kind: 'user', userId: (await makeUser(ctx)).id, role: 'customer', jti: newId() } as const
    const verbs = [getAlert, pauseAlert, resumeAlert, rearmAlert, deleteAlert, answerAlert] as const
    for (const asker of [other, { actor: stranger }, { actor: stranger, token: other.token }])
      for (const verb of verbs)
        await expect(verb(ctx, { alertId: mine.alertId, asker, network })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(update({ ...mine, asker: other }, { partySize: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(postponeAlert(ctx, { ...mine, asker: other, minutes: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' })

    const unsubscribe = await unsubscribeToken('phone', mine.phone, 'sms')
    const changed = `${mine.asker.token.slice(0, -1)}${mine.asker.token.endsWith('A') ? 'Q' : 'A'}`
    for (const token of [undefined, '', 'x', changed, unsubscribe])
      await expect(getAlert(ctx, { ...mine, asker: { actor: ANYBODY, token } })).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      })
    await ctx.db.contactPoint.updateMany({ data: { linkVersion: { increment: 1 } } })
    await expect(getAlert(ctx, mine)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await ctx.db.contactPoint.updateMany({ data: { linkVersion: { decrement: 1 } } })
    expect((await getAlert(ctx, mine)).partySize).toBe(2)
    clock.advance(181 * 86_400_000)
    await expect(getAlert(ctx, mine)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('a link shows the alerts of its own number and no others', async () => {
    const mine = await waiting()
    await waiting()
    const { items, total } = await listAlerts(ctx, { ...mine, query: page })
    expect([items.map(({ id }) => id), total]).toEqual([[mine.alertId], 1])
  })
})

describe('changing', () => {
  test('leaves what is not given', async () => {
    const mine = await waiting()
    const before = await getAlert(ctx, mine)
    const after = await update(mine, { partySize: 5, urgency: 'opening-day' })
    expect(after).toEqual({ ...before, partySize: 5, urgency: 'opening-day' })
  })

  test('a new way needs its consent and a contact; one that is taken off takes its consent along', async () => {
    const mine = await waiting(['sms'])
    const refused = (body: UpdateAlertBody) =>
      update(mine, body).catch(
        (error) => (error as { details: { fields: { field: string }[] } }).details.fields[0]?.field,
      )
    expect(await refused({ channels: ['sms', 'call'] })).toBe('consent.channels')
    const consent = (channels: AlertChannel[]) => ({ version: CONSENT_VERSION, channels })
    expect(await refused({ channels: ['sms', 'email'], consent: consent(['email']) })).toBe('email')
    expect(await refused({ channels: ['in_app'], consent: consent(['in_app']) })).toBe('channels')
    const after = await update(mine, { channels: ['call'], consent: consent(['call']) })
    expect([after.channels, after.consents.map(({ channel }) => channel)]).toEqual([['call'], ['call']])
    expect(await ctx.db.consent.count({ where: { subscriptionId: mine.alertId, withdrawnAt: clock.now() } })).toBe(1)
  })

  test('filters that are on sale now are said to be, others wait; a day that is over may stay', async () => {
    const { filters } = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}` })
    const mine = await waiting()
    await showing()
    expect((await update(mine, { filters: { ...filters, dateTo: '2099-01-01' } })).state).toBe('ALREADY_OPEN')
    expect(await subscribers()).toBe(0)
    expect((await update(mine, { filters: { ...filters, dateFrom: '2028-12-18' } })).state).toBe('ACTIVE')
    expect(await subscribers()).toBe(1)
    await expect(update(mine, { filters: { ...filters, dateFrom: '2026-01-01' } })).rejects.toMatchObject({
      code: 'VALIDATION',
    })
    await ctx.db.alertSubscription.update({
      where: { id: mine.alertId },
      data: { filters: { ...filters, dateFrom: '2026-01-01' } },
    })
    expect((await update(mine, { filters: { ...filters, dateFrom: '2026-01-01' } })).filters.dateFrom).toBe(
      '2026-01-01',
    )
  })
})

describe('pausing', () => {
  test('stops watching, and resuming says what opened meanwhile', async () => {
    const mine = await waiting()
    expect((await pauseAlert(ctx, mine)).state).toBe('PAUSED')
    expect((await pauseAlert(ctx, mine)).promise).toMatch(/^Paused/)
    expect(await subscribers()).toBe(0)
    expect((await resumeAlert(ctx, { ...mine, network })).state).toBe('ACTIVE')
    expect(await subscribers()).toBe(1)
    await pauseAlert(ctx, mine)
    await showing()
    expect((await resumeAlert(ctx, { ...mine, network })).state).toBe('ALREADY_OPEN')
    expect(await subscribers()).toBe(0)
    // Not paused: nothing to resume.
    expect((await resumeAlert(ctx, { ...mine, network })).state).toBe('ALREADY_OPEN')
  })
})

test.each(['resumed after a pause', 'asked for again while paused'])(
  'whoever was told before and waits once more hears of the next opening: %s',
  async (how) => {
    const mine = await waiting(['sms'])
    const openAndTell = async (inDays: number) => {
      const theatre = await makeTheatre(ctx, { cityId: city.id })
      const screen = await makeScreen(ctx, { theatreId: theatre.id })
      const { id } = await makeShowtime(ctx, { movieId: movie.id, screen, startsIn: inDays * 24 * 60 })
      const { id: watchId } = await ctx.db.watch.findFirstOrThrow({ where: { cityId: city.id } })
      for (const ms of [0, 31_000]) {
        clock.advance(ms)
        await tellWatch(ctx, { watchId })
      }
      const { id: openingId } = await ctx.db.opening.findFirstOrThrow({ where: { watchId, state: 'LIVE' } })
      await fanOutOpening({ ...ctx, queues: NO_QUEUES }, { openingId })
      return { id, watchId }
    }
    const { id, watchId } = await openAndTell(3)
    expect((await getAlert(ctx, mine)).state).toBe('NOTIFIED')
    await pauseAlert(ctx, mine)
    await ctx.db.alert.updateMany({ data: { state: 'ACKNOWLEDGED' } })
    await ctx.db.showtime.update({ where: { id }, data: { status: 'CANCELLED' } })
    for (let looks = 0; looks < 2; looks++) {
      clock.advance(31 * 60_000)
      await tellWatch(ctx, { watchId })
    }
    if (how.startsWith('resumed')) await resumeAlert(ctx, { ...mine, network })
    else {
      const form = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}`, channels: ['sms'] })
      await createAlert(ctx, { asker: mine.asker, body: form, network })
    }
    expect((await getAlert(ctx, mine)).state).toBe('ACTIVE')
    await openAndTell(5)
    expect(await ctx.db.alert.count({ where: { subscriptionId: mine.alertId } })).toBe(2)
  },
)

test('watch again begins another round, and what is on sale now is no news', async () => {
  const mine = await waiting()
  await ctx.db.alertSubscription.update({ where: { id: mine.alertId }, data: { state: 'NOTIFIED' } })
  const { id: showtimeId } = await showing()
  expect((await rearmAlert(ctx, mine)).state).toBe('ACTIVE')
  expect((await rearmAlert(ctx, mine)).state).toBe('ACTIVE')
  expect(await ctx.db.alertSubscription.findUnique({ where: { id: mine.alertId } })).toMatchObject({ round: 2 })
  expect(await ctx.db.subscriptionWatch.findMany({ where: { subscriptionId: mine.alertId } })).toMatchObject([
    { armedAt: null, alreadyOpenAt: clock.now() },
  ])
  expect(await subscribers()).toBe(1)
  // When that is over, the next opening is news.
  await ctx.db.showtime.update({ where: { id: showtimeId }, data: { status: 'CANCELLED' } })
  const { id: watchId } = await ctx.db.watch.findFirstOrThrow({ where: { cityId: city.id } })
  for (let looks = 0; looks < 2; looks++) {
    clock.advance(31 * 60_000)
    await tellWatch(ctx, { watchId })
  }
  expect(await ctx.db.subscriptionWatch.findMany({ where: { subscriptionId: mine.alertId } })).toMatchObject([
    { armedAt: expect.any(Date), alreadyOpenAt: null },
  ])
})

describe('deleting', () => {
  test('forgets the person, keeps what was agreed to, and is not found again', async () => {
    const mine = await waiting()
    await deleteAlert(ctx, mine)
    const row = await ctx.db.alertSubscription.findUniqueOrThrow({
      where: { id: mine.alertId },
      include: { consents: true },
    })
    expect(row).toMatchObject({ state: 'ENDED', name: '', phoneContactId: null, emailContactId: null })
    expect(row.consents.map(({ withdrawnAt }) => withdrawnAt)).toEqual([clock.now(), clock.now(), clock.now()])
    expect(await subscribers()).toBe(0)
    await expect(deleteAlert(ctx, mine)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('keeps a number that waits for something else; everything at once leaves nothing', async () => {
    const first = await waiting(['sms'])
    movie = await makeMovie(ctx)
    const form = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}`, channels: ['sms'] })
    await createAlert(ctx, { asker: first.asker, body: form, network })
    const contacts = () => ctx.db.contactPoint.findMany({ where: { phoneSubscriptions: { some: {} } } })
    const before = (await contacts()).length
    await deleteAlert(ctx, first)
    expect((await contacts()).length).toBe(before)
    expect(await deleteAllAlerts(ctx, first)).toEqual({ deleted: 1 })
    expect((await contacts()).length).toBe(before - 1)
    await expect(listAlerts(ctx, { ...first, query: page })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

describe('asked for in the name of a number', () => {
  const pending = async () => {
    movie = await makeMovie(ctx, { releaseDate: new Date('2030-12-18') })
    const phone = number()
    await requestAlert(ctx, {
      request: { name: 'X', phoneNumber: phone, movie: movie.title, city: city.slug },
      network,
    })
    const { id, phoneContact } = await ctx.db.alertSubscription.findFirstOrThrow({
      where: { cityId: city.id },
      include: { phoneContact: true },
    })
    if (!phoneContact) throw new Error('it has a number')
    return { phone, alertId: id, asker: { actor: ANYBODY, token: manageToken(ctx, phoneContact, clock.now()) } }
  }

  test('it is watched when its number says so, and by no other way round', async () => {
    const mine = await pending()
    expect(await getAlert(ctx, mine)).toMatchObject({ state: 'PAUSED', consents: [] })
    // Agreeing first and resuming then proves the number all the same: the link went there.
    await update(mine, { channels: ['sms'], consent: { version: CONSENT_VERSION, channels: ['sms'] } })
    expect(await resumeAlert(ctx, { ...mine, network })).toMatchObject({ state: 'ACTIVE', channels: ['sms'] })
    const where = { phoneSubscriptions: { some: { id: mine.alertId } } }
    expect((await ctx.db.contactPoint.findFirstOrThrow({ where })).verifiedAt).toEqual(clock.now())
  })

  test('nor by calling it about something that was set up without it', async () => {
    const mine = await pending()
    const user = await makeUser(ctx)
    const where = { id: mine.alertId }
    await ctx.db.alertSubscription.update({ where, data: { userId: user.id, channels: ['in_app'], state: 'ACTIVE' } })
    const asker = { actor: { kind: 'user', userId: user.id, role: 'customer', jti: newId() } } as const
    const body = { channels: ['call' as const], consent: { version: CONSENT_VERSION, channels: ['call' as const] } }
    await expect(updateAlert(ctx, { ...mine, asker, body, network })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  test('the account that has proved the number may say it as well', async () => {
    const mine = await pending()
    const user = await makeUser(ctx)
    await ctx.db.alertSubscription.update({ where: { id: mine.alertId }, data: { userId: user.id } })
    await ctx.db.user.update({ where: { id: user.id }, data: { phone: mine.phone, phoneVerifiedAt: clock.now() } })
    const asker = { actor: { kind: 'user', userId: user.id, role: 'customer', jti: newId() } } as const
    expect((await resumeAlert(ctx, { ...mine, asker, network })).state).toBe('ACTIVE')
  })
})

describe('one click', () => {
  test('ends one channel for good, twice is once; the others go on', async () => {
    const mine = await waiting()
    const token = await unsubscribeToken('email', mine.email ?? '', 'email')
    const answer = { channel: 'email', sentTo: 'g•••@example.com' }
    expect(await unsubscribeAlerts(ctx, { token })).toEqual(answer)
    expect(await unsubscribeAlerts(ctx, { token })).toEqual(answer)
    expect(await getAlert(ctx, mine)).toMatchObject({ channels: ['call', 'sms'], state: 'ACTIVE' })
    expect(await ctx.db.optOut.findMany({ where: { channel: 'email' } })).toMatchObject([{ how: 'unsubscribe' }])
    // The address is not taken into another alert behind its owner's back.
    const consent = { version: CONSENT_VERSION, channels: ['email' as const] }
    await expect(update(mine, { channels: ['email'], consent })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  test('of the only channel pauses, and it cannot be resumed as if nothing had been said', async () => {
    const mine = await waiting(['sms'])
    await unsubscribeAlerts(ctx, { token: await unsubscribeToken('phone', mine.phone, 'sms') })
    expect((await getAlert(ctx, mine)).state).toBe('PAUSED')
    expect(await subscribers()).toBe(0)
    await expect(resumeAlert(ctx, { ...mine, network })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  test('is no other link', async () => {
    const mine = await waiting()
    for (const token of [mine.asker.token, 'x'.repeat(55)])
      await expect(unsubscribeAlerts(ctx, { token })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await ctx.db.optOut.count({ where: { channel: 'call' } })).toBe(0)
  })
})

describe('what was set up', () => {
  test('is said by mail, with a link that manages it and a button to stop', async () => {
    const mine = await waiting()
    await sendCreated(ctx, { subscriptionId: mine.alertId, about: 'created' })
    const [mail] = ctx.mail.sent.filter(({ to }) => to === mine.email)
    expect(mail?.subject).toBe(`We watch ${movie.title} in ${city.name} for you`)
    expect(mail?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const token = /\/alerts\?t=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    expect((await getAlert(ctx, { ...mine, asker: { actor: ANYBODY, token } })).id).toBe(mine.alertId)
    expect(ctx.sms.sent.filter(({ to }) => to === mine.phone)).toEqual([])
  })

  test('by text where there is no mail; to nobody who said never again, about nothing that is gone', async () => {
    const mine = await waiting(['sms'])
    const say = () => sendCreated(ctx, { subscriptionId: mine.alertId, about: 'created' })
    const texts = () => ctx.sms.sent.filter(({ to }) => to === mine.phone).map(({ text }) => text)
    await say()
    expect(texts()).toEqual([expect.stringMatching(/^Marquee: we watch .+\/alerts\?t=[\w-]{55} Reply STOP to end\.$/)])
    await unsubscribeAlerts(ctx, { token: await unsubscribeToken('phone', mine.phone, 'sms') })
    await say()
    await deleteAlert(ctx, mine)
    await say()
    expect(texts()).toHaveLength(1)
  })
})

test('whoever said never again sees that the channel is not used', async () => {
  const { phone, alertId, asker } = await waiting()
  expect((await getAlert(ctx, { asker, alertId })).optedOut).toEqual([])
  const { hash } = await findOrCreateContact(ctx.db, ctx, { kind: 'phone', value: phone, verifiedAt: clock.now() })
  await ctx.db.optOut.create({ data: { hash, channel: 'call', how: 'key-9', at: clock.now() } })
  expect((await getAlert(ctx, { asker, alertId })).optedOut).toEqual(['call'])
})

test('an opening that a person has to look at first is said to be held, until it is told', async () => {
  const { alertId, asker } = await waiting()
  const [watch] = await ctx.db.watch.findMany({ where: { subscriptions: { some: { subscriptionId: alertId } } } })
  const at = clock.now()
  const opening = { id: newId(), watchId: watch?.id ?? '', detectedAt: at, confirmedAt: at, evidence: [] }
  await ctx.db.opening.create({ data: { ...opening, state: 'HELD' } })
  expect((await getAlert(ctx, { asker, alertId })).held).toBe(true)
  await ctx.db.opening.update({ where: { id: opening.id }, data: { state: 'DISMISSED' } })
  expect((await getAlert(ctx, { asker, alertId })).held).toBe(false)
})

test('a number is opened from its row alone', async () => {
  const mine = await waiting()
  const contact = await ctx.db.contactPoint.findFirstOrThrow({
    where: { phoneSubscriptions: { some: { id: mine.alertId } } },
  })
  expect(openContact(ctx, contact)).toBe(mine.phone)
})

test('made and deleted all day, an alert costs a handful of texts', async () => {
  const first = await waiting(['sms'])
  const { phone, asker } = first
  const other = await makeMovie(ctx)
  for (let turn = 0; turn < 8; turn++) {
    const body = await alertForm(ctx, { city: city.slug, film: `movie:${other.id}`, channels: ['sms'] })
    const { alert } = await createAlert(ctx, { asker, body, network })
    for (const _again of [1, 2]) await sendCreated(ctx, { subscriptionId: alert.id, about: 'created' })
    await deleteAlert(ctx, { asker, alertId: alert.id })
  }
  expect(ctx.sms.sent.filter(({ to }) => to === phone)).toHaveLength(NOTICES_A_DAY)
})

test('the auditor finds a watch that counts nobody though somebody waits on it', async () => {
  const mine = await waiting(['sms'])
  const where = { subscriptions: { some: { subscriptionId: mine.alertId } } }
  const found = async () => (await checkInvariants(ctx)).violations.filter(({ invariant }) => invariant === 'I26')
  expect(await found()).toEqual([])
  await ctx.db.watch.updateMany({ where, data: { subscribers: 0 } })
  expect(await found()).toHaveLength(1)
  await ctx.db.watch.updateMany({ where, data: { subscribers: 1 } })
})

test('who is told in the morning is looked for in the night', async () => {
  const mine = await waiting(['sms'])
  const where = { id: mine.alertId }
  const { id: watchId } = await ctx.db.watch.findFirstOrThrow({ where: { cityId: city.id } })
  const told = await makeToldAlert(ctx, { subscriptionId: mine.alertId, watchId })
  await ctx.db.alertSubscription.update({ where, data: { state: 'NOTIFIED' } })
  const recount = () => ctx.db.$transaction((tx) => releaseWatches(tx, mine.alertId, clock.now()))
  await recount()
  expect(await subscribers()).toBe(1)
  await ctx.db.alert.update({ where: { id: told }, data: { state: 'EXHAUSTED' } })
  await recount()
  expect(await subscribers()).toBe(0)
})

test('the auditor finds a contact nobody proved, a consent that is gone, and somebody who has left', async () => {
  const found = async () =>
    (await checkInvariants(ctx)).violations
      .filter(({ detail }) => detail.includes(mine.alertId))
      .map((one) => one.invariant)
  const mine = await waiting(['sms'])
  expect(await found()).toEqual([])
  const where = { id: mine.alertId }
  await ctx.db.contactPoint.updateMany({ where: { phoneSubscriptions: { some: where } }, data: { verifiedAt: null } })
  await ctx.db.consent.updateMany({ where: { subscriptionId: mine.alertId }, data: { withdrawnAt: clock.now() } })
  expect(await found()).toEqual(['I24', 'I24'])
  await ctx.db.alertSubscription.update({ where, data: { state: 'ENDED' } })
  expect(await found()).toEqual(['I25'])
})
