import type { CreateAlertBody } from '@marquee/contracts/alerts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { Actor } from '../context.ts'
import type { City, Movie, User } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { alertForm } from '../testing/alert-form.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { MOST_ALERTS } from './admit-alert.ts'
import { CONSENT_TEXTS, CONSENT_VERSION } from './consent-texts.ts'
import { hashContact } from './contacts/seal.ts'
import { createAlert } from './create-alert.ts'
import { deleteAlert } from './delete-alert.ts'
import { getAlert } from './get-alert.ts'
import { listAlerts } from './list-alerts.ts'

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

const ANYBODY: Actor = { kind: 'anonymous' }
const signedIn = ({ id }: User): Actor => ({ kind: 'user', userId: id, role: 'customer', jti: newId() })
let counter = 0
const number = () => `+9190${String(++counter).padStart(8, '0')}`
const address = () => `guest${++counter}@example.com`
const film = () => ({ city: city.slug, film: `movie:${movie.id}` })
const create = (body: CreateAlertBody, actor: Actor = ANYBODY, token?: string) =>
  createAlert(ctx, { asker: { actor, token }, body, network: '198.18.0.1' })
const guest = async (given: Partial<Parameters<typeof alertForm>[1]> = {}) =>
  create(await alertForm(ctx, { ...film(), phone: number(), ...given }))
const fieldOf = async (asked: Promise<unknown>): Promise<string> => {
  const error = await asked.then(
    () => ({}),
    (thrown: unknown) => thrown,
  )
  return (error as { details?: { fields: { field: string }[] } }).details?.fields[0]?.field ?? String(error)
}
const showing = async (given: { cityId?: string; seats?: 'none' } = {}) => {
  const theatre = await makeTheatre(ctx, { cityId: given.cityId ?? city.id })
  const showtime = await makeShowtime(ctx, {
    movieId: movie.id,
    screen: await makeScreen(ctx, { theatreId: theatre.id }),
    startsIn: 3 * 24 * 60,
  })
  if (given.seats === 'none')
    await ctx.db.showtimeSeat.updateMany({ where: { showtimeId: showtime.id }, data: { blocked: true } })
  return { theatre, showtime }
}

