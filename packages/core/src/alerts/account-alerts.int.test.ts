import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteAccount } from '../account/delete-account.ts'
import { exportAccount } from '../account/export-account.ts'
import { openRevocations } from '../auth/revocations.ts'
import { refreshPopularity } from '../catalog/refresh-popularity.ts'
import { manualClock } from '../clock.ts'
import type { Actor } from '../context.ts'
import { newId } from '../ids.ts'
import { purgeExpired } from '../jobs/purge-expired.ts'
import { notifyUser } from '../notifications/notify-user.ts'
import { alertForm } from '../testing/alert-form.ts'
import { makeCity, makeMovie, makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { attachAlerts } from './attach-alerts.ts'
import { findOrCreateContact } from './contacts/contact-points.ts'
import { createAlert } from './create-alert.ts'
import { getAlert } from './get-alert.ts'
import { requestAlert } from './request-alert.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
let revocations: Awaited<ReturnType<typeof openRevocations>>
beforeAll(async () => {
  ctx = await testContext({ clock })
  revocations = await openRevocations(ctx)
})
afterAll(async () => {
  revocations.close()
  await ctx.close()
})

const network = '198.18.0.1'
const ANYBODY: Actor = { kind: 'anonymous' }
let counter = 0
const number = () => `+9170${String(++counter).padStart(8, '0')}`
/** Waits for a film of its own. */
async function waits(actor: Actor, given: object = {}) {
  clock.advance(1_000)
  const [city, movie] = [await makeCity(ctx), await makeMovie(ctx, { releaseDate: new Date('2026-12-18') })]
  const body = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}`, ...given })
  const made = await createAlert(ctx, { asker: { actor }, body, network })
  return { ...made, movie, city }
}
async function person() {
  const phone = number()
  const { id } = await makeUser(ctx, { email: `leaver${counter}@example.com` })
  const user = await ctx.db.user.update({
    where: { id },
    data: { phone, phoneVerifiedAt: clock.now(), emailVerifiedAt: clock.now() },
  })
  return { user, phone, actor: { kind: 'user', userId: id, role: 'customer', jti: newId() } as const }
}

test('what is kept about alerts is in the file somebody can take along, guests’ of theirs included, and nobody else’s', async () => {
  const { phone, actor } = await person()
  const asGuest = await waits(ANYBODY, { phone, name: 'Guest Asha' })
  const mine = await waits(actor, { channels: ['in_app'] })
  await waits(ANYBODY, { phone: number(), name: 'Somebody Else' })
  await notifyUser(ctx, { userId: actor.userId, kind: 'test', title: 'A title', body: 'A body', url: '/alerts' })
  const file = await exportAccount(ctx, actor)
  expect(file.alerts).toMatchObject([
    { film: asGuest.movie.title, name: 'Guest Asha', phone, channels: ['call', 'sms'] },
    { film: mine.movie.title, phone: null, channels: ['in_app'], told: [] },
  ])
  expect(file.consents).toHaveLength(3)
  expect(file.consents[0]?.what).toMatch(/press 9 during a call/)
  expect(file.notifications).toMatchObject([{ title: 'A title', readAt: null }])
  expect(JSON.stringify(file)).not.toContain('Somebody Else')
})

test('whoever leaves is in none of it any more, and nobody is told', async () => {
  const { user, phone, actor } = await person()
  const asGuest = await waits(ANYBODY, { phone })
  const mine = await waits(actor, { channels: ['in_app', 'email'] })
  const stranger = await waits(ANYBODY, { phone: number() })
  await notifyUser(ctx, { userId: user.id, kind: 'test', title: 'A title', body: 'A body', url: '/alerts' })
  await ctx.db.pushEndpoint.create({
    data: { id: newId(), userId: user.id, endpoint: 'https://push.example/1', p256dh: 'x', auth: 'y' },
  })
  const proof = await makeProof(ctx, { email: user.email ?? '' }, { purpose: 'login', userId: user.id })
  await deleteAccount({ ...ctx, revocations }, actor, { proof, network })

  const rows = await ctx.db.alertSubscription.findMany({
    where: { id: { in: [asGuest.alert.id, mine.alert.id] } },
    include: { consents: true },
  })
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'ENDED', name: '', userId: null, phoneContactId: null, emailContactId: null })
    expect(row.consents.every(({ withdrawnAt }) => withdrawnAt)).toBe(true)
  }
  expect(await ctx.db.notification.count({ where: { userId: user.id } })).toBe(0)
  expect(await ctx.db.pushEndpoint.count({ where: { userId: user.id } })).toBe(0)
  const contacts = await ctx.db.contactPoint.findMany()
  expect(contacts.map(({ masked }) => masked)).not.toContain(`+91 ••••• ••${phone.slice(-3)}`)
  const watches = await ctx.db.watch.findMany({ where: { cityId: { in: [asGuest.city.id, mine.city.id] } } })
  expect(watches.map(({ subscribers }) => subscribers)).toEqual([0, 0])
  await expect(
    getAlert(ctx, { asker: { actor: ANYBODY, token: asGuest.token ?? '' }, alertId: asGuest.alert.id }),
  ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  // Another person's stay.
  const theirs = { asker: { actor: ANYBODY, token: stranger.token ?? '' }, alertId: stranger.alert.id }
  expect((await getAlert(ctx, theirs)).state).toBe('ACTIVE')
})

test('a film is as popular as people wait for it, not those who have stopped', async () => {
  const { alert, movie } = await waits(ANYBODY, { phone: number() })
  const popularity = async () => {
    await refreshPopularity(ctx)
    return (await ctx.db.movie.findUniqueOrThrow({ where: { id: movie.id } })).popularity
  }
  expect(await popularity()).toBeCloseTo(Math.log(1.5), 5)
  await ctx.db.alertSubscription.update({ where: { id: alert.id }, data: { state: 'PAUSED' } })
  expect(await popularity()).toBe(0)
})

test('what a stranger asked for in the name of a number that never said yes is forgotten, with the number', async () => {
  const [city, movie] = [await makeCity(ctx), await makeMovie(ctx, { releaseDate: new Date('2026-12-18') })]
  const phoneNumber = number()
  await requestAlert(ctx, { request: { name: 'X', phoneNumber, movie: movie.title, city: city.slug }, network })
  const kept = () => ctx.db.alertSubscription.count({ where: { cityId: city.id } })
  await purgeExpired(ctx)
  expect(await kept()).toBe(1)
  const confirmed = await waits(ANYBODY, { phone: number() })
  const before = await ctx.db.contactPoint.count()
  await ctx.db.$executeRaw`update alert_subscriptions set created_at = now() - interval '8 days', state = 'PAUSED'`
  await ctx.db.$executeRaw`update contact_points set created_at = now() - interval '8 days'`
  await purgeExpired(ctx)
  expect(await kept()).toBe(0)
  expect(await ctx.db.contactPoint.count()).toBe(before - 1)
  expect(await ctx.db.alertSubscription.count({ where: { id: confirmed.alert.id } })).toBe(1)
})

test('what a guest waited for is not joined to what is being deleted at this very moment', async () => {
  const { user, phone, actor } = await person()
  const { movie, city, alert } = await waits(actor, { phone, channels: ['sms'] })
  const guest = await ctx.db.$transaction(async (tx) => {
    const contact = await findOrCreateContact(tx, ctx, {
      kind: 'email',
      value: user.email ?? '',
      verifiedAt: clock.now(),
    })
    const {
      id: _id,
      phoneContactId: _phone,
      userId: _user,
      ...like
    } = await tx.alertSubscription.findUniqueOrThrow({
      where: { id: alert.id },
      omit: { updatedAt: true },
    })
    const data = { ...like, filters: {}, quietHours: {}, id: newId(), channels: ['email'], emailContactId: contact.id }
    return tx.alertSubscription.create({ data })
  })
  expect(guest).toMatchObject({ cityId: city.id, movieId: movie.id })
  const client = await ctx.pool.connect()
  await client.query('BEGIN')
  const gone = `UPDATE alert_subscriptions SET state = 'ENDED', name = '', user_id = NULL, phone_contact_id = NULL WHERE id = $1`
  await client.query(gone, [alert.id])
  const attached = attachAlerts(ctx, user.id)
  await expect.poll(waitsForLock).toBe(1)
  await client.query('COMMIT')
  client.release()
  await attached
  const [deleted, kept] = await Promise.all(
    [alert.id, guest.id].map((id) => ctx.db.alertSubscription.findUniqueOrThrow({ where: { id } })),
  )
  expect(deleted).toMatchObject({ state: 'ENDED', emailContactId: null })
  expect(kept).toMatchObject({ state: 'ACTIVE', userId: user.id, channels: ['email'] })
})

async function waitsForLock() {
  const { rows } = await ctx.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rows[0]?.n
}
