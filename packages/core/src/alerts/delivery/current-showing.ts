import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type { Prisma } from '../../generated/prisma/client.ts'
import { matchesFilters } from '../matches-filters.ts'
import type { AlertFacts } from './alert-facts.ts'
import { bookableFrom } from './decide-telling.ts'

/** The showing of an alert was looked at a moment ago; of one older than this it is asked again. */
const FRESH_MS = 10 * 60_000

/** As it was when the alert was made: no look since, and its person waits for what they waited for then. */
const isAsTold = ({ createdAt, seenAt, filters, session, partySize }: AlertFacts, now: Date) =>
  now.getTime() - createdAt.getTime() < FRESH_MS &&
  (seenAt === null || seenAt <= createdAt) &&
  matchesFilters(filters, session, partySize)

/**
 * Of which showing to speak now. A step may come hours after its opening: where the showing of the alert can no longer be
 * booked, has begun, or is none that its person waits for any more, the next one that is takes its place, in the row and in
 * `alert`. The caller has locked it. @returns false when none is left
 */
export async function findCurrentShowing(tx: Prisma.TransactionClient, alert: AlertFacts, now: Date): Promise<boolean> {
  const begun = Date.parse(alert.session.startsAt) <= now.getTime()
  if (!begun && isAsTold(alert, now)) return true
  const watch = await tx.watch.findUniqueOrThrow({ where: { id: alert.watchId }, select: { sessions: true } })
  const open = bookableFrom(watch.sessions as ListedSession[], now).filter((one) =>
    matchesFilters(alert.filters, one, alert.partySize),
  )
  const session = open.find(({ siteId }) => siteId === alert.session.siteId) ?? open[0]
  if (!session) return false
  if (session.siteId !== alert.session.siteId)
    await tx.alert.update({ where: { id: alert.id }, data: { session: session as unknown as Prisma.InputJsonObject } })
  alert.session = session
  return true
}