describe('is refused, naming the field', () => {
  test('a number or an address that nobody proved', async () => {
    const phone = number()
    const form = await alertForm(ctx, { ...film(), phone })
    expect(await fieldOf(create({ ...form, phoneProof: undefined }))).toBe('phoneProof')
    expect(await fieldOf(create({ ...form, phone: undefined, phoneProof: undefined }))).toBe('phone')
    const mail = await alertForm(ctx, { ...film(), channels: ['email'], email: address() })
    expect(await fieldOf(create({ ...mail, emailProof: undefined }))).toBe('emailProof')
    expect(await fieldOf(create({ ...mail, email: undefined, emailProof: undefined }))).toBe('email')
    expect(await ctx.db.alertSubscription.count({ where: { cityId: city.id } })).toBe(0)
  })

  test('a proof of another number, of an address in its place, of another purpose, or made up', async () => {
    const phone = number()
    const form = await alertForm(ctx, { ...film(), phone })
    const proofFor = (to: { phone: string } | { email: string }, purpose: 'alert' | 'login' = 'alert') =>
      makeProof(ctx, to, { purpose })
    expect(await fieldOf(create({ ...form, phoneProof: await proofFor({ phone: number() }) }))).toBe('phoneProof')
    expect(await fieldOf(create({ ...form, phoneProof: await proofFor({ email: address() }) }))).toBe('phoneProof')
    for (const phoneProof of [await proofFor({ phone }, 'login'), 'x'.repeat(43)])
      await expect(create({ ...form, phoneProof })).rejects.toMatchObject({ code: 'OTP_ENDED' })
    // What was refused is good still.
    expect((await create(form)).created).toBe(true)
  })

  test('a country that is not called', async () => {
    const form = await alertForm(ctx, { ...film(), phone: '+2349012345678' })
    expect(await fieldOf(create(form))).toBe('phone')
  })

  test('an unknown city, an unknown film, a film of another city’s sites', async () => {
    const form = await alertForm(ctx, { ...film(), phone: number() })
    expect(await fieldOf(create({ ...form, city: 'atlantis' }))).toBe('city')
    for (const unknown of [`movie:${newId()}`, 'leo', `title:${movie.title.toLowerCase()} part|`, 'title:|'])
      expect(await fieldOf(create({ ...form, film: unknown }))).toBe('film')
  })

  test('a day that is over, a theatre of another city', async () => {
    const form = await alertForm(ctx, { ...film(), phone: number() })
    const filters = form.filters
    expect(await fieldOf(create({ ...form, filters: { ...filters, dateFrom: '2026-11-20' } }))).toBe('filters.dateFrom')
    expect(await fieldOf(create({ ...form, filters: { ...filters, dateTo: '2026-11-20' } }))).toBe('filters.dateTo')
    const elsewhere = await makeTheatre(ctx)
    expect(await fieldOf(create({ ...form, filters: { ...filters, theatreIds: [elsewhere.id] } }))).toBe(
      'filters.theatreIds',
    )
  })

  test('a consent that is missing or of other words, and the app for somebody without an account', async () => {
    const form = await alertForm(ctx, { ...film(), phone: number() })
    expect(await fieldOf(create({ ...form, consent: { version: CONSENT_VERSION, channels: ['sms'] } }))).toBe(
      'consent.channels',
    )
    expect(await fieldOf(create({ ...form, consent: { version: '2020-01-01', channels: ['call', 'sms'] } }))).toBe(
      'consent.version',
    )
    for (const channel of ['in_app', 'push'] as const)
      expect(await fieldOf(create(await alertForm(ctx, { ...film(), channels: [channel] })))).toBe('channels')
  })

  test('a number that said never again, or that the carrier does not know, until it is proved once more', async () => {
    const user = await makeUser(ctx)
    const phone = number()
    await ctx.db.user.update({ where: { id: user.id }, data: { phone, phoneVerifiedAt: clock.now() } })
    const hash = hashContact(ctx, 'phone', phone)
    await ctx.db.optOut.create({ data: { hash, channel: 'call', how: 'key-9', at: clock.now() } })
    const form = await alertForm(ctx, film())
    expect(await fieldOf(create(form, signedIn(user)))).toBe('phone')
    clock.advance(1_000)
    const proved = await create(await alertForm(ctx, { ...film(), phone }), signedIn(user))
    expect(proved.alert.phone).toBe(`+91 ••••• ••${phone.slice(-3)}`)
    expect(await ctx.db.optOut.count({ where: { hash } })).toBe(0)

    await ctx.db.contactPoint.updateMany({ where: { hash }, data: { suspectAt: clock.now() } })
    movie = await makeMovie(ctx)
    expect(await fieldOf(create(await alertForm(ctx, film()), signedIn(user)))).toBe('phone')
    clock.advance(1_000)
    expect((await create(await alertForm(ctx, { ...film(), phone }), signedIn(user))).alert.phoneSuspect).toBe(false)
  })

  test('more films than one may wait for, also by another of their contacts', async () => {
    const phone = number()
    const form = await alertForm(ctx, { ...film(), phone })
    const { token } = await create(form)
    for (let i = 1; i < MOST_ALERTS; i++) {
      movie = await makeMovie(ctx)
      await create(await alertForm(ctx, { ...film(), phone }))
    }
    movie = await makeMovie(ctx)
    await expect(create(await alertForm(ctx, { ...film(), phone }))).rejects.toMatchObject({ code: 'CONFLICT' })
    const { items } = await listAlerts(ctx, {
      asker: { actor: ANYBODY, token: token ?? '' },
      query: { limit: 1, offset: 0 },
    })
    await deleteAlert(ctx, { asker: { actor: ANYBODY, token: token ?? '' }, alertId: items[0]?.id ?? '' })
    expect((await create(await alertForm(ctx, { ...film(), phone }))).created).toBe(true)
  })
})

