import { Text } from '@marquee/contracts/common'
import { listListedTitles } from '@marquee/core/alerts/list-listed-titles'
import { requestAlert } from '@marquee/core/alerts/request-alert'
import { AppError } from '@marquee/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { STATUS, sendError } from '../../plugins/errors.ts'
import { networkOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'

const InCity = z.object({ city: Text(60).min(1) })
const Titles = z.array(z.string())
/** `frequency` was a field of an older form; how often we look is not the caller's to say. */
const Monitor = z.object({
  name: Text(80).min(1, 'enter your name'),
  phoneNumber: Text(40).min(1, 'enter your phone number'),
  movie: Text(300).min(1, 'choose a film'),
  city: Text(60).min(1, 'choose a city'),
  frequency: z.unknown().optional(),
})

/** egareye's lists of titles by city, of our own catalogue and of the sites we may watch, and its form. */
export const egareyeRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/allmovies/:city',
    {
      config: { access: 'public' },
      schema: { hide: true, params: InCity, response: { 200: z.object({ all_movies: Titles }) } },
    },
    async ({ params }) => ({ all_movies: await listListedTitles(ctx, { ...params, status: 'all' }) }),
  )
  app.get(
    '/running/:city',
    {
      config: { access: 'public' },
      schema: { hide: true, params: InCity, response: { 200: z.object({ running_movies: Titles }) } },
    },
    async ({ params }) => ({ running_movies: await listListedTitles(ctx, { ...params, status: 'running' }) }),
  )
  app.get(
    '/upcoming/:city',
    {
      config: { access: 'public' },
      schema: { hide: true, params: InCity, response: { 200: z.object({ upcoming_movies: Titles }) } },
    },
    async ({ params }) => ({ upcoming_movies: await listListedTitles(ctx, { ...params, status: 'upcoming' }) }),
  )
  app.post(
    '/monitor',
    {
      config: { ...limit('auth'), access: 'public' },
      schema: { hide: true, body: Monitor, response: { 200: z.object({ message: z.string() }) } },
      errorHandler: sendOldError,
    },
    async (request) => requestAlert(ctx, { request: request.body, network: networkOf(request) }),
  )
}

/** What the form itself can be refused for. */
const REFUSALS = ['VALIDATION', 'NOT_FOUND', 'CONFLICT', 'RATE_LIMITED']

/** Its clients know a failure of the form as one sentence. */
function sendOldError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = error instanceof AppError && REFUSALS.includes(error.code) ? error : null
  const sentence = refusal?.message ?? invalidField(error)
  if (sentence === null) return sendError(error, request, reply)
  const status = STATUS[refusal?.code ?? 'VALIDATION']
  const body = JSON.stringify({ error: sentence })
  void reply.code(status).type('application/json; charset=utf-8').serializer(String).send(body)
}

/** "phoneNumber: enter your phone number"; null when it is no refusal of the form. */
function invalidField(error: unknown): string | null {
  const [first] = (error as { validation?: { instancePath: string; message?: string }[] }).validation ?? []
  return first ? `${first.instancePath.slice(1) || 'body'}: ${first.message ?? 'is not valid'}` : null
}
