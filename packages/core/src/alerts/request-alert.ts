import { QuietHours } from '@marquee/contracts/alerts'
import { admitSending, networkKey } from '../auth/otp/admit-sending.ts'
import { unmatchable } from '../auth/otp/codes.ts'
import { countryOf, type Destination } from '../auth/otp/destinations.ts'
import type { CacheCtx } from '../cache/cache.ts'
import { findCity } from '../catalog/find-city.ts'
import type { Ctx } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import type { AlertSubscription, ContactPoint, Prisma } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { admitAlert, hasRoom } from './admit-alert.ts'
import { findOrCreateContact } from './contacts/contact-points.ts'
import { findOptOuts } from './opt-outs/find-opt-outs.ts'
import { findFilmByTitle, resolveFilm } from './resolve-film.ts'
import { findSame } from './same-subscription.ts'

type RequestCtx = CacheCtx & Pick<Ctx, 'db' | 'pool' | 'jwtKey'>
type Tx = Prisma.TransactionClient
type Request = { name: string; phoneNumber: string; movie: string; city: string }

/**
 * Somebody names a number that is to be called, without showing that it is theirs. Nothing is watched and nobody called:
 * the number gets a text with a link, and who opens that and agrees has proved it. The answer does not tell whether the
 * number is known, waits already or wants no texts. @returns what happens now, in a sentence
 * @throws AppError VALIDATION naming the field, NOT_FOUND (city, film), RATE_LIMITED
 */
export async function requestAlert(
  ctx: RequestCtx,
  { request, network }: { request: Request; network: string },
): Promise<{ message: string }> {
  const to = destinationOf(ctx, request.phoneNumber)
  await admitAlert(ctx, { userId: null, network })
  const city = await findCity(ctx, request.city)
  const key = await findFilmByTitle(ctx, { city, title: request.movie })
  if (!key) throw notFound(`Film in ${city.name}`)
  const film = await resolveFilm(ctx, { city, film: key })
  const now = ctx.clock.now()
  const contact = await ctx.db.$transaction(async (tx) => {
    await countText(ctx, tx, { to, network: networkKey(ctx, network), now })
    const known = await findOrCreateContact(tx, ctx, { kind: 'phone', value: to.destination, verifiedAt: null })
    const same = await findSame(tx, {
      userId: null,
      phoneId: known.id,
      emailId: null,
      cityId: city.id,
      filmKey: film.key,
    })
    const subscription =
      same[0] ?? (await create(tx, known, { name: request.name, cityId: city.id, film, timeZone: city.timeZone, now }))
    if (subscription && (await mayAsk(tx, known, subscription))) await ask(tx, subscription, now)
    return known
  })
  return {
    message: `${contact.masked} gets a text with a link now, unless it waits for this film already or wants no texts from us. Monitoring of ${film.title} in ${city.name} starts when that link is opened and confirmed: nobody is called before.`,
  }
}

/** "+91 98765 43210" as it is; ten digits alone are Indian, where this form came from. @throws AppError VALIDATION */
function destinationOf(ctx: RequestCtx, phoneNumber: string): Destination {
  const digits = phoneNumber.replaceAll(/[\s().-]/g, '')
  const destination = /^[6-9]\d{9}$/.test(digits) ? `+91${digits}` : digits
  if (!/^\+[1-9]\d{7,14}$/.test(destination))
    throw invalid('phoneNumber', 'enter the number with its country, for example +91 98765 43210')
  const country = countryOf(ctx.config, destination)
  if (!country) throw invalid('phoneNumber', 'we do not call or text numbers of this country yet')
  return { channel: 'sms', destination, country }
}

/** Counted with the codes: this too is a text that a stranger has sent to somebody. */
async function countText(ctx: RequestCtx, tx: Tx, given: { to: Destination; network: string; now: Date }) {
  const { to, network, now } = given
  await admitSending(ctx, tx, given)
  await tx.otpChallenge.create({
    data: {
      id: newId(),
      purpose: 'ALERT',
      channel: 'sms',
      destination: to.destination,
      codeHash: unmatchable(),
      network,
      createdAt: now,
      lastSentAt: now,
      expiresAt: now,
    },
  })
}

type New = { name: string; cityId: string; film: Awaited<ReturnType<typeof resolveFilm>>; timeZone: string; now: Date }

/** Without a consent it does nothing: that is written down when its number says yes. Null: it waits for enough films. */
async function create(tx: Tx, contact: ContactPoint, { name, cityId, film, timeZone, now }: New) {
  if (!(await hasRoom(tx, { userId: null, phoneId: contact.id, emailId: null }))) return null
  return tx.alertSubscription.create({
    data: {
      id: newId(),
      name,
      cityId,
      filmKey: film.key,
      movieId: film.movie?.id ?? null,
      title: film.title,
      phoneContactId: contact.id,
      channels: ['call', 'sms'],
      quietHours: QuietHours.parse({}),
      timeZone,
      state: 'PAUSED',
      createdAt: now,
    },
  })
}

/** Not who has agreed already, and not who said never again. */
async function mayAsk(tx: Tx, contact: ContactPoint, { id }: AlertSubscription): Promise<boolean> {
  if ((await tx.consent.count({ where: { subscriptionId: id } })) > 0) return false
  return !(await findOptOuts(tx, [contact.hash])).get(contact.hash)?.has('sms')
}

const ask = (tx: Tx, { id }: AlertSubscription, now: Date) =>
  tx.outboxEvent.create({
    data: {
      key: `alert.created:${id}:${now.getTime()}`,
      topic: 'alert.created',
      payload: { subscriptionId: id, about: 'confirm' },
    },
  })
