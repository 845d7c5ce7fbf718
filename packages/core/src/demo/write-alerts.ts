import { createHash } from 'node:crypto'
import { QuietHours } from '@marquee/contracts/alerts'
import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { CONSENT_TEXTS, CONSENT_VERSION } from '../alerts/consent-texts.ts'
import { findOrCreateContact } from '../alerts/contacts/contact-points.ts'
import type { CacheCtx } from '../cache/cache.ts'
import { cityProgramme } from '../catalog/city-programme.ts'
import type { Ctx } from '../context.ts'
import type { AlertSubscription, Movie, Prisma } from '../generated/prisma/client.ts'
import { ensureWatches, type WatchWithSource } from '../listings/ensure-watches.ts'
import { movieFilmKey } from '../listings/film-keys.ts'
import { readCatalogueSessions } from '../listings/read-catalogue-sessions.ts'
import { DEMO_ACCOUNTS, DEMO_GUESTS } from './accounts.ts'
import { DEMO_CITIES } from './cities.ts'
import { stableId } from './stable.ts'

type Tx = Prisma.TransactionClient
type AlertsCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>
type Film = Pick<Movie, 'id' | 'title'>
type City = { id: string; timeZone: string }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Of nobody: in development its ending says that it answers and presses 1. */
const DEMO_NUMBER = '+919000000001'
/** Others who wait for the film that comes next, in the app. */
const OTHERS = 7

/**
 * What the documented customer waits for: a film to come, watched just now, and one whose booking opened some days ago,
 * with its proof and every step by which she was told. Some guests wait with her. Written once: what was changed or
 * deleted since stays so. Sources and catalogue must be there. @returns how many subscriptions were added
 */
export async function writeAlerts(ctx: AlertsCtx): Promise<number> {
  const now = ctx.clock.now()
  const emails = [DEMO_ACCOUNTS[0].email, ...DEMO_GUESTS.slice(0, OTHERS).map(({ email }) => email)]
  const [city, users, known] = await Promise.all([
    ctx.db.city.findUnique({ where: { slug: DEMO_CITIES[0]?.slug ?? '' }, select: { id: true, timeZone: true } }),
    ctx.db.user.findMany({ where: { email: { in: emails }, deletedAt: null }, orderBy: { email: 'asc' } }),
    ctx.db.alertSubscription.count({ where: { id: stableId('alert', 'watching') } }),
  ])
  const asha = users.find(({ email }) => email === emails[0])
  if (!city || !asha || known > 0) return 0
  const { running, upcoming } = await cityProgramme(ctx, city.id)
  const [coming, open] = [upcoming.find((film) => film.priceFromMinor === null), running[0]]
  if (!coming || !open) return 0
  return ctx.db.$transaction(async (tx) => {
    const phone = await findOrCreateContact(tx, ctx, {
      kind: 'phone',
      value: DEMO_NUMBER,
      verifiedAt: new Date(now.getTime() - 20 * DAY_MS),
    })
    const subscribe = writerOf(tx, { city, now })
    const hers = { userId: asha.id, name: 'Asha', phoneContactId: phone.id, channels: ['in_app', 'sms', 'call'] }
    const watching = await subscribe('watching', coming, { ...hers, at: new Date(now.getTime() - 3 * DAY_MS) })
    await tx.subscriptionWatch.updateMany({ where: { subscriptionId: watching.id }, data: { armedAt: now } })
    const others = users.filter(({ id }) => id !== asha.id)
    for (const [i, { id, name }] of others.entries()) {
      const at = new Date(now.getTime() - (i + 1) * 11 * HOUR_MS)
      const one = await subscribe(`with-her/${i}`, coming, { userId: id, name, channels: ['in_app'], at })
      await tx.subscriptionWatch.updateMany({ where: { subscriptionId: one.id }, data: { armedAt: now } })
    }
    const told = await subscribe('told', open, {
      ...hers,
      at: new Date(now.getTime() - 12 * DAY_MS),
      state: 'NOTIFIED',
    })
    await recordOpenings(tx, city)
    await tell(tx, ctx, { subscription: told, contactId: phone.id, film: open, city, now })
    return others.length + 2
  })
}

type Given = Pick<AlertSubscription, 'name' | 'userId' | 'channels'> & {
  phoneContactId?: string
  at: Date
  state?: 'ACTIVE' | 'NOTIFIED'
}

const writerOf =
  (tx: Tx, { city, now }: { city: City; now: Date }) =>
  async (key: string, film: Film, { at, state = 'ACTIVE', ...given }: Given) => {
    const id = stableId('alert', key)
    const subscription = await tx.alertSubscription.create({
      data: {
        ...given,
        id,
        state,
        cityId: city.id,
        filmKey: movieFilmKey(film.id),
        movieId: film.id,
        title: film.title,
        quietHours: QuietHours.parse({}),
        timeZone: city.timeZone,
        createdAt: at,
      },
    })
    await tx.consent.createMany({
      data: given.channels.map((channel) => ({
        id: stableId('consent', key, channel),
        subscriptionId: id,
        channel,
        contactId: channel === 'in_app' ? null : (given.phoneContactId ?? null),
        text: CONSENT_TEXTS[channel as keyof typeof CONSENT_TEXTS],
        version: CONSENT_VERSION,
        at,
      })),
    })
    await ensureWatches(tx, { ...subscription, subscriptionId: id, now })
    return subscription
  }