test('more forms than anybody fills in are refused, whoever they name', async () => {
  const http = { ...ctx.config.http, rateLimitScale: 0.02 }
  const tight = { ...ctx, config: { ...ctx.config, http } }
  const send = async (network: string) =>
    createAlert(tight, {
      asker: { actor: ANYBODY },
      body: await alertForm(ctx, { ...film(), phone: number() }),
      network,
    })
  await send('203.0.113.1')
  await send('203.0.113.1')
  await expect(send('203.0.113.1')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  expect((await send('203.0.113.2')).created).toBe(true)
})

describe('a guest', () => {
  test('waits for a film, with a link to manage it, and is nowhere in the clear', async () => {
    const phone = number()
    const email = address()
    const form = await alertForm(ctx, { ...film(), phone, email, channels: ['call', 'sms', 'email'] })
    const { alert, token, created } = await create(form)
    expect(created).toBe(true)
    expect(alert).toMatchObject({
      state: 'ACTIVE',
      name: 'Asha',
      phone: `+91 ••••• ••${phone.slice(-3)}`,
      email: 'g•••@example.com',
      channels: ['call', 'sms', 'email'],
      quietHours: { from: '22:00', to: '08:00', wakeMe: false },
      watches: [{ sourceId: 'marquee', how: 'told' }],
      onSaleAt: [],
    })
    expect(alert.promise).toContain(movie.title)
    const asker = { actor: ANYBODY, token: token ?? '' }
    expect((await listAlerts(ctx, { asker, query: { limit: 10, offset: 0 } })).items).toEqual([alert])
    const rows = JSON.stringify([
      await ctx.db.alertSubscription.findMany({ include: { phoneContact: true, emailContact: true, consents: true } }),
      await ctx.db.outboxEvent.findMany({ select: { key: true, payload: true } }),
    ])
    for (const plain of [phone, phone.slice(3), email]) expect(rows).not.toContain(plain)
  })

  test('has each consent written down, word for word', async () => {
    const { alert } = await guest()
    const rows = await ctx.db.consent.findMany({ where: { subscriptionId: alert.id }, orderBy: { channel: 'asc' } })
    expect(rows).toMatchObject(
      (['call', 'sms'] as const).map((channel) => ({
        channel,
        text: CONSENT_TEXTS[channel],
        version: CONSENT_VERSION,
        at: clock.now(),
        withdrawnAt: null,
      })),
    )
    expect(rows[0]?.network).toMatch(/^[\w-]{22}$/)
    expect(rows[0]?.contactId).not.toBeNull()
  })

  test('may ask for another film with the link instead of another code', async () => {
    const { token } = await guest()
    movie = await makeMovie(ctx)
    expect((await create(await alertForm(ctx, film()), ANYBODY, token ?? '')).created).toBe(true)
    movie = await makeMovie(ctx)
    expect(await fieldOf(create(await alertForm(ctx, film()), ANYBODY, 'x'.repeat(55)))).toBe('phone')
  })
})

describe('the same person, film and city', () => {
  test('is one subscription with the new settings', async () => {
    const phone = number()
    const first = await create(await alertForm(ctx, { ...film(), phone }))
    clock.advance(1_000)
    const email = address()
    const again = await create(
      await alertForm(ctx, { ...film(), phone, email, channels: ['sms', 'email'], partySize: 4, name: 'Asha R' }),
    )
    expect(again).toMatchObject({ created: false, alert: { id: first.alert.id, partySize: 4, name: 'Asha R' } })
    expect(again.alert.consents.map(({ channel }) => channel)).toEqual(['email', 'sms'])
    expect(await ctx.db.consent.count({ where: { subscriptionId: first.alert.id, withdrawnAt: { not: null } } })).toBe(
      1,
    )
    // The address alone says the same person.
    clock.advance(1_000)
    const mail = await create(await alertForm(ctx, { ...film(), email, channels: ['email'] }))
    expect(mail.alert.id).toBe(first.alert.id)
    // Another number with the same address is somebody else.
    const other = await create(await alertForm(ctx, { ...film(), phone: number(), email, channels: ['sms', 'email'] }))
    expect(other.created).toBe(true)
  })

  test('twenty clicks at once are one subscription, one watch, one subscriber', async () => {
    const form = await alertForm(ctx, { ...film(), phone: number() })
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(form)))
    expect(new Set(answers.map(({ alert }) => alert.id)).size).toBe(1)
    expect(answers.filter(({ created }) => created)).toHaveLength(1)
    const [watch, ...more] = await ctx.db.watch.findMany({ where: { cityId: city.id } })
    expect([watch?.subscribers, more]).toEqual([1, []])
    expect(await ctx.db.consent.count({ where: { subscriptionId: answers[0]?.alert.id ?? '' } })).toBe(2)
    expect(await ctx.db.outboxEvent.count({ where: { key: { contains: answers[0]?.alert.id ?? '' } } })).toBe(1)
  })

  test('a code that was spent is good for nothing else', async () => {
    const form = await alertForm(ctx, { ...film(), phone: number() })
    await create(form)
    movie = await makeMovie(ctx)
    await expect(create({ ...form, film: `movie:${movie.id}` })).rejects.toMatchObject({ code: 'OTP_ENDED' })
    clock.advance(16 * 60_000)
    await expect(create(form)).rejects.toMatchObject({ code: 'OTP_ENDED' })
  })

  test('two people share one watch', async () => {
    await guest()
    await guest()
    expect(await ctx.db.watch.findMany({ where: { cityId: city.id } })).toMatchObject([{ subscribers: 2 }])
  })
})

