import { randomUUID } from 'node:crypto'
import { ENDINGS, plivoTime, talkSeconds, wordFor } from './callback-fields.ts'
import type { CallRow } from './ledger.ts'
import { type Fields, plus, Refused, readPlivoCall, readPlivoMessage } from './orders.ts'
import type { SimulatorRequest, SimulatorResponse } from './simulator.ts'
import { callsTo, endByRequest, takeCall, takeMessage } from './take-request.ts'
import type { World } from './world.ts'

const json = (status: number, body: object): SimulatorResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ api_id: randomUUID(), ...body }),
})
const notFound = () => json(404, { error: 'not found' })

/** Plivo's own form of a refusal. */
export const refusePlivo = ({ status, message }: Refused): SimulatorResponse =>
  status === 401
    ? { status, headers: { 'content-type': 'text/html' }, body: 'Could not verify your access level for that URL.' }
    : json(status, { error: message })

/** `/v1/Account/{id}/…`, below the account. @throws Refused */
export function handlePlivo(world: World, request: SimulatorRequest, path: string): SimulatorResponse {
  const [, kind, id] = path.split('/')
  const route = `${request.method} ${kind}${id ? '/:id' : ''}`
  if (route === 'POST Call') {
    const { id: uuid } = takeCall(world, 'plivo', readPlivoCall(fieldsOf(request)))
    return json(201, { message: 'call fired', request_uuid: uuid })
  }
  if (route === 'POST Message') {
    const { id: uuid } = takeMessage(world, 'plivo', readPlivoMessage(fieldsOf(request)))
    return json(202, { message: 'message(s) queued', message_uuid: [uuid] })
  }
  if (route === 'GET Call') return listCalls(world, request.query)
  if (route === 'GET Message/:id') {
    const message = world.ledger.message(id!)
    return message?.wire === 'plivo'
      ? json(200, { message_uuid: message.id, message_state: message.status, to_number: message.number.slice(1) })
      : notFound()
  }
  const call = kind === 'Call' && id ? world.ledger.call(id) : undefined
  if (call?.wire !== 'plivo') return notFound()
  if (route === 'DELETE Call/:id')
    return endByRequest(world, call) ? { status: 204, headers: {}, body: '' } : notFound()
  if (route !== 'GET Call/:id') return json(405, { error: 'method not allowed' })
  const wanted = request.query.get('status')
  const is = call.state === 'queued' ? 'queued' : call.state === 'ended' ? null : 'live'
  if (wanted !== is) return notFound()
  return json(200, is === null ? record(call) : underWay(call))
}

function listCalls(world: World, query: URLSearchParams): SimulatorResponse {
  const number = query.get('to_number')
  const status = query.get('status')
  const calls = callsTo(world, 'plivo', number === null ? null : plus(number), 200)
  if (status !== null) {
    const wanted = calls.filter(({ state }) =>
      status === 'queued' ? state === 'queued' : state === 'ringing' || state === 'in-progress',
    )
    return json(200, { calls: wanted.map(({ id }) => id) })
  }
  const least = query.get('end_time__gte')
  const from = least === null ? 0 : Date.parse(`${least.replace(' ', 'T')}Z`)
  const limit = Math.min(20, Number(query.get('limit') ?? 20))
  const over = calls.filter(({ ended_at }) => ended_at !== null && ended_at >= from).slice(0, limit)
  return json(200, { meta: { limit, offset: 0, total_count: over.length }, objects: over.map(record) })
}

const underWay = (call: CallRow) => ({
  call_status: wordFor(call),
  call_uuid: call.id,
  request_uuid: call.id,
  direction: 'outbound',
  from: call.caller.slice(1),
  to: call.number.slice(1),
  session_start: `${plivoTime(call.placed_at)}.000000`,
})

const record = (call: CallRow) => {
  const { code, name, source } = ENDINGS[call.ended_as!]
  return {
    call_uuid: call.id,
    call_direction: 'outbound',
    from_number: call.caller.slice(1),
    to_number: call.number.slice(1),
    initiation_time: `${plivoTime(call.placed_at)}+00:00`,
    answer_time: call.answered_at === null ? null : `${plivoTime(call.answered_at)}+00:00`,
    end_time: `${plivoTime(call.ended_at)}+00:00`,
    call_duration: talkSeconds(call),
    bill_duration: talkSeconds(call),
    hangup_cause_code: code,
    hangup_cause_name: name,
    hangup_source: source,
    call_state: call.answered_at === null ? wordFor(call).toUpperCase().replace('-', '_') : 'ANSWERED',
  }
}

function fieldsOf({ body, headers }: SimulatorRequest): Fields {
  if (!headers['content-type']?.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body))
  try {
    const parsed = JSON.parse(body) as Record<string, unknown>
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
  } catch {
    throw new Refused(400, 'the body is no JSON')
  }
}
