import { countAttempt } from '../auth/count-attempt.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { hashSecret } from '../ids.ts'
import type { Identity } from './same-subscription.ts'

/** Films that one person can wait for at a time. */
export const MOST_ALERTS = 25
const WINDOW_SECONDS = 3_600
/** New alerts in an hour: of an account, and of everybody behind one router. */
const MOST_AN_HOUR = { user: 60, network: 120 }

/** Counted before anything is looked up; without Redis the codes' own limits remain. @throws AppError RATE_LIMITED */
export async function admitAlert(
  ctx: Pick<Ctx, 'redis' | 'config'>,
  { userId, network }: { userId: string | null; network: string },
): Promise<void> {
  const of = userId ? 'user' : 'network'
  const key = `alert:${of}:${hashSecret(userId ?? network)}`
  const made = await countAttempt(ctx, { key, windowSeconds: WINDOW_SECONDS })
  if (!made || made.count <= MOST_AN_HOUR[of] * ctx.config.http.rateLimitScale) return
  const minutes = Math.ceil(made.resetMs / 60_000)
  throw new AppError(
    'RATE_LIMITED',
    `Too many alerts at once. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  )
}

/** @throws AppError CONFLICT when they wait for as many films as one may */
export async function requireRoom(tx: Prisma.TransactionClient, identity: Identity): Promise<void> {
  if (!(await hasRoom(tx, identity)))
    throw new AppError('CONFLICT', `You wait for ${MOST_ALERTS} films already: delete one of those alerts first`)
}

/** Whether somebody may wait for one film more. */
export async function hasRoom(tx: Prisma.TransactionClient, { userId, phoneId, emailId }: Identity): Promise<boolean> {
  const live = await tx.alertSubscription.count({
    where: {
      state: { not: 'ENDED' },
      // What a stranger asked for in somebody's name, and nobody confirmed, takes nothing away.
      consents: { some: {} },
      OR: [
        ...(userId ? [{ userId }] : []),
        ...(phoneId ? [{ phoneContactId: phoneId }] : []),
        ...(emailId ? [{ emailContactId: emailId }] : []),
      ],
    },
  })
  return live < MOST_ALERTS
}
