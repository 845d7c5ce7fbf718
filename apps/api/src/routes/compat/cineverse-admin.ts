import { AdminRequestBody, CreateAdminBody, UserList, UserQuery } from '@marquee/contracts/admin'
import { RegisterBody } from '@marquee/contracts/auth'
import { Id, Text, Verbatim } from '@marquee/contracts/common'
import { Email } from '@marquee/contracts/emails'
import { MovieList, MovieListQuery, MoviePatch, MovieWrite, MovieWritten } from '@marquee/contracts/movies'
import { OtpCode, Phone } from '@marquee/contracts/otp'
import { createAdmin } from '@marquee/core/admin/create-admin'
import { decideAdminRequest } from '@marquee/core/admin/decide-admin-request'
import { deleteUser } from '@marquee/core/admin/delete-user'
import { listUsers } from '@marquee/core/admin/list-users'
import { registerAsAdmin } from '@marquee/core/admin/register-as-admin'
import { loginAdmin } from '@marquee/core/auth/login-admin'
import { sendOtp } from '@marquee/core/auth/otp/send-otp'
import { verifyOtp } from '@marquee/core/auth/otp/verify-otp'
import { createMovie } from '@marquee/core/catalog/create-movie'
import { deleteMovie } from '@marquee/core/catalog/delete-movie'
import { listMovies } from '@marquee/core/catalog/list-movies'
import { updateMovie } from '@marquee/core/catalog/update-movie'
import { z } from 'zod'
import { networkOf, originOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'
import { OldProof, OldSession, toOldSession } from './old-sessions.ts'

/** The form of OAuth2's password grant. */
const OldLogin = z.object({ username: Text(254).min(1), password: Verbatim(72).min(1) })
const OldAdminSession = OldSession.extend({ role: z.string(), email: z.string().nullable(), message: z.string() })
/** Without a proof a code is sent, with one the account is made: the original's first step and its last. */
const OldRegister = z.object({
  name: RegisterBody.shape.name,
  email: Email,
  password: RegisterBody.shape.password,
  phone: Phone.optional(),
  organisation: AdminRequestBody.shape.organisation.optional(),
  message: AdminRequestBody.shape.message.optional(),
  proof: OldProof,
})
const OldSent = z.object({ message: z.string(), challenge_id: z.string(), expires_at: z.string() })
const OldRegistered = OldSession.extend({ message: z.string(), request_id: z.string() })
const OldVerify = z.object({ challenge_id: z.uuid('send the challenge_id that register answered with'), otp: OtpCode })
const OldVerified = z.object({ detail: z.string(), proof: z.string(), expires_at: z.string() })
const OldAdmin = CreateAdminBody.omit({ theatreIds: true }).extend({ theatre_ids: CreateAdminBody.shape.theatreIds })
const OldUsers = z.object({ users: UserList.shape.items, total: z.int() })
const Detail = z.object({ detail: z.string() })

const params = z.object({ id: Id })
const hide = true

/** Mounted at /api: CineVerse's admins and superadmins, on the addresses its panel calls. */
export const cineverseAdminRoutes: Routes = async (app, { ctx }) => {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  const open = { ...limit('auth'), access: 'public', badToken: 'ignore' } as const

  for (const area of ['admin', 'superadmin'] as const) {
    app.post(
      `/${area}/login`,
      { config: open, schema: { hide, body: OldLogin, response: { 200: OldAdminSession } } },
      async (request) => {
        const { username: identifier, password } = request.body
        const from = { network: networkOf(request), userAgent: request.headers['user-agent'] }
        const opened = await loginAdmin(ctx, { identifier, password, area, ...from })
        const { role, email } = opened.session.user
        return { ...toOldSession(opened, ctx.clock.now()), role, email, message: 'Admin login successful' }
      },
    )

    app.get(
      `/${area}/movies`,
      {
        config: { access: 'public' },
        schema: { hide, querystring: MovieListQuery, response: { 200: MovieList } },
      },
      async ({ query }) => listMovies(ctx, query),
    )
    app.post(
      `/${area}/movies`,
      { config: { access: 'movie.write' }, schema: { hide, body: MovieWrite, response: { 201: MovieWritten } } },
      async (request, reply) => {
        const { actor, body } = request
        return reply.code(201).send(await createMovie(ctx, { actor, movie: body, origin: originOf(request) }))
      },
    )
    app.put(
      `/${area}/movies/:id`,
      {
        config: { access: 'movie.write' },
        schema: { hide, params, body: MoviePatch, response: { 200: MovieWritten } },
      },
      async (request) => {
        const { actor, params, body } = request
        return updateMovie(ctx, { actor, id: params.id, patch: body, origin: originOf(request) })
      },
    )
    app.delete(
      `/${area}/movies/:id`,
      { config: { access: 'movie.write' }, schema: { hide, params, response: { 200: MovieWritten } } },
      async (request) => deleteMovie(ctx, { actor: request.actor, id: request.params.id, origin: originOf(request) }),
    )
  }

  app.post(
    '/admin/register',
    { config: open, schema: { hide, body: OldRegister, response: { 201: OldRegistered, 202: OldSent } } },
    async (request, reply) => {
      const { organisation, message = '', proof, ...person } = request.body
      if (!proof) {
        const body = { purpose: 'register', email: person.email } as const
        const sent = await sendOtp(ctx, { actor: request.actor, body, network: networkOf(request) })
        const told = { message: 'OTP sent', challenge_id: sent.challengeId, expires_at: sent.expiresAt }
        return reply.code(202).send(told)
      }
      const userAgent = request.headers['user-agent']
      const { opened, request: asked } = await registerAsAdmin(ctx, {
        person: { ...person, proof, userAgent },
        organisation: organisation ?? person.name,
        message,
        origin: originOf(request),
      })
      const session = toOldSession(opened, ctx.clock.now())
      return reply.code(201).send({ ...session, message: 'Request sent to the superadmin', request_id: asked.id })
    },
  )

  app.post(
    '/admin/verify-otp',
    { config: open, schema: { hide, body: OldVerify, response: { 200: OldVerified } } },
    async ({ body }) => {
      const { proof, expiresAt } = await verifyOtp(ctx, { challengeId: body.challenge_id, code: body.otp })
      return { detail: 'OTP verified', proof, expires_at: expiresAt }
    },
  )

  app.post(
    '/superadmin/create-admin',
    {
      config: { ...limit('auth'), access: 'user.create-admin' },
      schema: { hide, body: OldAdmin, response: { 201: Detail.extend({ id: z.string() }) } },
    },
    async (request, reply) => {
      const { theatre_ids: theatreIds, ...person } = request.body
      const input = { actor: request.actor, admin: { ...person, theatreIds }, origin: originOf(request) }
      const { id } = await createAdmin(ctx, input)
      return reply.code(201).send({ detail: 'Admin created', id })
    },
  )

  // The original let anybody read the second of these.
  for (const path of ['/superadmin/users', '/user/users'])
    app.get(
      path,
      { config: { access: 'user.list' }, schema: { hide, querystring: UserQuery, response: { 200: OldUsers } } },
      async ({ actor, query }) => {
        const { items, total } = await listUsers(ctx, { actor, query })
        return { users: items, total }
      },
    )

  app.delete(
    '/superadmin/users/:id',
    { config: { access: 'user.delete' }, schema: { hide, params, response: { 200: Detail } } },
    async (request) => {
      const { actor, params } = request
      const { revocations } = app.tokens
      await deleteUser({ ...ctx, revocations }, { actor, userId: params.id, origin: originOf(request) })
      return { detail: 'User deleted' }
    },
  )

  app.post(
    '/superadmin/approve-admin-request/:id',
    {
      config: { access: 'admin-request.decide' },
      schema: {
        hide,
        params,
        body: z.object({ theatre_ids: CreateAdminBody.shape.theatreIds }).nullish(),
        response: { 200: Detail },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      const decision = { approve: true, note: '', theatreIds: body?.theatre_ids ?? [] }
      await decideAdminRequest(ctx, { actor, id: params.id, decision, origin: originOf(request) })
      return { detail: 'Admin request approved' }
    },
  )
}
