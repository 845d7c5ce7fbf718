import { AdminRequest, AdminRequestBody, AdminRequestList } from '@marquee/contracts/admin'
import { PageQuery } from '@marquee/contracts/common'
import { applyAsAdmin } from '@marquee/core/admin/apply-as-admin'
import { listOwnAdminRequests } from '@marquee/core/admin/list-admin-requests'
import { originOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const tags = ['admin']

/** Mounted at /api/admin-requests. */
export const adminRequestRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '',
    {
      config: { ...limit('auth'), access: 'user' },
      schema: {
        tags,
        summary: 'Ask to run theatres here, with a code sent to your own address or number',
        body: AdminRequestBody,
        response: { 201: AdminRequest },
      },
    },
    async (request, reply) => {
      const { actor, body } = request
      return reply.code(201).send(await applyAsAdmin(ctx, { actor, body, origin: originOf(request) }))
    },
  )

  app.get(
    '',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'What you have asked', querystring: PageQuery, response: { 200: AdminRequestList } },
    },
    async ({ actor, query }) => listOwnAdminRequests(ctx, { actor, query }),
  )
}
