import {
  NotificationList,
  NotificationQuery,
  NotificationsRead,
  PushEndpointBody,
  ReadNotificationsBody,
  RemovePushEndpointBody,
} from '@marquee/contracts/notifications'
import { listNotifications } from '@marquee/core/notifications/in-app/list-notifications'
import { readNotifications } from '@marquee/core/notifications/in-app/read-notifications'
import { removePushEndpoint } from '@marquee/core/notifications/push/remove-push-endpoint'
import { savePushEndpoint } from '@marquee/core/notifications/push/save-push-endpoint'
import { z } from 'zod'
import { notificationChannel } from '../ws/notification-channel.ts'
import type { Routes } from './routes.ts'

/** Mounted at /api: what the bell shows, and the browsers that may be woken. */
export const notificationRoutes: Routes = async (app, { ctx }) => {
  const tags = ['notifications']
  const config = { access: 'user' } as const
  await app.register(notificationChannel, { ctx, prefix: '/notifications' })

  app.get(
    '/notifications',
    {
      config,
      schema: {
        tags,
        summary: 'What happened, newest first',
        querystring: NotificationQuery,
        response: { 200: NotificationList },
      },
    },
    async ({ actor, query }) => listNotifications(ctx, { actor, ...query }),
  )

  app.post(
    '/notifications/read',
    {
      config,
      schema: {
        tags,
        summary: 'Mark notifications as read; without ids, all',
        body: ReadNotificationsBody,
        response: { 200: NotificationsRead },
      },
    },
    async ({ actor, body }) => readNotifications(ctx, { actor, ids: body.ids }),
  )

  app.post(
    '/push/endpoints',
    {
      config,
      schema: {
        tags,
        summary: 'Let this browser be woken',
        body: PushEndpointBody,
        response: { 204: z.null() },
      },
    },
    async ({ actor, body }, reply) => {
      await savePushEndpoint(ctx, { actor, body })
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/push/endpoints',
    {
      config,
      schema: {
        tags,
        summary: 'Let this browser sleep again',
        body: RemovePushEndpointBody,
        response: { 204: z.null() },
      },
    },
    async ({ actor, body }, reply) => {
      await removePushEndpoint(ctx, { actor, endpoint: body.endpoint })
      return reply.code(204).send(null)
    },
  )
}