describe('somebody signed in', () => {
  test('uses what the account proved, and a new number needs its code', async () => {
    const user = await makeUser(ctx, { email: address() })
    const phone = number()
    await ctx.db.user.update({
      where: { id: user.id },
      data: { phone, phoneVerifiedAt: clock.now(), emailVerifiedAt: clock.now() },
    })
    const form = await alertForm(ctx, { ...film(), channels: ['in_app', 'call', 'email'] })
    const { alert, token } = await create(form, signedIn(user))
    expect(alert).toMatchObject({ phone: `+91 ••••• ••${phone.slice(-3)}`, email: 'g•••@example.com' })
    expect(token).toBeNull()
    expect(await fieldOf(create({ ...form, phone: number() }, signedIn(user)))).toBe('phoneProof')
  })

  test('cannot use a number that the account only typed', async () => {
    const user = await makeUser(ctx)
    await ctx.db.user.update({ where: { id: user.id }, data: { phone: number() } })
    expect(await fieldOf(create(await alertForm(ctx, film()), signedIn(user)))).toBe('phone')
  })

  test('links that went to a number end when it is proved anew long after: it may be somebody else’s by now', async () => {
    const today = clock.now()
    const phone = number()
    const first = await create(await alertForm(ctx, { ...film(), phone }))
    const asker = { actor: ANYBODY, token: first.token ?? '' }
    const again = async () => create(await alertForm(ctx, { ...film(), phone }))
    clock.advance(29 * 86_400_000)
    await again()
    expect((await getAlert(ctx, { asker, alertId: first.alert.id })).id).toBe(first.alert.id)
    clock.advance(31 * 86_400_000)
    const { token } = await again()
    await expect(getAlert(ctx, { asker, alertId: first.alert.id })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const fresh = { actor: ANYBODY, token: token ?? '' }
    expect((await getAlert(ctx, { asker: fresh, alertId: first.alert.id })).id).toBe(first.alert.id)
    clock.set(today)
  })

  test('a number that another account proves brings along what waits on it, and no address of the one before', async () => {
    const [before, after] = [await makeUser(ctx), await makeUser(ctx)]
    const phone = number()
    const email = address()
    const first = await create(
      await alertForm(ctx, { ...film(), phone, email, channels: ['call', 'email'] }),
      signedIn(before),
    )
    clock.advance(60_000)
    const { alert } = await create(await alertForm(ctx, { ...film(), phone, channels: ['call'] }), signedIn(after))
    expect(alert).toMatchObject({ id: first.alert.id, email: null, channels: ['call'] })
  })

  test('finds what they asked for as a guest, once the account has proved the same number', async () => {
    const phone = number()
    const asGuest = await create(await alertForm(ctx, { ...film(), phone }))
    const user = await makeUser(ctx)
    const page = { limit: 10, offset: 0 }
    const mine = () => listAlerts(ctx, { asker: { actor: signedIn(user) }, query: page })
    const inApp = await create(await alertForm(ctx, { ...film(), channels: ['in_app'] }), signedIn(user))
    await ctx.db.user.update({ where: { id: user.id }, data: { phone } })
    expect((await mine()).items.map(({ id }) => id)).toEqual([inApp.alert.id])
    await ctx.db.user.update({ where: { id: user.id }, data: { phoneVerifiedAt: clock.now() } })
    // One film, one subscription: told in the app as well as by telephone.
    expect((await mine()).items).toMatchObject([{ id: asGuest.alert.id, channels: ['call', 'sms', 'in_app'] }])
    expect(await ctx.db.watch.findMany({ where: { cityId: city.id } })).toMatchObject([{ subscribers: 1 }])
  })
})

describe('what is on sale already', () => {
  test('is said to be so, and nobody waits to be called about it', async () => {
    await showing()
    const { alert } = await guest()
    expect(alert).toMatchObject({ state: 'ALREADY_OPEN', onSaleAt: [{ name: 'Marquee' }] })
    expect(alert.promise).toMatch(/on sale already at Marquee/)
    const [link] = await ctx.db.subscriptionWatch.findMany({ where: { subscriptionId: alert.id } })
    expect(link).toMatchObject({ armedAt: null, alreadyOpenAt: clock.now() })
    expect(await ctx.db.watch.findMany({ where: { cityId: city.id } })).toMatchObject([{ subscribers: 0 }])
  })

  test('waits for other days, theatres and parties than those on sale', async () => {
    await showing()
    const far = await makeTheatre(ctx, { cityId: city.id })
    const { filters } = await alertForm(ctx, film())
    for (const given of [
      { filters: { ...filters, dateFrom: '2026-12-18' } },
      { filters: { ...filters, theatreIds: [far.id] } },
    ]) {
      const { alert } = await guest(given)
      expect(alert).toMatchObject({ state: 'ACTIVE', onSaleAt: [{ name: 'Marquee' }] })
      expect(await ctx.db.subscriptionWatch.findMany({ where: { subscriptionId: alert.id } })).toMatchObject([
        { armedAt: clock.now(), alreadyOpenAt: null },
      ])
    }
  })

  test('not by a showing that is sold out, or of another city', async () => {
    await showing({ seats: 'none' })
    await showing({ cityId: (await makeCity(ctx)).id })
    expect((await guest()).alert).toMatchObject({ state: 'ACTIVE', onSaleAt: [] })
  })
})
