import type { DeliveryList, DeliveryQuery, DeliveryRow } from '@marquee/contracts/listings'
import { authorise } from '../../auth/access.ts'
import type { Actor, Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { attemptView, readPlaces } from './attempt-view.ts'

export const DELIVERY = {
  alert: {
    select: {
      state: true,
      subscription: {
        select: {
          title: true,
          city: { select: { name: true } },
          phoneContact: { select: { masked: true } },
          emailContact: { select: { masked: true } },
          user: { select: { name: true } },
        },
      },
    },
  },
  receipts: { orderBy: { at: 'asc' }, select: { status: true, at: true } },
} satisfies Prisma.AlertAttemptInclude
type Row = Prisma.AlertAttemptGetPayload<{ include: typeof DELIVERY }>

/** A dead letter: it failed, and certainly nothing is on its way. A call that was placed is never one. */
export const DEAD: Prisma.AlertAttemptWhereInput = {
  state: 'FAILED',
  OR: [{ channel: { not: 'call' } }, { sentAt: null }],
}
export const isDead = ({ state, channel, sentAt }: Pick<Row, 'state' | 'channel' | 'sentAt'>) =>
  state === 'FAILED' && (channel !== 'call' || sentAt === null)

/** Every step of every ladder, the latest first. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listDeliveries(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  { actor, query }: { actor: Actor; query: DeliveryQuery },
): Promise<DeliveryList> {
  authorise(actor, 'alert.deliveries')
  const { channel, state, openingId, dead, limit, offset } = query
  const where: Prisma.AlertAttemptWhereInput = {
    AND: [
      ...(channel ? [{ channel }] : []),
      ...(state ? [{ state }] : []),
      ...(openingId ? [{ alert: { openingId } }] : []),
      ...(dead ? [DEAD] : []),
    ],
  }
  const [rows, total] = await Promise.all([
    ctx.db.alertAttempt.findMany({
      where,
      include: DELIVERY,
      orderBy: [{ dueAt: 'desc' }, { position: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.alertAttempt.count({ where }),
  ])
  return { items: await viewDeliveries(ctx, rows), total, limit, offset }
}

export async function viewDeliveries(ctx: Pick<Ctx, 'db' | 'clock' | 'config'>, rows: Row[]): Promise<DeliveryRow[]> {
  const waiting = rows.filter(({ channel, state }) => channel === 'call' && state === 'PLANNED').map(({ id }) => id)
  const places = await readPlaces(ctx, waiting)
  const { callsPerSecond } = ctx.config.voice
  return rows.map((row) => {
    const { subscription } = row.alert
    const { phoneContact, emailContact, user } = subscription
    const place = places.get(row.id)
    const contact = row.channel === 'email' ? emailContact : phoneContact
    const inside = row.channel === 'in_app' || row.channel === 'push'
    return {
      ...attemptView(row, ctx.clock.now(), place === undefined ? undefined : { place, callsPerSecond }),
      id: row.id,
      title: subscription.title,
      city: subscription.city.name,
      to: (inside ? user?.name : contact?.masked) ?? 'nobody any more',
      provider: row.provider,
      providerId: row.providerId,
      tries: row.tries,
      retryable: isDead(row),
      receipts: row.receipts.map(({ status, at }) => ({ status, at: at.toISOString() })),
    }
  })
}
