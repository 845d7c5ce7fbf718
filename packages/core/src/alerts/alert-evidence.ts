import type { AlertEvidence, AttemptView } from '@marquee/contracts/alerts'
import type { Evidence, ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import type { AlertAttempt, Prisma } from '../generated/prisma/client.ts'

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

/** What each subscription was told of, newest first, with its proof and every attempt. One query for a page of them. */
export async function loadEvidence(
  ctx: Pick<Ctx, 'db' | 'pool'>,
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
  const grouped = Map.groupBy(alerts, ({ subscriptionId }) => subscriptionId)
  return new Map([...grouped].map(([id, of]) => [id, of.map(evidenceView)]))
}

function evidenceView(alert: AlertRow): AlertEvidence {
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
    attempts: alert.attempts.map(attemptView),
    acknowledgedAt: alert.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: alert.acknowledgedBy,
    snoozedUntil: alert.snoozedUntil?.toISOString() ?? null,
  }
}

const OUTCOMES: Record<AlertAttempt['state'], string> = {
  PLANNED: 'waits',
  SENDING: 'on its way',
  ACCEPTED: 'handed over',
  RINGING: 'rings',
  ANSWERED: 'answered',
  DELIVERED: 'arrived',
  MACHINE: 'a machine answered: we hung up',
  BUSY: 'busy',
  NO_ANSWER: 'nobody answered',
  FAILED: 'failed',
  UNKNOWN: 'nobody knows whether it went out: it is not repeated',
  SKIPPED: 'not sent',
}

function attemptView(attempt: AlertAttempt): AttemptView {
  const { channel, step, state, endedAt, answeredAt, acceptedAt, sentAt, dueAt, keys, why } = attempt
  const at = endedAt ?? answeredAt ?? acceptedAt ?? sentAt ?? dueAt
  const notes = [keys ? `pressed ${[...keys].join(', ')}` : '', why ?? ''].filter(Boolean)
  return {
    channel: channel as AttemptView['channel'],
    step,
    state,
    at: at.toISOString(),
    outcome: [OUTCOMES[state], ...notes].join(', '),
  }
}
