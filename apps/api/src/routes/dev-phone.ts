import {
  CarrierId,
  DevCall,
  DevCallList,
  DevCallQuery,
  type DevText,
  DevTextList,
  PressKeyBody,
  ReplyToTextBody,
} from '@marquee/contracts/carrier'
import { PageQuery } from '@marquee/contracts/common'
import { AppError } from '@marquee/core/errors'
import type { CarrierSimulator } from '@marquee/providers/carrier-simulator/simulator'
import type { CarrierCall, CarrierMessage } from '@marquee/providers/carrier-simulator/view'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const tags = ['dev']
const params = z.object({ id: CarrierId })
const time = (at: number) => new Date(at).toISOString()
const timeOrNull = (at: number | null) => (at === null ? null : time(at))

const viewOf = (call: CarrierCall): DevCall => ({
  ...call,
  placedAt: time(call.placedAt),
  ringingAt: timeOrNull(call.ringingAt),
  ringsUntil: timeOrNull(call.ringsUntil),
  answeredAt: timeOrNull(call.answeredAt),
  endedAt: timeOrNull(call.endedAt),
  said: call.said.map((words) => ({ ...words, at: time(words.at) })),
  keys: call.keys.map((pressed) => ({ ...pressed, at: time(pressed.at) })),
  receipts: call.receipts.map((receipt) => ({ ...receipt, at: timeOrNull(receipt.at) })),
})

const textOf = ({ placedAt, receipts, ...text }: CarrierMessage): DevText => ({
  ...text,
  placedAt: time(placedAt),
  receipts: receipts.map((receipt) => ({ ...receipt, at: timeOrNull(receipt.at) })),
})

/** The phones that the development carrier rings, for whoever holds one: never there in production. */
export const devPhoneRoutes: Routes<{ carrier: CarrierSimulator }> = async (app, { carrier }) => {
  app.get(
    '/calls',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Calls of the development carrier, newest first',
        querystring: DevCallQuery,
        response: { 200: DevCallList },
      },
    },
    async ({ query: { to, limit, offset } }) => {
      const { items, total } = carrier.calls({ limit, offset, ...(to !== undefined && { to }) })
      return { items: items.map(viewOf), total, limit, offset }
    },
  )

  /** @throws AppError NOT_FOUND, or CONFLICT when the call is not as it must be for that */
  function done(id: string, call: CarrierCall | undefined): DevCall {
    if (call) return viewOf(call)
    if (!carrier.call(id)) throw new AppError('NOT_FOUND', 'There is no such call.')
    throw new AppError('CONFLICT', 'The call is not at that point.')
  }

  const acts = [
    ['answer', 'Pick up a phone that rings', carrier.answerCall],
    ['decline', 'Decline a call that rings', carrier.declineCall],
    ['hang-up', 'Hang up', carrier.hangUpByPerson],
  ] as const
  for (const [name, summary, act] of acts)
    app.post(
      `/calls/:id/${name}`,
      { config: { access: 'public' }, schema: { tags, summary, params, response: { 200: DevCall } } },
      async ({ params: { id } }) => done(id, act(id)),
    )

  app.post(
    '/calls/:id/press',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Press a key of a phone that was answered',
        params,
        body: PressKeyBody,
        response: { 200: DevCall },
      },
    },
    async ({ params: { id }, body }) => done(id, carrier.pressKey(id, body.key)),
  )

  app.get(
    '/texts',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Texts of the development carrier, newest first',
        querystring: PageQuery,
        response: { 200: DevTextList },
      },
    },
    async ({ query: { limit, offset } }) => {
      const { items, total } = carrier.messages({ limit, offset })
      return { items: items.map(textOf), total, limit, offset }
    },
  )

  app.post(
    '/texts/:id/reply',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Write back to a text, as the owner of its phone', params, body: ReplyToTextBody },
    },
    async ({ params: { id }, body }, reply) => {
      if (!carrier.replyTo(id, body.text)) throw new AppError('NOT_FOUND', 'There is no such text.')
      return reply.code(204).send()
    },
  )
}
