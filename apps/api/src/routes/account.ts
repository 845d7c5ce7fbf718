import fastifyCookie from '@fastify/cookie'
import {
  AccountExport,
  ChangeContactBody,
  ChangePasswordBody,
  DeleteAccountBody,
  Done,
  ProfilePatch,
  SessionList,
} from '@marquee/contracts/account'
import { Session, User } from '@marquee/contracts/auth'
import { Id } from '@marquee/contracts/common'
import { changeContact } from '@marquee/core/account/change-contact'
import { changePassword } from '@marquee/core/account/change-password'
import { deleteAccount } from '@marquee/core/account/delete-account'
import { endAllSessions } from '@marquee/core/account/end-all-sessions'
import { endSession } from '@marquee/core/account/end-session'
import { exportAccount } from '@marquee/core/account/export-account'
import { listSessions } from '@marquee/core/account/list-sessions'
import { updateProfile } from '@marquee/core/account/update-profile'
import { getMe } from '@marquee/core/auth/get-me'
import { z } from 'zod'
import { networkOf, originOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import { refreshCookie } from '../plugins/refresh-cookie.ts'
import type { Routes } from './routes.ts'

const tags = ['account']

/** Mounted at /api/account: everybody's own, and nobody else's. */
export const accountRoutes: Routes = async (app, { ctx }) => {
  await app.register(fastifyCookie)
  const { open, clear } = refreshCookie(ctx.config)
  const { revocations } = app.tokens
  const ending = { ...ctx, revocations }
  const config = { access: 'user' } as const

  app.get('/', { config, schema: { tags, summary: 'My profile', response: { 200: User } } }, async ({ actor }) =>
    getMe(ctx, { actor }),
  )

  app.patch(
    '/',
    { config, schema: { tags, summary: 'My name and username', body: ProfilePatch, response: { 200: User } } },
    async ({ actor, body }) => updateProfile(ctx, actor, body),
  )

  app.put(
    '/password',
    {
      schema: {
        tags,
        summary: 'A new password; every session ends but the new one it answers',
        body: ChangePasswordBody,
        response: { 200: Session },
      },
      config: { ...config, ...limit('auth'), mustChangePassword: 'may' },
    },
    async (request, reply) => {
      const from = { network: networkOf(request), userAgent: request.headers['user-agent'] }
      return open(reply, await changePassword(ending, request.actor, { ...request.body, ...from }))
    },
  )

  for (const what of ['email', 'phone'] as const) {
    const summary = what === 'email' ? 'Another email address' : 'Another phone number'
    app.put(
      `/${what}`,
      {
        schema: { tags, summary: `${summary}, shown to be mine`, body: ChangeContactBody, response: { 200: User } },
        config: { ...config, ...limit('auth') },
      },
      async (request) => changeContact(ctx, request.actor, { what, ...request.body, network: networkOf(request) }),
    )
  }

  app.get(
    '/sessions',
    { config, schema: { tags, summary: 'Where I am signed in', response: { 200: SessionList } } },
    async ({ actor }) => listSessions(ctx, actor),
  )

  app.delete(
    '/sessions/:id',
    { config, schema: { tags, summary: 'End one session', params: z.object({ id: Id }), response: { 200: Done } } },
    async ({ actor, params }) => {
      await endSession(ending, actor, { sessionId: params.id })
      return { message: 'That session is over' }
    },
  )

  app.post(
    '/sessions/end-all',
    { config, schema: { tags, summary: 'Sign out everywhere, here too', response: { 200: Done } } },
    async ({ actor }, reply) => {
      await endAllSessions(ending, actor)
      clear(reply)
      return { message: 'You are signed out everywhere' }
    },
  )

  app.post(
    '/delete',
    {
      schema: { tags, summary: 'Erase me, for good', body: DeleteAccountBody, response: { 200: Done } },
      config: { ...config, ...limit('auth') },
    },
    async (request, reply) => {
      const { password, proof } = request.body
      const input = { password, proof, network: networkOf(request), origin: originOf(request) }
      const { upcoming } = await deleteAccount(ending, request.actor, input)
      clear(reply)
      return {
        message: upcoming === 0 ? 'Your account is deleted' : `Your account is deleted. ${ticketsLeft(upcoming)}`,
      }
    },
  )

  app.get(
    '/export',
    {
      schema: { tags, summary: 'Everything kept about me, as a file', response: { 200: AccountExport } },
      config: { ...config, ...limit('export') },
    },
    async ({ actor }, reply) => {
      const data = await exportAccount(ctx, actor)
      reply.header('content-disposition', `attachment; filename="marquee-my-data-${data.madeAt.slice(0, 10)}.json"`)
      return data
    },
  )
}

const ticketsLeft = (upcoming: number) =>
  upcoming === 1
    ? 'Your ticket for a film to come stays good at the door; we can no longer write to you about it.'
    : `Your ${upcoming} bookings for films to come stay good at the door; we can no longer write to you about them.`
