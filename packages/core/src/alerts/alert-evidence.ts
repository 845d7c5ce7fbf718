import type { AlertEvidence } from '@marquee/contracts/alerts'
import type { Evidence, ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { attemptView, readPlaces } from './delivery/attempt-view.ts'

/** Alerts of one subscription that its page shows; older ones stay in the rows. */
const SHOWN = 10

const ALERT = {
  attempts: { orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] },
  opening: {
    select: {
      detectedAt: true,
      confirmedAt: true,
      evidence: true,
      watch: { select: { source: { select: { name: true } } } },
    },
  },
} satisfies Prisma.AlertInclude
type AlertRow = Prisma.AlertGetPayload<{ include: typeof ALERT }>

/** What each subscription was told of, newest first, with its proof and every attempt. Three queries for a page of them. */
export async function loadEvidence(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  subscriptionIds: string[],
): Promise<Map<string, AlertEvidence[]>> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT a.id FROM unnest($1::uuid[]) s(id) CROSS JOIN LATERAL (
       SELECT id FROM alerts WHERE subscription_id = s.id ORDER BY created_at DESC LIMIT $2) a`,
    [subscriptionIds, SHOWN],
  )
  const alerts = await ctx.db.alert.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    include: ALERT,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  const waiting = alerts
    .flatMap(({ attempts }) => attempts)
    .filter(({ channel, state }) => channel === 'call' && state === 'PLANNED')
  const line: Line = {
    now: ctx.clock.now(),
    callsPerSecond: ctx.config.voice.callsPerSecond,
    places: await readPlaces(
      ctx,
      waiting.map(({ id }) => id),
    ),
  }
  const grouped = Map.groupBy(alerts, ({ subscriptionId }) => subscriptionId)
  return new Map([...grouped].map(([id, of]) => [id, of.map((alert) => evidenceView(alert, line))]))
}

/** Calls that are due wait for the carrier: who is before them. */
type Line = { now: Date; callsPerSecond: number; places: Map<string, number> }

function evidenceView(alert: AlertRow, { now, callsPerSecond, places }: Line): AlertEvidence {
  const session = alert.session as ListedSession
  return {
    id: alert.id,
    kind: alert.kind,
    state: alert.state,
    sourceName: alert.opening.watch.source.name,
    detectedAt: alert.opening.detectedAt.toISOString(),
    confirmedAt: alert.opening.confirmedAt.toISOString(),
    firstShowing: {
      theatre: session.cinema.name,
      startsAt: new Date(session.startsAt).toISOString(),
      zone: session.zone,
      format: session.format,
      language: session.language,
      url: session.url,
    },
    evidence: (alert.opening.evidence as Evidence[]).map(({ rule, strength, where, excerpt, hash }) => ({
      rule,
      strength,
      where,
      excerpt,
      hash,
    })),
    attempts: alert.attempts.map((attempt) => {
      const place = places.get(attempt.id)
      return attemptView(attempt, now, place === undefined ? undefined : { place, callsPerSecond })
    }),
    acknowledgedAt: alert.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: alert.acknowledgedBy,
    snoozedUntil: alert.snoozedUntil?.toISOString() ?? null,
  }
}
