import { AlertToken, Unsubscribed, UnsubscribeQuery } from '@marquee/contracts/alert-links'
import {
  AlertCreated,
  AlertFilmList,
  AlertFilmQuery,
  AlertList,
  AlertOptions,
  AlertOptionsQuery,
  AlertParams,
  AlertView,
  CreateAlertBody,
  SnoozeBody,
  TestAlertBody,
  TestAlertResult,
  UpdateAlertBody,
} from '@marquee/contracts/alerts'
import { PageQuery } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import type { AlertAsker } from '@marquee/core/alerts/alert-owner'
import { answerAlert } from '@marquee/core/alerts/answer-alert'
import { createAlert } from '@marquee/core/alerts/create-alert'
import { deleteAlert } from '@marquee/core/alerts/delete-alert'
import { deleteAllAlerts } from '@marquee/core/alerts/delete-all-alerts'
import { getAlert } from '@marquee/core/alerts/get-alert'
import { getAlertOptions } from '@marquee/core/alerts/get-alert-options'
import { listAlertFilms } from '@marquee/core/alerts/list-alert-films'
import { listAlerts } from '@marquee/core/alerts/list-alerts'
import { pauseAlert } from '@marquee/core/alerts/pause-alert'
import { postponeAlert } from '@marquee/core/alerts/postpone-alert'
import { readUnsubscribeLink } from '@marquee/core/alerts/read-unsubscribe-link'
import { rearmAlert } from '@marquee/core/alerts/rearm-alert'
import { resumeAlert } from '@marquee/core/alerts/resume-alert'
import { testAlert } from '@marquee/core/alerts/test-alert'
import { unsubscribeAlerts } from '@marquee/core/alerts/unsubscribe-alerts'
import { updateAlert } from '@marquee/core/alerts/update-alert'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { networkOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const tags = ['alerts']
/** Of an account by its bearer token, of a guest by the token in the links of their mails and texts. */
const TOKEN = 'x-alert-token'
const headers = z.object({ [TOKEN]: AlertToken.optional() })
const askerOf = ({ actor, headers }: Pick<FastifyRequest, 'actor' | 'headers'>): AlertAsker => {
  const token = headers[TOKEN]
  return { actor, token: typeof token === 'string' ? token : undefined }
}

/** Mounted at /api/alerts: who waits for which film, and what they were told. */
export const alertRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/films',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Films of a city that can be waited for, of the catalogue and of watched sites, upcoming first',
        querystring: AlertFilmQuery,
        response: { 200: AlertFilmList },
      },
    },
    async ({ query }) => listAlertFilms(ctx, query),
  )

  app.get(
    '/options',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'What the form needs: theatres, formats, countries, the words that are agreed to',
        querystring: AlertOptionsQuery,
        response: { 200: AlertOptions },
      },
    },
    async ({ query }) => getAlertOptions(ctx, query),
  )

  app.post(
    '',
    {
      config: { ...limit('auth'), access: 'public' },
      schema: {
        tags,
        summary: 'Wait for a film; the same person, film and city again changes the one that is there (200)',
        headers,
        body: CreateAlertBody,
        response: { 200: AlertCreated, 201: AlertCreated, 409: ErrorBody, 410: ErrorBody },
      },
    },
    async (request, reply) => {
      const { created, ...answer } = await createAlert(ctx, {
        asker: askerOf(request),
        body: request.body,
        network: networkOf(request),
      })
      return reply
        .code(created ? 201 : 200)
        .header('cache-control', 'no-store')
        .send(answer)
    },
  )

  app.get(
    '',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'One’s alerts, newest first, with where each is watched and what it told',
        headers,
        querystring: PageQuery,
        response: { 200: AlertList },
      },
    },
    async (request) => listAlerts(ctx, { asker: askerOf(request), query: request.query }),
  )

  app.get(
    '/:alertId',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'One alert', headers, params: AlertParams, response: { 200: AlertView } },
    },
    async (request) => getAlert(ctx, { asker: askerOf(request), ...request.params }),
  )

  app.patch(
    '/:alertId',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'Change it; what is left out stays. A new way to be told needs its consent',
        headers,
        params: AlertParams,
        body: UpdateAlertBody,
        response: { 200: AlertView },
      },
    },
    async (request) =>
      updateAlert(ctx, {
        asker: askerOf(request),
        ...request.params,
        body: request.body,
        network: networkOf(request),
      }),
  )

  for (const [what, summary, verb] of [
    ['pause', 'Nothing is watched for it and nobody told until it is resumed', pauseAlert],
    ['resume', 'Wait on after a pause', resumeAlert],
    ['rearm', 'Watch again, after it told or was on sale already', rearmAlert],
    ['acknowledge', '“I know”: what is being told stops on every channel', answerAlert],
  ] as const)
    app.post(
      `/:alertId/${what}`,
      {
        config: { access: 'person' },
        schema: { tags, summary, headers, params: AlertParams, response: { 200: AlertView } },
      },
      async (request) => verb(ctx, { asker: askerOf(request), ...request.params, network: networkOf(request) }),
    )

  app.post(
    '/:alertId/snooze',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: '“Not now”: what is being told is told once more later',
        headers,
        params: AlertParams,
        body: SnoozeBody,
        response: { 200: AlertView, 409: ErrorBody },
      },
    },
    async (request) => postponeAlert(ctx, { asker: askerOf(request), ...request.params, ...request.body }),
  )

  app.post(
    '/:alertId/test',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'Really send one message in the way that was chosen; three a day on each',
        headers,
        params: AlertParams,
        body: TestAlertBody,
        response: { 200: TestAlertResult, 409: ErrorBody },
      },
    },
    async (request) => testAlert(ctx, { asker: askerOf(request), ...request.params, ...request.body }),
  )

  app.delete(
    '',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'End all of one’s alerts, and forget the numbers and addresses behind them',
        headers,
        response: { 200: z.object({ deleted: z.int() }) },
      },
    },
    async (request) => deleteAllAlerts(ctx, { asker: askerOf(request) }),
  )

  app.delete(
    '/:alertId',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'End it, and forget who asked',
        headers,
        params: AlertParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteAlert(ctx, { asker: askerOf(request), ...request.params })
      return reply.code(204).send(null)
    },
  )

  // What mail programs send for their button is a form of one fixed line: there is nothing in it to read.
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'string', bodyLimit: 1_024 },
    (_request, _body, done) => done(null, undefined),
  )
  app.post(
    '/unsubscribe',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'One click: nothing more to this address on this channel. Twice is once',
        querystring: UnsubscribeQuery,
        response: { 200: Unsubscribed },
      },
    },
    async ({ query }) => unsubscribeAlerts(ctx, { token: query.t }),
  )
  app.get(
    '/unsubscribe/whose',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'What such a link would stop, and where; it changes nothing',
        querystring: UnsubscribeQuery,
        response: { 200: Unsubscribed },
      },
    },
    async ({ query }) => {
      const { channel, sentTo } = await readUnsubscribeLink(ctx, { token: query.t })
      return { channel, sentTo }
    },
  )
  app.get(
    '/unsubscribe',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The page with the button: a link that is only opened, by a person or a scanner, changes nothing',
        querystring: UnsubscribeQuery,
        response: { 303: z.null() },
      },
    },
    async ({ query }, reply) =>
      reply
        .code(303)
        .header('location', `${ctx.config.http.publicBaseUrl}/alerts/unsubscribe?t=${encodeURIComponent(query.t)}`)
        .send(null),
  )
}
