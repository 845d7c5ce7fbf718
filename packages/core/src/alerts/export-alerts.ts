import type { AccountExport } from '@marquee/contracts/account'
import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { attachAlerts } from './attach-alerts.ts'
import { openContact } from './contacts/contact-points.ts'
import { readFilters } from './matches-filters.ts'

const ALERT = {
  city: { select: { name: true } },
  phoneContact: true,
  emailContact: true,
  consents: { orderBy: { at: 'asc' } },
  alerts: {
    orderBy: { createdAt: 'asc' },
    include: { attempts: { orderBy: { dueAt: 'asc' } }, opening: { select: { detectedAt: true } } },
  },
} satisfies Prisma.AlertSubscriptionInclude

/** What is kept about what somebody waits for: settings, what was agreed to word for word, everything they were told. */
export async function exportAlerts(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock'>,
  userId: string,
): Promise<Pick<AccountExport, 'alerts' | 'consents' | 'notifications'>> {
  await attachAlerts(ctx, userId)
  const [subscriptions, notifications] = await Promise.all([
    ctx.db.alertSubscription.findMany({ where: { userId }, include: ALERT, orderBy: { createdAt: 'asc' } }),
    ctx.db.notification.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } }),
  ])
  return {
    alerts: subscriptions.map((row) => ({
      film: row.title,
      city: row.city.name,
      name: row.name,
      phone: row.phoneContact ? openContact(ctx, row.phoneContact) : null,
      email: row.emailContact ? openContact(ctx, row.emailContact) : null,
      state: row.state,
      channels: row.channels,
      partySize: row.partySize,
      filters: readFilters(row.filters),
      createdAt: row.createdAt.toISOString(),
      told: row.alerts.map(({ opening, kind, state, attempts }) => ({
        kind,
        state,
        openedAt: opening.detectedAt.toISOString(),
        attempts: attempts.map(({ channel, state: outcome, sentAt, keys }) => ({
          channel,
          outcome,
          sentAt: sentAt?.toISOString() ?? null,
          keys,
        })),
      })),
    })),
    consents: subscriptions.flatMap((row) =>
      row.consents.map(({ channel, text, version, at, withdrawnAt }) => ({
        what: `${row.title}, ${row.city.name}, ${channel} (${version}): ${text}`,
        givenAt: at.toISOString(),
        withdrawnAt: withdrawnAt?.toISOString() ?? null,
      })),
    ),
    notifications: notifications.map(({ kind, title, body, createdAt, readAt }) => ({
      kind,
      title,
      body,
      createdAt: createdAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
  }
}
