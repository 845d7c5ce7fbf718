import type { PushEndpointBody } from '@marquee/contracts/notifications'
import { requireUser } from '../../auth/require-user.ts'
import type { Actor, Ctx } from '../../context.ts'
import { AppError, invalid } from '../../errors.ts'
import { newId } from '../../ids.ts'

/** Browsers one account may have woken; the one that was added first goes. */
const MOST_ENDPOINTS = 10

/**
 * Keeps where a browser can be woken. The address was made up by whoever sent it: only the push services of browsers are
 * taken, or we could be made to call anything. A browser that somebody else signs in to is theirs from then on.
 * @throws AppError UNAUTHENTICATED, VALIDATION, UNAVAILABLE when web push is not set up here
 */
export async function savePushEndpoint(
  ctx: Pick<Ctx, 'db' | 'push' | 'clock'>,
  { actor, body }: { actor: Actor; body: PushEndpointBody },
): Promise<void> {
  const { userId } = requireUser(actor)
  if (!ctx.push) throw new AppError('UNAVAILABLE', 'Browsers are not woken here')
  if (!ctx.push.accepts(body.endpoint)) throw invalid('endpoint', 'is not the address of a push service we know')
  const { p256dh, auth } = body.keys
  const data = { userId, p256dh, auth, failedAt: null }
  await ctx.db.pushEndpoint.upsert({
    where: { endpoint: body.endpoint },
    create: { id: newId(), endpoint: body.endpoint, createdAt: ctx.clock.now(), ...data },
    update: data,
  })
  const extra = await ctx.db.pushEndpoint.findMany({
    where: { userId },
    orderBy: { createdAt: 'desc' },
    skip: MOST_ENDPOINTS,
    select: { id: true },
  })
  await ctx.db.pushEndpoint.deleteMany({ where: { id: { in: extra.map(({ id }) => id) } } })
}
