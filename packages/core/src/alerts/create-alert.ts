import type { AlertCreated, CreateAlertBody } from '@marquee/contracts/alerts'
import { networkKey } from '../auth/otp/admit-sending.ts'
import type { CacheCtx } from '../cache/cache.ts'
import { findCity } from '../catalog/find-city.ts'
import type { Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import type { AlertSubscription, Prisma, User } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { ensureWatches } from '../listings/ensure-watches.ts'
import { admitAlert, requireRoom } from './admit-alert.ts'
import { type AlertAsker, type AlertOwner, requireAlertOwner } from './alert-owner.ts'
import { loadAlertViews } from './alert-view.ts'
import { armSubscription, noteOnSale } from './arm-subscription.ts'
import { checkFilters } from './check-filters.ts'
import { stopLadders } from './delivery/stop-ladders.ts'
import { endSubscription } from './end-subscription.ts'
import { manageToken } from './links/manage-token.ts'
import { checkConsent, noteConsents } from './note-consents.ts'
import { type ProvedContacts, proveContacts } from './prove-contacts.ts'
import { resolveFilm } from './resolve-film.ts'
import { findSame, type Identity } from './same-subscription.ts'

type CreateCtx = CacheCtx & Pick<Ctx, 'db' | 'pool' | 'jwtKey'>
/** Twenty clicks of one person take turns; none of them may give up before its turn. */
const PATIENCE = { maxWait: 10_000, timeout: 10_000 }

/**
 * Somebody waits for a film in a city. The same person, film and city again: the one that is there gets the new settings
 * (`created` false). What is on sale already is said to be so, and nobody is called about it.
 * @throws AppError VALIDATION naming the field, OTP_ENDED, CONFLICT (too many alerts), RATE_LIMITED
 */
export async function createAlert(
  ctx: CreateCtx,
  input: { asker: AlertAsker; body: CreateAlertBody; network: string },
): Promise<AlertCreated & { created: boolean }> {
  const { body } = input
  const owner = await knownOwner(ctx, input.asker)
  await admitAlert(ctx, { userId: owner.userId, network: input.network })
  const user = owner.userId ? await ctx.db.user.findFirst({ where: { id: owner.userId, deletedAt: null } }) : null
  checkChannels(body, user)
  checkConsent(body.channels, body.consent)
  const city = await findCity(ctx, body.city).catch(() => {
    throw invalid('city', 'we do not know this city: choose one from the list')
  })
  const film = await resolveFilm(ctx, { city, film: body.film })
  const filters = await checkFilters(ctx, { filters: body.filters, city })
  const now = ctx.clock.now()
  const network = networkKey(ctx, input.network)

  const done = await ctx.db.$transaction(async (tx) => {
    if (user) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alert ${user.id}`}, 0))`
    const contacts = await proveContacts(tx, ctx, { body, user, linked: owner.contact, now })
    const identity = identityOf(user, contacts)
    const [same, ...others] = await findSame(tx, { ...identity, cityId: city.id, filmKey: film.key })
    // A code that was spent is good for what it was spent on.
    if (contacts.again && !same) throw new AppError('OTP_ENDED', 'This code was used already. Ask for a new one.')
    for (const other of others) await endSubscription(tx, other, { why: 'joined', now, keepContacts: true })
    if (!same) await requireRoom(tx, identity)
    // The answer says what is on sale: nobody is called about that afterwards.
    else await stopLadders(tx, { subscriptionId: same.id, why: 'asked for anew', now })
    const settings = {
      ...settingsOf(body, filters),
      title: film.title,
      timeZone: city.timeZone,
      movieId: film.movie?.id ?? null,
      state: 'ACTIVE' as const,
    }
    const subscription = same
      ? await updateSame(tx, same, { settings, identity })
      : await tx.alertSubscription.create({
          data: {
            id: newId(),
            cityId: city.id,
            filmKey: film.key,
            userId: identity.userId,
            phoneContactId: identity.phoneId,
            emailContactId: identity.emailId,
            createdAt: now,
            ...settings,
          },
        })
    await noteConsents(tx, { subscription, channels: body.channels, network, now })
    const watches = await ensureWatches(tx, { ...subscription, subscriptionId: subscription.id, now })
    // Whoever was told or paused before waits for something new: only a look says from when on.
    const keep = same?.state === 'ACTIVE' && JSON.stringify(same.filters) === JSON.stringify(subscription.filters)
    if (await armSubscription(tx, ctx, { subscription, watches, now, keep })) await noteOnSale(tx, subscription.id, now)
    if (!same) await announce(tx, subscription)
    return { subscription, contacts, created: !same }
  }, PATIENCE)

  const [alert] = await loadAlertViews(ctx, [done.subscription.id])
  if (!alert) throw new Error('an alert that was just made is gone')
  const contact = done.contacts.phone ?? done.contacts.email
  return { alert, token: user || !contact ? null : manageToken(ctx, contact, now), created: done.created }
}

/** A stranger is nobody's owner yet, and a link that is over is no reason to refuse one who proves the number anew. */
const knownOwner = (ctx: CreateCtx, asker: AlertAsker): Promise<AlertOwner> =>
  requireAlertOwner(ctx, asker).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return { userId: null, contact: null }
    throw error
  })

/** @throws AppError VALIDATION */
export function checkChannels({ channels }: Pick<CreateAlertBody, 'channels'>, user: User | null): void {
  if (!user && channels.some((channel) => channel === 'in_app' || channel === 'push'))
    throw invalid('channels', 'the app and the browser can tell you only when you are signed in')
}

const identityOf = (user: User | null, { phone, email }: ProvedContacts): Identity => ({
  userId: user?.id ?? null,
  phoneId: phone?.id ?? null,
  emailId: email?.id ?? null,
})

export const settingsOf = (body: CreateAlertBody, filters: Prisma.InputJsonObject) => ({
  name: body.name,
  filters,
  partySize: body.partySize,
  channels: [...new Set(body.channels)],
  quietHours: body.quietHours,
  urgency: body.urgency,
  seatsBack: body.seatsBack,
})

type Settings = ReturnType<typeof settingsOf> & {
  title: string
  timeZone: string
  movieId: string | null
  state: 'ACTIVE'
}

/** Whoever was told already, perhaps before a pause, and asks again waits for the next opening. */
const updateSame = (
  tx: Prisma.TransactionClient,
  same: AlertSubscription,
  { settings, identity }: { settings: Settings; identity: Identity },
) => {
  // Whoever has proved a number that another account had gets what waits on it, and nothing else of that account.
  const taken = same.userId !== null && identity.userId !== null && same.userId !== identity.userId
  return tx.alertSubscription.update({
    where: { id: same.id },
    data: {
      ...settings,
      userId: identity.userId ?? same.userId,
      phoneContactId: identity.phoneId ?? (taken ? null : same.phoneContactId),
      emailContactId: identity.emailId ?? (taken ? null : same.emailContactId),
      ...(same.state !== 'ACTIVE' && { round: same.round + 1 }),
    },
  })
}

/** Says what was set up, once, with the link by which it is changed and ended. */
const announce = (tx: Prisma.TransactionClient, { id, channels }: AlertSubscription) =>
  channels.includes('email') || channels.includes('sms') || channels.includes('call')
    ? tx.outboxEvent.create({
        data: { key: `alert.created:${id}`, topic: 'alert.created', payload: { subscriptionId: id, about: 'created' } },
      })
    : Promise.resolve()
