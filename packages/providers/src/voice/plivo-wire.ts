import { z } from 'zod'
import type { CallEvent, CallStatus, FoundCall } from './voice-caller.ts'

const Text = z.string().nullish()
const Code = z.union([z.string(), z.number()]).nullish()

export const Fired = z.object({ request_uuid: z.union([z.string().min(1), z.tuple([z.string().min(1)])]) })
/** A call that waits for its turn, or is under way. */
export const UnderWay = z.object({
  call_uuid: Text,
  request_uuid: Text,
  call_status: z.string(),
  to: z.string(),
  session_start: Text,
})
export const UnderWayList = z.object({ calls: z.array(z.string()).nullish() })
/** A call that is over. */
export const Record = z.object({
  call_uuid: z.string().min(1),
  to_number: z.string(),
  initiation_time: Text,
  answer_time: Text,
  end_time: Text,
  bill_duration: Code,
  hangup_cause_code: Code,
})
export const RecordList = z.object({ objects: z.array(Record) })

const STATUSES: Partial<{ [word: string]: CallStatus }> = {
  queued: 'queued',
  ringing: 'ringing',
  'in-progress': 'answered',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  timeout: 'no-answer',
  failed: 'failed',
  cancel: 'cancelled',
}

const INVALID_NUMBER = ['2000', '3050', '3120']
const MACHINE = '9100'
/** How a call that nobody answered ended, by the code of its cause. A call declined is one that was busy. */
const UNANSWERED: Partial<{ [code: string]: CallStatus }> = {
  1000: 'cancelled',
  1010: 'cancelled',
  1020: 'cancelled',
  3000: 'no-answer',
  3010: 'busy',
  3020: 'busy',
  3100: 'busy',
  3110: 'busy',
  6010: 'no-answer',
}

/** The fields of one of Plivo's callbacks. */
export function readPlivoEvent(fields: Partial<{ [name: string]: string }>): CallEvent {
  const { Event, CallStatus: word = '', Digits: key = null, HangupCauseCode: code = '' } = fields
  const machine = (Event === 'MachineDetection' && fields.Machine === 'true') || code === MACHINE
  return {
    // What the answer to our request called it; a call to one number has the same id as its request.
    providerCallId: fields.RequestUUID ?? fields.ALegRequestUUID ?? fields.CallUUID ?? '',
    status: STATUSES[word] ?? null,
    answeredBy: machine ? 'machine' : null,
    key,
    sequence: key === null ? (Event ?? word) : `key-${key}`,
    cause: fields.HangupCauseName ?? fields.HangupCause ?? null,
    invalidNumber: INVALID_NUMBER.includes(code),
    durationSeconds: fields.Duration === undefined ? null : Number(fields.Duration),
  }
}

export const foundUnderWay = (call: z.infer<typeof UnderWay>, id: string): FoundCall => ({
  providerCallId: call.request_uuid ?? call.call_uuid ?? id,
  to: e164(call.to),
  status: STATUSES[call.call_status] ?? 'queued',
  placedAt: time(call.session_start) ?? new Date(0),
})

export function foundRecord(record: z.infer<typeof Record>): FoundCall {
  const answered = Boolean(record.answer_time) || Number(record.bill_duration ?? 0) > 0
  return {
    providerCallId: record.call_uuid,
    to: e164(record.to_number),
    status: answered ? 'completed' : (UNANSWERED[String(record.hangup_cause_code)] ?? 'failed'),
    placedAt: time(record.initiation_time) ?? time(record.end_time) ?? new Date(0),
  }
}

const e164 = (number: string) => `+${number.replace(/\D/g, '')}`

/** `2026-11-21 14:05:00`, with or without an offset; without one it is UTC, as the account is to be set. */
function time(text: string | null | undefined): Date | null {
  if (!text) return null
  const [, day, clock, offset] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)\s*(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  const parsed = new Date(`${day}T${clock}${offset ?? 'Z'}`)
  return Number.isNaN(parsed.getTime()) ? null : parsed
}
/** A moment as Plivo's filters take it: UTC, whole seconds. */
export const plivoTime = (moment: Date) => moment.toISOString().slice(0, 19).replace('T', ' ')
