import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import { bookableFrom, decideTelling } from './delivery/decide-telling.ts'
import { SAME_NEWS_MS } from './delivery/tell-all.ts'
import { readFilters } from './matches-filters.ts'

type Row = {
  openingId: string
  subscriptionId: string
  kind: 'OPENING' | 'SEATS_BACK'
  fannedOutAt: Date
  sessions: ListedSession[]
  state: 'ACTIVE' | 'NOTIFIED'
  filters: unknown
  partySize: number
  seatsBack: boolean
}

/** People looked at in one audit. */
const MOST = 5_000

/**
 * I23: an opening that is told to everybody reached whoever waited, armed, for what it opened. Those are looked for whom it
 * passed over; what they asked for is held against what can be booked. @returns who was missed
 */
export async function auditOpenings(ctx: Pick<Ctx, 'pool'>): Promise<string[]> {
  const { rows } = await ctx.pool.query<Row>(
    `SELECT o.id AS "openingId", s.id AS "subscriptionId", o.kind, o.fanned_out_at AS "fannedOutAt", w.sessions,
            s.state, s.filters, s.party_size AS "partySize", s.seats_back AS "seatsBack"
       FROM openings o JOIN watches w ON w.id = o.watch_id
       JOIN listing_sources l ON l.id = w.source_id AND l.frozen_at IS NULL
       JOIN subscription_watches sw ON sw.watch_id = w.id AND sw.armed_at < o.fanned_out_at
       JOIN alert_subscriptions s ON s.id = sw.subscription_id AND s.state = 'ACTIVE' AND s.updated_at < o.fanned_out_at
      WHERE o.state = 'LIVE' AND o.fanned_out_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM alerts a WHERE a.opening_id = o.id AND a.subscription_id = s.id)
        AND NOT (o.kind = 'SEATS_BACK' AND EXISTS (
              SELECT FROM alerts a WHERE a.subscription_id = s.id AND a.state <> 'SUPPRESSED'
                 AND a.created_at BETWEEN o.confirmed_at - make_interval(secs => ${SAME_NEWS_MS / 1_000}) AND o.fanned_out_at))
      ORDER BY o.fanned_out_at DESC LIMIT ${MOST}`,
  )
  return rows.filter(wasMissed).map(({ openingId, subscriptionId }) => `${openingId} ${subscriptionId}`)
}

function wasMissed({ kind, fannedOutAt, sessions, filters, ...waiting }: Row): boolean {
  const wanted = { ...waiting, filters: readFilters(filters), armed: true, alreadyOpen: false }
  return decideTelling(kind, wanted, bookableFrom(sessions, fannedOutAt)).do === 'tell'
}
