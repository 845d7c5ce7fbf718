import { Id, PageQuery } from '@marquee/contracts/common'
import { DeadJobList, DeadJobParams, DeliveryList, DeliveryQuery, DeliveryRow } from '@marquee/contracts/listings'
import { listDeliveries } from '@marquee/core/alerts/delivery/list-deliveries'
import { retryDelivery } from '@marquee/core/alerts/delivery/retry-delivery'
import { listDeadJobs } from '@marquee/core/jobs/list-dead-jobs'
import { openQueues, type Queues } from '@marquee/core/jobs/queues'
import { retryDeadJob } from '@marquee/core/jobs/retry-dead-job'
import { z } from 'zod'
import { originOf } from '../plugins/network.ts'
import type { Routes } from './routes.ts'

const tags = ['admin']
const READY_WITHIN_MS = 2_000

/** Mounted at /api/admin: what was sent to whom and what became of it, and jobs that gave up. */
export const adminDeliveryRoutes: Routes = async (app, { ctx }) => {
  // Looked into now and then, by one person: opened when somebody does.
  let opened: Queues | undefined
  const queues = async () => {
    opened ??= openQueues(ctx.config, ctx.log)
    const ready = Promise.all(Object.values(opened.byName).map((queue) => queue.waitUntilReady()))
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, READY_WITHIN_MS).unref())])
    return opened
  }
  app.addHook('onClose', async () => opened?.close())

  app.get(
    '/deliveries',
    {
      config: { access: 'alert.deliveries' },
      schema: {
        tags,
        summary: 'Calls, texts and mails about openings, with their receipts; the latest first',
        querystring: DeliveryQuery,
        response: { 200: DeliveryList },
      },
    },
    async ({ actor, query }) => listDeliveries(ctx, { actor, query }),
  )

  app.post(
    '/deliveries/:id/retry',
    {
      config: { access: 'alert.deliveries' },
      schema: {
        tags,
        summary: 'Send a dead letter again; never what may have gone out',
        params: z.object({ id: Id }),
        response: { 200: DeliveryRow },
      },
    },
    async (request) => {
      const { actor, params } = request
      return retryDelivery(ctx, { actor, id: params.id, origin: originOf(request) })
    },
  )

  app.get(
    '/dead-jobs',
    {
      config: { access: 'alert.deliveries' },
      schema: {
        tags,
        summary: 'Jobs of the worker that gave up, the latest first',
        querystring: PageQuery,
        response: { 200: DeadJobList },
      },
    },
    async ({ actor, query }) => listDeadJobs({ queues: await queues() }, { actor, ...query }),
  )

  app.post(
    '/dead-jobs/:queue/:jobId/retry',
    {
      config: { access: 'alert.deliveries' },
      schema: { tags, summary: 'Run one of them again', params: DeadJobParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { actor, params } = request
      const { queue, jobId } = params
      await retryDeadJob({ ...ctx, queues: await queues() }, { actor, queue, jobId, origin: originOf(request) })
      return reply.code(204).send(null)
    },
  )
}
