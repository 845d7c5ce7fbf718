import { randomBytes, randomInt } from 'node:crypto'
import type { AlertChannel, AlertFilters, QuietHours } from '@marquee/contracts/alerts'
import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { findOrCreateContact } from '../alerts/contacts/contact-points.ts'
import type { Ctx } from '../context.ts'
import type { OpeningKind, OpeningState } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { makeCity } from './factories.ts'

// People who wait for a film, and the moment for which they wait.

type WaitingCtx = Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>
const DAY_MS = 24 * 3_600_000
const tag = () => randomBytes(4).toString('hex')

/** A session that can be booked, in four days at half past seven in the evening of Hyderabad unless said otherwise. */
export function makeSession(now: Date, given: Partial<ListedSession> = {}): ListedSession {
  const zone = given.zone ?? 'Asia/Kolkata'
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime() + 4 * DAY_MS)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  const startsAt = day.toZonedDateTime({ timeZone: zone, plainTime: '19:30' })
  return {
    siteId: tag(),
    cinema: { siteId: `cinema-${tag()}`, name: 'Sangam 70mm' },
    startsAt: new Date(startsAt.epochMilliseconds).toISOString(),
    zone,
    localDate: day.toString(),
    format: '2D',
    language: 'Telugu',
    bookable: true,
    seatsLeft: null,
    url: 'https://cinema.example/book/1',
    ...given,
  }
}

type WatchGiven = {
  cityId?: string
  title?: string
  sourceName?: string
  sessions?: ListedSession[]
  kind?: OpeningKind
  state?: OpeningState
}

/** A watch on a site of its own that has just seen a film open. */
export async function makeOpening(ctx: WaitingCtx, given: WatchGiven = {}) {
  const now = ctx.clock.now()
  const sourceId = `site-${tag()}`
  const title = given.title ?? `Film ${tag()}`
  const cityId = given.cityId ?? (await makeCity(ctx, { name: 'Hyderabad' })).id
  await ctx.db.listingSource.create({
    data: {
      id: sourceId,
      name: given.sourceName ?? 'Example Cinemas',
      kind: 'jsonld',
      baseUrl: 'https://cinema.example',
      hosts: ['cinema.example'],
      enabled: true,
      permission: 'the tests are its owner',
    },
  })
  const sessions = given.sessions ?? [makeSession(now)]
  const watch = await ctx.db.watch.create({
    data: { id: newId(), sourceId, cityId, siteMovieId: tag(), title, verdict: 'OPEN', sessions, lastOkAt: now },
  })
  const opening = await ctx.db.opening.create({
    data: {
      id: newId(),
      watchId: watch.id,
      kind: given.kind ?? 'OPENING',
      state: given.state ?? 'LIVE',
      detectedAt: new Date(now.getTime() - 20_000),
      confirmedAt: now,
      evidence: [
        {
          rule: 'session.bookable',
          strength: 'strong',
          where: '$.sessions[0]',
          excerpt: '"avail": 120',
          hash: '0'.repeat(64),
        },
      ],
    },
  })
  return { sourceId, watchId: watch.id, openingId: opening.id, cityId, title, sessions }
}

export type MadeOpening = Awaited<ReturnType<typeof makeOpening>>

type SubscriberGiven = {
  channels?: AlertChannel[]
  phone?: string
  email?: string
  userId?: string
  name?: string
  filters?: Partial<AlertFilters>
  quietHours?: QuietHours
  timeZone?: string
  seatsBack?: boolean
  /** Nothing was on sale when they asked; false: nobody knows yet. */
  armed?: boolean
  state?: 'ACTIVE' | 'PAUSED' | 'NOTIFIED'
  createdAt?: Date
}

/** Numbers whose ending says what their owner does: see the personas of the development carrier. */
export const phoneEnding = (ending: string) => `+919${randomInt(1e6, 1e7)}${ending}`

/** Somebody who waits for what `opening` is about, with proved contacts and recorded consents. */
export async function makeSubscriber(ctx: WaitingCtx, opening: MadeOpening, given: SubscriberGiven = {}) {
  const now = ctx.clock.now()
  const channels = given.channels ?? ['sms', 'email', 'call']
  const phone = given.phone ?? phoneEnding('01')
  const email = given.email ?? `asha-${tag()}@example.com`
  const id = newId()
  await ctx.db.$transaction(async (tx) => {
    const contact = (kind: 'phone' | 'email', value: string) =>
      findOrCreateContact(tx, ctx, { kind, value, verifiedAt: new Date(now.getTime() - DAY_MS) })
    const wantsPhone = channels.includes('sms') || channels.includes('call')
    const phoneContact = wantsPhone ? await contact('phone', phone) : null
    const emailContact = channels.includes('email') ? await contact('email', email) : null
    await tx.alertSubscription.create({
      data: {
        id,
        name: given.name ?? 'Asha',
        userId: given.userId ?? null,
        phoneContactId: phoneContact?.id ?? null,
        emailContactId: emailContact?.id ?? null,
        cityId: opening.cityId,
        filmKey: `title:${opening.title.toLowerCase()}|telugu`,
        title: opening.title,
        filters: given.filters ?? {},
        channels,
        quietHours: given.quietHours ?? { from: '22:00', to: '08:00', wakeMe: false },
        timeZone: given.timeZone ?? 'Asia/Kolkata',
        seatsBack: given.seatsBack ?? false,
        state: given.state ?? 'ACTIVE',
        createdAt: given.createdAt ?? now,
        watches: { create: { watchId: opening.watchId, armedAt: (given.armed ?? true) ? now : null } },
        consents: {
          create: channels.map((channel) => ({
            id: newId(),
            channel,
            contactId: (channel === 'email' ? emailContact : phoneContact)?.id ?? null,
            text: `Tell me by ${channel}`,
            version: '1',
            at: now,
          })),
        },
      },
    })
    const waits =
      given.state === undefined || given.state === 'ACTIVE' || (given.state === 'NOTIFIED' && given.seatsBack)
    if (waits) await tx.watch.update({ where: { id: opening.watchId }, data: { subscribers: { increment: 1 } } })
  })
  return { id, phone, email }
}
