import type { AlertView } from '@marquee/contracts/alerts'
import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import { CATALOGUE_SOURCE } from '../listings/catalogue-source.ts'
import type { WatchFacts } from './watch-view.ts'

type OnSaleCtx = Pick<Ctx, 'pool' | 'clock' | 'config'>
type Subscription = { id: string; cityId: string; watches: WatchFacts[] }

/** Where each film can be booked now in its city, whatever the filters, and the page to do it on. Two queries in all. */
export async function loadOnSale(
  ctx: OnSaleCtx,
  subscriptions: Subscription[],
): Promise<Map<string, AlertView['onSaleAt']>> {
  const watches = subscriptions.flatMap((one) => one.watches.map((watch) => ({ watch, cityId: one.cityId })))
  const [own, sites] = await Promise.all([
    firstOfOurs(
      ctx,
      watches.filter(({ watch }) => watch.sourceId === CATALOGUE_SOURCE),
    ),
    firstOfSites(
      ctx,
      watches.map(({ watch }) => watch.id),
    ),
  ])
  return new Map(
    subscriptions.map(({ id, watches: of }) => [
      id,
      of.flatMap((watch) => {
        const found = watch.sourceId === CATALOGUE_SOURCE ? own.get(watch.id) : sites.get(watch.id)
        return found ? [{ name: watch.source.name, url: found.url }] : []
      }),
    ]),
  )
}

/** From the showtimes themselves: what a watch was told may be a second old. */
async function firstOfOurs(ctx: OnSaleCtx, watches: { watch: WatchFacts; cityId: string }[]) {
  const { rows } = await ctx.pool.query<{ id: string; showtime: string }>(
    `SELECT p.id, s.id AS showtime
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) p(id, movie_id, city_id)
      CROSS JOIN LATERAL (
        SELECT s.id FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
         WHERE s.movie_id = p.movie_id AND t.city_id = p.city_id AND s.status = 'SCHEDULED' AND s.film_starts_at > $4
           AND EXISTS (
             SELECT FROM showtime_seats x WHERE x.showtime_id = s.id AND NOT x.blocked AND NOT EXISTS (
               SELECT FROM seat_claims k WHERE k.showtime_id = x.showtime_id AND k.seat = x.seat
                  AND (k.state = 'SOLD' OR k.expires_at >= clock_timestamp())))
         ORDER BY s.starts_at LIMIT 1) s`,
    [
      watches.map(({ watch }) => watch.id),
      watches.map(({ watch }) => watch.siteMovieId),
      watches.map(({ cityId }) => cityId),
      ctx.clock.now(),
    ],
  )
  return new Map(rows.map(({ id, showtime }) => [id, { url: seatsUrl(ctx, showtime) as string | null }]))
}

const seatsUrl = ({ config }: OnSaleCtx, showtimeId: string) =>
  `${config.http.publicBaseUrl}/showtimes/${showtimeId}/seats`

/** The first session that a site was last seen selling, where nothing has contradicted it since. */
async function firstOfSites(ctx: OnSaleCtx, watchIds: string[]) {
  const { rows } = await ctx.pool.query<{ id: string; session: ListedSession }>(
    `SELECT w.id, s.session FROM watches w JOIN listing_sources l ON l.id = w.source_id
      CROSS JOIN LATERAL (
        SELECT value AS session FROM jsonb_array_elements(w.sessions)
         WHERE (value ->> 'bookable')::boolean AND (value ->> 'startsAt')::timestamptz > $2
         ORDER BY (value ->> 'startsAt')::timestamptz LIMIT 1) s
      WHERE w.id = ANY ($1::uuid[]) AND w.verdict = 'OPEN' AND w.blind_since IS NULL AND l.enabled AND l.frozen_at IS NULL`,
    [[...new Set(watchIds)], ctx.clock.now()],
  )
  return new Map(rows.map(({ id, session }) => [id, { url: session.url }]))
}
