import type { AlertChannel, AlertView } from '@marquee/contracts/alerts'
import { QuietHours } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { loadEvidence } from './alert-evidence.ts'
import { promiseOf } from './alert-words.ts'
import { colourOf } from './film-colour.ts'
import { loadForecasts } from './load-forecasts.ts'
import { readFilters } from './matches-filters.ts'
import { loadOnSale } from './on-sale.ts'
import { findOptOuts } from './opt-outs/find-opt-outs.ts'
import { WATCH_FACTS, watchView } from './watch-view.ts'

type ViewCtx = Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>

const SUBSCRIPTION = {
  city: { select: { slug: true, name: true, timeZone: true } },
  movie: { select: { slug: true, poster: true, posterColour: true, releaseDate: true } },
  phoneContact: { select: { masked: true, suspectAt: true, hash: true } },
  emailContact: { select: { masked: true, hash: true } },
  watches: { include: { watch: { select: WATCH_FACTS } } },
  consents: { orderBy: { channel: 'asc' } },
} satisfies Prisma.AlertSubscriptionInclude
type Row = Prisma.AlertSubscriptionGetPayload<{ include: typeof SUBSCRIPTION }>

/** Subscriptions as their owner sees them, in the order of the ids. A fixed number of queries for any number of them. */
export async function loadAlertViews(ctx: ViewCtx, ids: string[]): Promise<AlertView[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db.alertSubscription.findMany({ where: { id: { in: ids } }, include: SUBSCRIPTION })
  const theatreIds = [...new Set(rows.flatMap((row) => readFilters(row.filters).theatreIds))]
  const [evidence, forecasts, onSale, theatres, optOuts, held] = await Promise.all([
    loadEvidence(ctx, ids),
    loadForecasts(ctx, rows),
    loadOnSale(
      ctx,
      rows.map(({ id, cityId, watches }) => ({ id, cityId, watches: watches.map(({ watch }) => watch) })),
    ),
    ctx.db.theatre.findMany({ where: { id: { in: theatreIds } }, select: { id: true, name: true } }),
    findOptOuts(
      ctx.db,
      rows.flatMap(({ phoneContact, emailContact }) => [phoneContact?.hash ?? [], emailContact?.hash ?? []].flat()),
    ),
    ctx.db.opening.findMany({
      where: { state: 'HELD', watchId: { in: rows.flatMap(({ watches }) => watches.map(({ watchId }) => watchId)) } },
      select: { watchId: true },
    }),
  ])
  const heldWatches = new Set(held.map(({ watchId }) => watchId))
  const names = new Map(theatres.map((theatre) => [theatre.id, theatre]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const { phoneContact, emailContact } = row
    const optedOut = (row.channels as AlertChannel[]).filter((channel) =>
      optOuts.get((channel === 'email' ? emailContact : phoneContact)?.hash ?? '')?.has(channel),
    )
    const isHeld = row.state === 'ACTIVE' && row.watches.some(({ watchId }) => heldWatches.has(watchId))
    const view = alertView(row, evidence.get(id) ?? [], forecasts.get(id) ?? [], onSale.get(id) ?? [], names)
    return [{ ...view, optedOut, held: isHeld }]
  })
}

function alertView(
  row: Row,
  alerts: AlertView['alerts'],
  forecasts: AlertView['forecasts'],
  onSaleAt: AlertView['onSaleAt'],
  names: Map<string, { id: string; name: string }>,
): Omit<AlertView, 'optedOut' | 'held'> {
  const { theatreNames: _, ...filters } = readFilters(row.filters)
  const watches = row.watches
    .map(({ watch }) => watchView(watch))
    .sort((a, b) => Number(b.how === 'told') - Number(a.how === 'told') || a.sourceName.localeCompare(b.sourceName))
  const theatres = filters.theatreIds.flatMap((id) => names.get(id) ?? [])
  const said = { state: row.state, watches, onSaleAt, filters, theatres }
  return {
    ...said,
    id: row.id,
    film: {
      key: row.filmKey,
      title: row.title,
      movieSlug: row.movie?.slug ?? null,
      poster: row.movie?.poster ?? null,
      posterColour: row.movie?.posterColour ?? colourOf(row.filmKey),
      releaseDate: row.movie?.releaseDate.toISOString().slice(0, 10) ?? null,
    },
    city: row.city,
    name: row.name,
    phone: row.phoneContact?.masked ?? null,
    email: row.emailContact?.masked ?? null,
    phoneSuspect: Boolean(row.phoneContact?.suspectAt),
    partySize: row.partySize,
    channels: row.channels as AlertChannel[],
    quietHours: QuietHours.parse(row.quietHours),
    urgency: row.urgency === 'opening-day' ? 'opening-day' : 'normal',
    seatsBack: row.seatsBack,
    promise: promiseOf({ ...said, title: row.title, city: row.city.name, unconfirmed: row.consents.length === 0 }),
    forecasts,
    alerts,
    consents: row.consents
      .filter(({ withdrawnAt }) => !withdrawnAt)
      .map(({ channel, text, version, at }) => ({
        channel: channel as AlertChannel,
        text,
        version,
        at: at.toISOString(),
      })),
    createdAt: row.createdAt.toISOString(),
  }
}
