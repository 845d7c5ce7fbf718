import {
  AdminDecisionBody,
  AdminRequest,
  AdminRequestList,
  AdminRequestQuery,
  AdminTheatreList,
  AuditList,
  AuditQuery,
  ChangeRoleBody,
  CreateAdminBody,
  UserList,
  UserQuery,
  UserRow,
} from '@marquee/contracts/admin'
import { Id, PageQuery } from '@marquee/contracts/common'
import { TheatrePatch, TheatreWritten } from '@marquee/contracts/theatres'
import { changeRole } from '@marquee/core/admin/change-role'
import { createAdmin } from '@marquee/core/admin/create-admin'
import { decideAdminRequest } from '@marquee/core/admin/decide-admin-request'
import { deleteUser } from '@marquee/core/admin/delete-user'
import { listAdminRequests } from '@marquee/core/admin/list-admin-requests'
import { listAudit } from '@marquee/core/admin/list-audit'
import { listOwnTheatres } from '@marquee/core/admin/list-own-theatres'
import { listUsers } from '@marquee/core/admin/list-users'
import { deleteTheatre } from '@marquee/core/catalog/delete-theatre'
import { updateTheatre } from '@marquee/core/catalog/update-theatre'
import { z } from 'zod'
import { originOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['admin']

/** Mounted at /api/admin. The verbs say who may. */
export const adminRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/requests',
    {
      config: { access: 'admin-request.decide' },
      schema: {
        tags,
        summary: 'Who asks to run theatres here, oldest first',
        querystring: AdminRequestQuery,
        response: { 200: AdminRequestList },
      },
    },
    async ({ actor, query }) => listAdminRequests(ctx, { actor, query }),
  )

  app.post(
    '/requests/:id/decision',
    {
      config: { access: 'admin-request.decide' },
      schema: {
        tags,
        summary: 'Approve a request, for these theatres, or reject it',
        params,
        body: AdminDecisionBody,
        response: { 200: AdminRequest },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return decideAdminRequest(ctx, { actor, id: params.id, decision: body, origin: originOf(request) })
    },
  )

  app.get(
    '/users',
    {
      config: { access: 'user.list' },
      schema: {
        tags,
        summary: 'Accounts by name, address or number',
        querystring: UserQuery,
        response: { 200: UserList },
      },
    },
    async ({ actor, query }) => listUsers(ctx, { actor, query }),
  )

  app.post(
    '/users',
    {
      // It hashes a password: as dear as a sign-up, and as seldom.
      config: { ...limit('auth'), access: 'user.create-admin' },
      schema: { tags, summary: 'An account for an admin', body: CreateAdminBody, response: { 201: UserRow } },
    },
    async (request, reply) => {
      const { actor, body } = request
      return reply.code(201).send(await createAdmin(ctx, { actor, admin: body, origin: originOf(request) }))
    },
  )

  app.put(
    '/users/:id/role',
    {
      config: { access: 'user.role' },
      schema: {
        tags,
        summary: 'Another role, or other theatres; their sessions end with the role',
        params,
        body: ChangeRoleBody,
        response: { 200: UserRow },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      const { revocations } = app.tokens
      const input = { actor, userId: params.id, change: body, origin: originOf(request) }
      return changeRole({ ...ctx, revocations }, input)
    },
  )

  app.delete(
    '/users/:id',
    {
      config: { access: 'user.delete' },
      schema: {
        tags,
        summary: 'Erase a person; what accounting needs stays',
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { actor, params } = request
      const { revocations } = app.tokens
      await deleteUser({ ...ctx, revocations }, { actor, userId: params.id, origin: originOf(request) })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/theatres',
    {
      config: { access: 'theatre.write' },
      schema: { tags, summary: 'The theatres you run', querystring: PageQuery, response: { 200: AdminTheatreList } },
    },
    async ({ actor, query }) => listOwnTheatres(ctx, { actor, query }),
  )

  app.put(
    '/theatres/:id',
    {
      config: { access: 'theatre.write' },
      schema: {
        tags,
        summary: 'Change a theatre you run; what is left out stays',
        params,
        body: TheatrePatch,
        response: { 200: TheatreWritten },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return updateTheatre(ctx, { actor, id: params.id, patch: body, origin: originOf(request) })
    },
  )

  app.delete(
    '/theatres/:id',
    {
      config: { access: 'theatre.write' },
      schema: { tags, summary: 'Remove a theatre without showtimes', params, response: { 200: TheatreWritten } },
    },
    async (request) => deleteTheatre(ctx, { actor: request.actor, id: request.params.id, origin: originOf(request) }),
  )

  app.get(
    '/audit',
    {
      config: { access: 'audit.read' },
      schema: {
        tags,
        summary: 'Who did what, when, from where',
        querystring: AuditQuery,
        response: { 200: AuditList },
      },
    },
    async ({ actor, query }) => listAudit(ctx, { actor, query }),
  )
}
