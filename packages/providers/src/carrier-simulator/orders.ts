import type { CarrierName } from '../carriers/carrier-request.ts'

/** What a request for a call asks for, whichever protocol it came in. */
export type CallOrder = {
  answerUrl: string
  answerMethod: string
  /** Where each kind of news goes; none where nobody asked for it. */
  ringUrl?: string
  endUrl?: string
  machineUrl?: string
  /** Twilio's: which news is wanted at `endUrl`. */
  events: string[]
  /** What is done about an answering machine: nothing, it is told, or the call is ended as well. */
  machine: 'ignored' | 'told' | 'ended'
  ringSeconds: number
  limitSeconds: number
}
export type Order = { from: string; to: string; order: CallOrder }
export type MessageOrder = { from: string; to: string; text: string; statusUrl?: string; template?: string }

/** Thrown for a request the vendor would refuse: its HTTP status, and its own code where it has one. */
export class Refused extends Error {
  readonly status: number
  readonly code: number
  constructor(status: number, message: string, code = 0) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

export type Fields = Partial<{ [name: string]: string }>
const E164 = /^\+?[1-9]\d{6,14}$/

/** With its plus, whichever way it was written. */
export const plus = (number: string) => `+${number.replace(/^\+/, '')}`

export function readPlivoCall(body: Fields): Order {
  const need = (name: string) => body[name] || refuse(400, `${name} parameter is missing`)
  const to = need('to')
  const from = need('from')
  if (!E164.test(from)) refuse(400, 'from parameter is not a valid phone number')
  if (!E164.test(to)) refuse(400, `${to} is not a valid phone number`)
  const order: CallOrder = {
    answerUrl: address(need('answer_url'), 'answer_url'),
    answerMethod: body.answer_method ?? 'POST',
    ...(body.ring_url && { ringUrl: address(body.ring_url, 'ring_url') }),
    ...(body.hangup_url && { endUrl: address(body.hangup_url, 'hangup_url') }),
    ...(body.machine_detection_url && { machineUrl: address(body.machine_detection_url, 'machine_detection_url') }),
    events: [],
    machine: body.machine_detection === 'hangup' ? 'ended' : body.machine_detection === 'true' ? 'told' : 'ignored',
    ringSeconds: whole(body.ring_timeout, 120),
    limitSeconds: whole(body.time_limit, 14_400),
  }
  return { from: plus(from), to: plus(to), order }
}

export function readTwilioCall(form: URLSearchParams): Order {
  const to = form.get('To') || refuse(400, "No 'To' number is specified", 21_201)
  const from = form.get('From') || refuse(400, "No 'From' number is specified", 21_213)
  if (!E164.test(from)) refuse(400, `The source phone number provided, ${from}, is not valid.`, 21_212)
  if (!E164.test(to)) refuse(400, `The phone number you are attempting to call, ${to}, is not valid.`, 21_211)
  const url = form.get('Url') || refuse(400, 'Url parameter is required.', 21_205)
  const statusUrl = form.get('StatusCallback')
  const machineUrl = form.get('AsyncAmdStatusCallback')
  const detects = form.has('MachineDetection')
  const events = form.getAll('StatusCallbackEvent')
  const order: CallOrder = {
    answerUrl: address(url, 'Url', 21_205),
    answerMethod: form.get('Method') ?? 'POST',
    ...(statusUrl && { endUrl: address(statusUrl, 'StatusCallback', 21_609) }),
    ...(detects && machineUrl && { machineUrl: address(machineUrl, 'AsyncAmdStatusCallback', 21_609) }),
    events: events.length > 0 ? events : ['completed'],
    machine: detects ? 'told' : 'ignored',
    ringSeconds: whole(form.get('Timeout'), 60),
    limitSeconds: whole(form.get('TimeLimit'), 14_400),
  }
  return { from, to, order }
}

export function readPlivoMessage(body: Fields): MessageOrder {
  const from = body.src || refuse(400, 'src parameter is missing')
  const to = body.dst || refuse(400, 'dst parameter is missing')
  const text = body.text || refuse(400, 'text parameter is missing')
  if (!E164.test(to)) refuse(400, `${to} is not a valid phone number`)
  if (Boolean(body.dlt_entity_id) !== Boolean(body.dlt_template_id))
    refuse(400, 'dlt_entity_id and dlt_template_id come together')
  return {
    from,
    to: plus(to),
    text,
    ...(body.url && { statusUrl: address(body.url, 'url') }),
    ...(body.dlt_template_id && { template: body.dlt_template_id }),
  }
}

export function readTwilioMessage(form: URLSearchParams): MessageOrder {
  const to = form.get('To') || refuse(400, "A 'To' phone number is required.", 21_604)
  const text = form.get('Body') || refuse(400, 'Message body is required.', 21_602)
  const from =
    form.get('From') ?? form.get('MessagingServiceSid') ?? refuse(400, "A 'From' number is required.", 21_603)
  if (!E164.test(to)) refuse(400, `The 'To' number ${to} is not a valid phone number.`, 21_211)
  const statusUrl = form.get('StatusCallback')
  return { from, to, text, ...(statusUrl && { statusUrl: address(statusUrl, 'StatusCallback', 21_609) }) }
}

export const isInvalid = (carrier: CarrierName, to: string): Refused =>
  carrier === 'plivo'
    ? new Refused(400, `${to} is not a valid phone number`)
    : new Refused(400, `The phone number you are attempting to call, ${to}, is not valid.`, 21_211)

function refuse(status: number, message: string, code?: number): never {
  throw new Refused(status, message, code)
}

function address(text: string, name: string, code?: number): string {
  const url = URL.parse(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) refuse(400, `${name} is not a valid URL`, code)
  return text
}

function whole(text: string | null | undefined, usual: number): number {
  const value = text ? Number(text) : usual
  if (!Number.isInteger(value) || value < 1) refuse(400, `${text} is not a number of seconds`)
  return value
}
