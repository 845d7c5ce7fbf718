import { addressFor } from '../carriers/carrier-request.ts'
import { type CallNews, inboundFields, messageFields, plivoCallFields, twilioCallFields } from './callback-fields.ts'
import type { CallRow, MessageRow } from './ledger.ts'
import type { CallOrder, MessageOrder } from './orders.ts'
import { personaOf } from './personas.ts'
import { accountSidOf, newId, type World } from './world.ts'

const INSERT = `INSERT INTO callbacks (subject, subject_id, wire, event, url, fields, copies, position, held, next_at, home)
  VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) + 1 FROM callbacks), ?, ?, ?)`

/** Writes down that somebody wants to know; the sender sends it when its time has come. */
export function tellOfCall(world: World, call: CallRow, news: CallNews, afterMs = 0): void {
  const persona = personaOf(call.number)
  const order = JSON.parse(call.request) as CallOrder
  const url = wantedAt(call, order, news)
  if (!url || persona.silent) return
  const { ledger } = world
  const sequence = ledger.one<{ n: number }>(
    `SELECT count(*) AS n FROM callbacks WHERE subject_id = ? AND event NOT IN ('machine', 'human')`,
    call.id,
  )!.n
  const details = { accountSid: accountSidOf(world), sequence, at: world.now() }
  const fields = call.wire === 'plivo' ? plivoCallFields(call, news) : twilioCallFields(call, news, details)
  const held = persona.reversed && call.state !== 'ended' ? 1 : 0
  const due = world.after(afterMs)
  ledger.run(
    INSERT,
    'call',
    call.id,
    call.wire,
    news,
    url,
    JSON.stringify(fields),
    persona.copies ?? 1,
    held,
    due,
    call.home,
  )
  // It is over: what was held back comes now, the last one first.
  if (persona.reversed && call.state === 'ended')
    ledger.run('UPDATE callbacks SET held = 0, position = -position, next_at = ? WHERE subject_id = ?', due, call.id)
}

function wantedAt({ wire }: CallRow, order: CallOrder, news: CallNews): string | undefined {
  if (news === 'machine') return order.machineUrl
  if (news === 'human') return wire === 'twilio' ? order.machineUrl : undefined
  if (wire === 'twilio') return order.events.includes(news) ? order.endUrl : undefined
  return news === 'ringing' ? order.ringUrl : news === 'completed' ? order.endUrl : undefined
}

export function tellOfMessage(world: World, message: MessageRow, status: string): void {
  const persona = personaOf(message.number)
  const { statusUrl } = JSON.parse(message.request) as MessageOrder
  if (!statusUrl || persona.silent) return
  const fields = JSON.stringify(messageFields(message, status, accountSidOf(world)))
  const { id, wire } = message
  const held = persona.reversed && status !== 'delivered' ? 1 : 0
  const due = world.now()
  world.ledger.run(INSERT, 'message', id, wire, status, statusUrl, fields, persona.copies ?? 1, held, due, message.home)
  if (persona.reversed && status === 'delivered')
    world.ledger.run('UPDATE callbacks SET held = 0, position = -position, next_at = ? WHERE subject_id = ?', due, id)
}

/** The phone writes back. */
export function tellOfReply(world: World, message: MessageRow, text: string): void {
  if (!world.inboundUrl) return
  const fields = inboundFields(message, newId(message.wire, 'SM'), text, accountSidOf(world))
  const url = addressFor(message.wire, world.inboundUrl)
  world.ledger.run(
    INSERT,
    'message',
    message.id,
    message.wire,
    'reply',
    url,
    JSON.stringify(fields),
    1,
    0,
    world.now(),
    message.home,
  )
}
