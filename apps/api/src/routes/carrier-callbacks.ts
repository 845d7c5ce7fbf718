import { Id, Text } from '@marquee/contracts/common'
import { answerCall } from '@marquee/core/alerts/delivery/answer-call'
import { hangUpOnMachine } from '@marquee/core/alerts/delivery/hang-up-on-machine'
import { pressKey } from '@marquee/core/alerts/delivery/press-key'
import { receiveCallEvent } from '@marquee/core/alerts/delivery/receive-call-event'
import { receiveInboundSms } from '@marquee/core/alerts/delivery/receive-inbound-sms'
import { receiveSmsReceipt } from '@marquee/core/alerts/delivery/receive-sms-receipt'
import { AppError, notFound } from '@marquee/core/errors'
import { BadCarrierSignature, type CarrierRequest } from '@marquee/providers/carriers/carrier-request'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const Provider = Text(20)
const CallParams = z.object({ provider: Provider, attemptId: Id })
const signed = { ...limit('webhook'), badToken: 'ignore', access: 'signed' } as const
const tags = ['carriers']

/**
 * What carriers tell us, mounted at /api. Believed by its signature alone, over the fields as they came and the address as
 * the carrier knows it. Whatever is signed is acknowledged, also what we do not know: the carrier would only repeat it.
 */
export const carrierCallbackRoutes: Routes = async (app, { ctx }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onError', async (request, reply, error) => {
    const { code, name } = error as { code?: string; name: string }
    request.log.warn(
      { reason: code ?? name, ip: request.ip, status: reply.statusCode },
      'callback of a carrier refused',
    )
  })

  const asCarrierRequest = (request: FastifyRequest): CarrierRequest => {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const url = `${ctx.config.http.publicBaseUrl}${request.raw.url ?? ''}`
    return {
      method: request.method,
      url,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
      params: Object.fromEntries(new URLSearchParams(rawBody.toString('utf8'))),
      rawBody,
    }
  }
  const callEvent = (request: FastifyRequest, provider: string) => {
    const caller = ctx.voice.carrier(provider)
    if (!caller) throw notFound('carrier')
    return { caller, event: believed(() => caller.readEvent(asCarrierRequest(request))) }
  }
  const textCarrier = (provider: string) => {
    const carrier = ctx.sms.carrier(provider)
    if (!carrier) throw notFound('carrier')
    return carrier
  }
  /** An empty answer: there is nothing to say to a message. */
  const noted = (reply: FastifyReply) => reply.code(204).send(null)

  app.post(
    '/voice/:provider/answer/:attemptId',
    { config: signed, schema: { tags, summary: 'Somebody picked up: what is said to them', params: CallParams } },
    async (request, reply) => {
      const { provider, attemptId } = request.params
      const { caller, event } = callEvent(request, provider)
      const { contentType, body } = caller.answer(await answerCall(ctx, { provider, attemptId, event }))
      return reply.type(contentType).serializer(String).send(body)
    },
  )

  app.post(
    '/voice/:provider/keys/:attemptId',
    { config: signed, schema: { tags, summary: 'A key was pressed', params: CallParams } },
    async (request, reply) => {
      const { provider, attemptId } = request.params
      const { caller, event } = callEvent(request, provider)
      const { contentType, body } = caller.answer(await pressKey(ctx, { provider, attemptId, event }))
      return reply.type(contentType).serializer(String).send(body)
    },
  )

  app.post(
    '/voice/:provider/status/:attemptId',
    {
      config: signed,
      schema: { tags, summary: 'How a call stands', params: CallParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { provider, attemptId } = request.params
      const { event } = callEvent(request, provider)
      await receiveCallEvent(ctx, { provider, attemptId, event })
      await hangUpOnMachine(ctx, { provider, event })
      return noted(reply)
    },
  )

  app.post(
    '/sms/:provider/status',
    {
      config: signed,
      schema: {
        tags,
        summary: 'What became of a text',
        params: z.object({ provider: Provider }),
        querystring: z.object({ attempt: Id.optional() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { provider } = request.params
      const carrier = textCarrier(provider)
      const receipt = believed(() => carrier.readReceipt(asCarrierRequest(request)))
      await receiveSmsReceipt(ctx, { provider, attemptId: request.query.attempt, receipt })
      return noted(reply)
    },
  )

  app.post(
    '/sms/:provider/inbound',
    {
      config: signed,
      schema: {
        tags,
        summary: 'Somebody wrote to our number: STOP, START',
        params: z.object({ provider: Provider }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { provider } = request.params
      const carrier = textCarrier(provider)
      const message = believed(() => carrier.readInbound(asCarrierRequest(request)))
      await receiveInboundSms(ctx, { provider, message })
      return noted(reply)
    },
  )
}

/** @throws AppError BAD_SIGNATURE when it is not the carrier's, VALIDATION when it is and cannot be read */
function believed<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof BadCarrierSignature) throw new AppError('BAD_SIGNATURE', 'signature missing or wrong')
    if (error instanceof z.ZodError) throw new AppError('VALIDATION', 'not a message of this carrier')
    throw error
  }
}
