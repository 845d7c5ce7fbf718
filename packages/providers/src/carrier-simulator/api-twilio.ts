import { talkSeconds, wordFor } from './callback-fields.ts'
import type { CallRow, MessageRow } from './ledger.ts'
import { Refused, readTwilioCall, readTwilioMessage } from './orders.ts'
import type { SimulatorRequest, SimulatorResponse } from './simulator.ts'
import { callsTo, endByRequest, takeCall, takeMessage } from './take-request.ts'
import { accountSidOf, type World } from './world.ts'

const json = (status: number, body: object): SimulatorResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Twilio's own form of a refusal. */
export const refuseTwilio = ({ status, message, code }: Refused): SimulatorResponse =>
  json(status, {
    code: code || (status === 401 ? 20_003 : 20_000 + status),
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  })

/** `/2010-04-01/Accounts/{sid}/…`, below the account. @throws Refused */
export function handleTwilio(world: World, request: SimulatorRequest, path: string): SimulatorResponse {
  const [, kind = '', file = ''] = path.split('/')
  const id = file.replace(/\.json$/, '')
  const form = new URLSearchParams(request.body)
  const route = `${request.method} ${kind}${id ? '/:id' : ''}`
  if (route === 'POST Calls.json') return json(201, callEntity(world, takeCall(world, 'twilio', readTwilioCall(form))))
  if (route === 'POST Messages.json')
    return json(201, messageEntity(world, takeMessage(world, 'twilio', readTwilioMessage(form))))
  if (route === 'GET Calls.json') {
    const size = Math.min(1_000, Number(request.query.get('PageSize') ?? 50))
    const calls = callsTo(world, 'twilio', request.query.get('To'), size)
    return json(200, { calls: calls.map((call) => callEntity(world, call)), page: 0, page_size: size })
  }
  const missing = new Refused(404, `The requested resource ${request.path} was not found`, 20_404)
  const message = kind === 'Messages' ? world.ledger.message(id) : undefined
  if (route === 'GET Messages/:id' && message?.wire === 'twilio') return json(200, messageEntity(world, message))
  const call = kind === 'Calls' ? world.ledger.call(id) : undefined
  if (call?.wire !== 'twilio') throw missing
  if (route === 'GET Calls/:id') return json(200, callEntity(world, call))
  if (route !== 'POST Calls/:id') throw missing
  if (!['completed', 'canceled'].includes(form.get('Status') ?? ''))
    throw new Refused(400, 'Invalid Call status. Valid values are canceled and completed', 21_218)
  if (!endByRequest(world, call)) throw new Refused(400, 'Call is not in-progress. Cannot redirect.', 21_220)
  return json(200, callEntity(world, world.ledger.call(id)!))
}

const time = (at: number | null) => (at === null ? null : new Date(at).toUTCString().replace('GMT', '+0000'))

const callEntity = (world: World, call: CallRow) => ({
  sid: call.id,
  account_sid: accountSidOf(world),
  api_version: '2010-04-01',
  from: call.caller,
  to: call.number,
  direction: 'outbound-api',
  status: wordFor(call),
  answered_by: call.answered_by === 'machine' ? 'machine_start' : call.answered_by,
  date_created: time(call.placed_at),
  date_updated: time(call.ended_at ?? call.placed_at),
  start_time: time(call.ringing_at),
  end_time: time(call.ended_at),
  duration: call.ended_at === null ? null : String(talkSeconds(call)),
  price: null,
  uri: `/2010-04-01/Accounts/${accountSidOf(world)}/Calls/${call.id}.json`,
})

const messageEntity = (world: World, message: MessageRow) => ({
  sid: message.id,
  account_sid: accountSidOf(world),
  api_version: '2010-04-01',
  from: message.sender,
  to: message.number,
  body: message.text,
  direction: 'outbound-api',
  status: message.status,
  date_created: time(message.placed_at),
  error_code: null,
  num_segments: '1',
  uri: `/2010-04-01/Accounts/${accountSidOf(world)}/Messages/${message.id}.json`,
})
