import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { localDate } from '../catalog/local-day.ts'
import type { Ctx } from '../context.ts'
import type { AlertSubscription, Prisma } from '../generated/prisma/client.ts'
import { CATALOGUE_SOURCE } from '../listings/catalogue-source.ts'
import type { WatchWithSource } from '../listings/ensure-watches.ts'
import { admitsDay, daysNotShown } from '../listings/further-days.ts'
import { readCatalogueSessions } from '../listings/read-catalogue-sessions.ts'
import { releaseWatches } from '../listings/release-watches.ts'
import { matchesFilters, readFilters } from './matches-filters.ts'

const HOUR_MS = 3_600_000
const LOOK_AGAIN_MS = 5 * 60_000
const SELLS = new Set<string>(['OPEN', 'SOLD_OUT', 'NOT_OPEN'])
type Tx = Prisma.TransactionClient

/** What a watch last said is still so: our own catalogue always, a site for two looks and at least an hour. */
export function isFresh(
  watch: Pick<WatchWithSource, 'sourceId' | 'lastOkAt' | 'intervalSeconds' | 'verdict' | 'source'>,
  now: Date,
): boolean {
  if (watch.sourceId === CATALOGUE_SOURCE) return true
  if (!watch.lastOkAt || !watch.verdict || !watch.source.enabled || watch.source.frozenAt) return false
  return now.getTime() - watch.lastOkAt.getTime() <= Math.max(2_000 * watch.intervalSeconds, HOUR_MS)
}

/**
 * What can be booked now of what somebody waits for, on one watch. Null: not known just now.
 */
export async function bookableFor(
  ctx: Pick<Ctx, 'config'> & { db: Pick<Ctx['db'], '$queryRaw'> },
  input: {
    subscription: Pick<AlertSubscription, 'filters' | 'partySize' | 'cityId' | 'timeZone'>
    watch: WatchWithSource
    now: Date
  },
): Promise<ListedSession[] | null> {
  const { subscription, watch, now } = input
  if (!isFresh(watch, now)) return null
  const sessions =
    watch.sourceId === CATALOGUE_SOURCE
      ? await readCatalogueSessions(ctx, { movieId: watch.siteMovieId, cityId: subscription.cityId, now })
      : (watch.sessions as ListedSession[])
  const filters = readFilters(subscription.filters)
  const bookable = sessions.filter(
    (session) =>
      session.bookable &&
      Date.parse(session.startsAt) > now.getTime() &&
      matchesFilters(filters, session, subscription.partySize),
  )
  // A site that shows one day at a time may well sell the day they want: nobody has read it yet.
  const isUnread = () =>
    daysNotShown({ sessions, openDates: watch.openDates }, localDate(now, subscription.timeZone)).some((day) =>
      admitsDay({ from: filters.dateFrom, to: filters.dateTo }, day),
    )
  return bookable.length === 0 && SELLS.has(watch.verdict ?? '') && isUnread() ? null : bookable
}

/** Soon, where only a look can tell what is on sale; but nobody makes us look twice in five minutes. */
async function lookSoon(tx: Tx, watchId: string, now: Date): Promise<void> {
  await tx.watch.updateMany({
    where: {
      id: watchId,
      nextLookAt: { gt: now },
      OR: [{ lastLookAt: null }, { lastLookAt: { lt: new Date(now.getTime() - LOOK_AGAIN_MS) } }],
    },
    data: { nextLookAt: now },
  })
}

/**
 * Decides anew, watch by watch, from when on an opening is news to somebody: from now on where nothing that they wait for
 * is on sale; not at all where it is, for that is no opening. Where nothing is known just now the next good look decides;
 * `keep`: what was decided before stays until then.
 * @returns whether something they wait for is on sale
 */
export async function armSubscription(
  tx: Tx,
  ctx: Pick<Ctx, 'config'>,
  input: { subscription: AlertSubscription; watches: WatchWithSource[]; now: Date; keep: boolean },
): Promise<boolean> {
  const { subscription, watches, now, keep } = input
  let open = false
  for (const watch of watches) {
    const bookable = await bookableFor({ config: ctx.config, db: tx }, { subscription, watch, now })
    if (!bookable) await lookSoon(tx, watch.id, now)
    if (!bookable && keep) continue
    if (bookable?.length) open = true
    await tx.subscriptionWatch.updateMany({
      where: { subscriptionId: subscription.id, watchId: watch.id },
      data: {
        armedAt: bookable?.length === 0 ? now : null,
        alreadyOpenAt: bookable?.length ? now : null,
      },
    })
  }
  return open
}

/** It is said to be on sale, nobody is told of it any more, and no site is looked at for it. */
export async function noteOnSale(tx: Tx, subscriptionId: string, now: Date): Promise<void> {
  await tx.alertSubscription.update({ where: { id: subscriptionId }, data: { state: 'ALREADY_OPEN' } })
  await releaseWatches(tx, subscriptionId, now)
}