/** Booking opened nine days ago at noon: seen, told in the app and by text, called, answered. */
async function tell(
  tx: Tx,
  ctx: Pick<Ctx, 'config'>,
  given: { subscription: AlertSubscription; contactId: string; film: Film; city: City; now: Date },
): Promise<void> {
  const { subscription, contactId, film, city, now } = given
  const sessions = await readCatalogueSessions(
    { config: ctx.config, db: tx },
    { movieId: film.id, cityId: city.id, now },
  )
  const watches = await ensureWatches(tx, { ...subscription, subscriptionId: subscription.id, now })
  const watch = watches.find(({ siteMovieId }) => siteMovieId === film.id)
  const session = sessions.find(({ bookable }) => bookable)
  if (!watch || !session) return
  const noon = Temporal.Instant.fromEpochMilliseconds(now.getTime() - 9 * DAY_MS)
    .toZonedDateTimeISO(city.timeZone)
    .withPlainTime('12:00:07')
  const openedAt = new Date(noon.epochMilliseconds)
  await writeOpening(tx, { watch, session, sessions, openedAt, now })
  const alertId = stableId('alert', 'told', 'alert')
  const after = (seconds: number) => new Date(openedAt.getTime() + seconds * 1_000)
  await tx.alert.create({
    data: {
      id: alertId,
      openingId: stableId('opening', 'told'),
      subscriptionId: subscription.id,
      round: 1,
      kind: 'OPENING',
      state: 'ACKNOWLEDGED',
      position: 1,
      session,
      acknowledgedBy: 'call',
      acknowledgedAt: after(38),
      createdAt: after(1),
    },
  })
  const step = (
    channel: string,
    template: string,
    due: number,
    times: Partial<Prisma.AlertAttemptCreateManyInput>,
  ) => ({
    id: stableId('attempt', 'told', channel),
    alertId,
    channel,
    template,
    position: 1,
    dueAt: after(due),
    contactId: channel === 'in_app' ? null : contactId,
    provider: channel === 'in_app' ? null : 'demo',
    tries: 1,
    ...times,
  })
  await tx.alertAttempt.createMany({
    data: [
      step('in_app', 'alert.in_app', 1, { state: 'DELIVERED', sentAt: after(1), endedAt: after(1) }),
      step('sms', 'alert.sms', 2, { state: 'DELIVERED', sentAt: after(2), acceptedAt: after(2), endedAt: after(6) }),
      step('call', 'call.first', 3, {
        state: 'ANSWERED',
        sentAt: after(3),
        acceptedAt: after(3),
        answeredAt: after(19),
        endedAt: after(39),
        answeredBy: 'human',
        keys: '1',
      }),
    ],
  })
  await tx.notification.create({
    data: {
      id: stableId('notification', 'told'),
      userId: subscription.userId ?? '',
      alertId,
      kind: 'opening',
      title: `Booking is open: ${film.title}`,
      body: `First showing at ${session.cinema.name}.`,
      url: '/alerts',
      readAt: after(120),
      createdAt: after(1),
    },
  })
}

async function writeOpening(
  tx: Tx,
  given: { watch: WatchWithSource; session: ListedSession; sessions: ListedSession[]; openedAt: Date; now: Date },
): Promise<void> {
  const { watch, session, sessions, openedAt, now } = given
  const excerpt = `${session.cinema.name}, ${session.startsAt}, ${session.format ?? ''}, ${session.language ?? ''}`
  const evidence = [
    {
      rule: 'catalogue.showtime',
      strength: 'strong',
      where: `showtimes/${session.siteId}`,
      excerpt,
      hash: createHash('sha256').update(excerpt).digest('hex'),
    },
  ]
  const observationId = stableId('observation', 'told')
  await tx.observation.create({
    data: {
      id: observationId,
      watchId: watch.id,
      at: openedAt,
      verdict: 'OPEN',
      evidence,
      sessions: [session],
      openDates: [session.localDate],
      parserVersion: 1,
    },
  })
  await tx.opening.create({
    data: {
      id: stableId('opening', 'told'),
      watchId: watch.id,
      state: 'LIVE',
      detectedAt: openedAt,
      confirmedAt: openedAt,
      fannedOutAt: openedAt,
      evidence,
      observationId,
    },
  })
  await tx.watch.update({
    where: { id: watch.id },
    data: {
      verdict: 'OPEN',
      lastVerdict: 'OPEN',
      sessions,
      openDates: [...new Set(sessions.map(({ localDate }) => localDate))].sort(),
      lastLookAt: now,
      lastOkAt: now,
      verdictChangedAt: openedAt,
    },
  })
}

/**
 * How the theatres of the city opened booking for the films that run now: three to six days ahead, around noon. Forecasts
 * are drawn from it.
 */
const recordOpenings = (tx: Tx, { id, timeZone }: City) =>
  tx.$executeRaw`
    INSERT INTO opening_records (id, source_id, city_id, cinema_key, cinema_name, site_movie_id, title, release_date, first_show_at, opened_at)
    SELECT md5('opening ' || t.id || m.id)::uuid, 'marquee', t.city_id, t.id::text, t.name, m.id::text, m.title, m.release_date,
           m.release_date::timestamp AT TIME ZONE ${timeZone} + interval '10 hours',
           (m.release_date - (3 + abs(hashtext(t.name || m.slug)) % 4) + time '11:20' + make_interval(mins => abs(hashtext(m.slug || t.name)) % 100))
             AT TIME ZONE ${timeZone}
      FROM theatres t
      JOIN LATERAL (SELECT DISTINCT s.movie_id FROM showtimes s JOIN screens c ON c.id = s.screen_id WHERE c.theatre_id = t.id) shown ON true
      JOIN movies m ON m.id = shown.movie_id
     WHERE t.city_id = ${id}::uuid AND m.release_date < current_date
    ON CONFLICT DO NOTHING`
