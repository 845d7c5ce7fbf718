import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { announceToUser } from './in-app/notify-channel.ts'

/**
 * Puts a line under the bell of an account and shows it on its open pages. About one alert it is written once, however
 * often this runs. @returns its id
 */
export async function notifyUser(
  ctx: Pick<Ctx, 'db' | 'redis' | 'config' | 'clock'>,
  notification: { userId: string; alertId?: string; kind: string; title: string; body: string; url: string },
): Promise<string> {
  const id = newId()
  const createdAt = ctx.clock.now()
  await ctx.db.notification.createMany({ data: [{ id, createdAt, ...notification }], skipDuplicates: true })
  const { alertId } = notification
  const written = alertId ? await ctx.db.notification.findUnique({ where: { alertId }, select: { id: true } }) : null
  await announceToUser(ctx, notification.userId, written?.id ?? id)
  return written?.id ?? id
}
