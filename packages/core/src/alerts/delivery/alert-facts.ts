import { QuietHours } from '@marquee/contracts/alerts'
import type { Evidence, ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../../context.ts'
import type { AlertState, OpeningKind, OpeningState, Prisma, SubscriptionState } from '../../generated/prisma/client.ts'
import { readFilters, type StoredFilters } from '../matches-filters.ts'

export type Db = Ctx['db'] | Prisma.TransactionClient

/** An alert with all that is asked before something is sent about it, and all that is said in it. */
export type AlertFacts = {
  id: string
  state: AlertState
  kind: OpeningKind
  createdAt: Date
  snoozedUntil: Date | null
  session: ListedSession
  subscriptionId: string
  subscriptionState: SubscriptionState
  name: string
  userId: string | null
  channels: string[]
  quietHours: QuietHours
  timeZone: string
  phoneContactId: string | null
  emailContactId: string | null
  title: string
  city: string
  openingState: OpeningState
  detectedAt: Date
  confirmedAt: Date
  evidence: Evidence[]
  sourceName: string
  /** The kill switch of its source. */
  frozen: boolean
  /** The last look said that nothing is on sale; another one decides whether that is the end. */
  doubted: boolean
  watchId: string
  /** The last good look at its watch. */
  seenAt: Date | null
  filters: StoredFilters
  partySize: number
}

type Row = Omit<AlertFacts, 'quietHours' | 'filters'> & { quietHours: unknown; filters: unknown }

/** The facts of some alerts, in the order of their ids. Without the site's whole list of sessions. */
export async function readAlertFacts(db: Db, alertIds: string[]): Promise<AlertFacts[]> {
  const rows = await db.$queryRaw<Row[]>`
    select a.id, a.state::text as state, a.kind::text as kind, a.created_at as "createdAt",
           a.snoozed_until as "snoozedUntil", a.session, s.id as "subscriptionId",
           s.state::text as "subscriptionState", s.name, s.user_id as "userId", s.channels,
           s.quiet_hours as "quietHours", s.time_zone as "timeZone", s.phone_contact_id as "phoneContactId",
           s.email_contact_id as "emailContactId", s.title, c.name as city, o.state::text as "openingState",
           o.detected_at as "detectedAt", o.confirmed_at as "confirmedAt", o.evidence, l.name as "sourceName",
           l.frozen_at is not null as frozen, coalesce(w.last_verdict in ('NOT_OPEN', 'ANNOUNCED', 'GONE'), false) as doubted, w.id as "watchId",
           w.last_ok_at as "seenAt", s.filters, s.party_size as "partySize"
      from alerts a
      join alert_subscriptions s on s.id = a.subscription_id
      join cities c on c.id = s.city_id
      join openings o on o.id = a.opening_id
      join watches w on w.id = o.watch_id
      join listing_sources l on l.id = w.source_id
     where a.id = any(${alertIds}::uuid[])
     order by a.id`
  return rows.map((row) => ({
    ...row,
    quietHours: QuietHours.catch(QuietHours.parse({})).parse(row.quietHours),
    filters: readFilters(row.filters),
  }))
}
