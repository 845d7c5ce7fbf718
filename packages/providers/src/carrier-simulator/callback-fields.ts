import type { CallEnd, CallRow, MessageRow } from './ledger.ts'

export type CallNews = 'initiated' | 'ringing' | 'answered' | 'completed' | 'machine' | 'human'

type Ending = { plivo: string; twilio: string; code: number; name: string; source: string }
const over = { plivo: 'completed', twilio: 'completed' }

/** How each end is called in the two protocols, and Plivo's cause of it. */
export const ENDINGS: Record<CallEnd, Ending> = {
  busy: { plivo: 'busy', twilio: 'busy', code: 3010, name: 'Busy Line', source: 'Carrier' },
  declined: { plivo: 'busy', twilio: 'busy', code: 3020, name: 'Rejected', source: 'Callee' },
  'no-answer': { plivo: 'no-answer', twilio: 'no-answer', code: 6010, name: 'Ring Timeout Reached', source: 'Plivo' },
  machine: { ...over, code: 9100, name: 'Machine Detected', source: 'Plivo' },
  'end-of-words': { ...over, code: 4010, name: 'End Of XML Instructions', source: 'Plivo' },
  'hung-up-by-script': { ...over, code: 4000, name: 'Normal Hangup', source: 'Answer XML' },
  'hung-up-by-person': { ...over, code: 4000, name: 'Normal Hangup', source: 'Callee' },
  'hung-up-by-request': { ...over, code: 4000, name: 'Normal Hangup', source: 'API Request' },
  cancelled: { plivo: 'cancel', twilio: 'canceled', code: 1000, name: 'Canceled', source: 'API Request' },
  limit: { ...over, code: 6000, name: 'Scheduled Hangup', source: 'Plivo' },
  'answer-unreachable': {
    plivo: 'failed',
    twilio: 'completed',
    code: 7011,
    name: 'Error Reaching Answer URL',
    source: 'Error',
  },
  'answer-unreadable': {
    plivo: 'failed',
    twilio: 'completed',
    code: 8011,
    name: 'Invalid Answer XML',
    source: 'Error',
  },
}

/** How a call stands, in the words of its protocol. */
export const wordFor = ({ wire, state, ended_as }: CallRow) => (ended_as ? ENDINGS[ended_as][wire] : state)

const digits = (number: string) => number.replace(/^\+/, '')
export const plivoTime = (at: number | null) =>
  at === null ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' ')
export const talkSeconds = ({ answered_at, ended_at }: CallRow) =>
  answered_at === null || ended_at === null ? 0 : Math.ceil((ended_at - answered_at) / 1_000)

const PLIVO_EVENTS: Partial<Record<CallNews, string>> = {
  ringing: 'Ring',
  answered: 'StartApp',
  completed: 'Hangup',
  machine: 'MachineDetection',
}

export function plivoCallFields(call: CallRow, news: CallNews, key?: string): Record<string, string> {
  const fields: Record<string, string> = {
    CallUUID: call.id,
    RequestUUID: call.id,
    ALegUUID: call.id,
    ALegRequestUUID: call.id,
    From: digits(call.caller),
    To: digits(call.number),
    Direction: 'outbound',
    CallStatus: wordFor(call),
    Event: key === undefined ? (PLIVO_EVENTS[news] ?? '') : 'Redirect',
    SessionStart: plivoTime(call.placed_at),
  }
  if (key !== undefined) fields.Digits = key
  if (news === 'machine') Object.assign(fields, { Machine: 'true', CallStatus: 'in-progress' })
  if (news === 'completed' && call.ended_as) {
    const { code, name, source } = ENDINGS[call.ended_as]
    Object.assign(fields, {
      Duration: String(talkSeconds(call)),
      BillDuration: String(Math.ceil(talkSeconds(call) / 60) * 60),
      HangupCause: name.toUpperCase().replaceAll(' ', '_'),
      HangupCauseName: name,
      HangupCauseCode: String(code),
      HangupSource: source,
      StartTime: plivoTime(call.placed_at),
      AnswerTime: plivoTime(call.answered_at),
      EndTime: plivoTime(call.ended_at),
    })
  }
  return fields
}

/** `sequence` counts the news of one call from 0. */
export function twilioCallFields(
  call: CallRow,
  news: CallNews,
  { accountSid, sequence, key, at }: { accountSid: string; sequence: number; key?: string; at: number },
): Record<string, string> {
  const fields: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.id,
    From: call.caller,
    Caller: call.caller,
    To: call.number,
    Called: call.number,
    Direction: 'outbound-api',
  }
  if (news === 'machine' || news === 'human')
    return {
      AccountSid: accountSid,
      CallSid: call.id,
      AnsweredBy: news === 'machine' ? 'machine_start' : 'human',
      MachineDetectionDuration: '2000',
    }
  if (key !== undefined) return { ...fields, CallStatus: wordFor(call), Digits: key, msg: 'Gather End' }
  const word = news === 'initiated' ? 'initiated' : wordFor(call)
  Object.assign(fields, {
    CallStatus: word,
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequence),
    Timestamp: new Date(at).toUTCString().replace('GMT', '+0000'),
  })
  if (news === 'completed') Object.assign(fields, { CallDuration: String(talkSeconds(call)), Duration: '1' })
  return fields
}

export const messageFields = (message: MessageRow, status: string, accountSid: string): Record<string, string> =>
  message.wire === 'plivo'
    ? {
        MessageUUID: message.id,
        ParentMessageUUID: message.id,
        From: digits(message.sender),
        To: digits(message.number),
        Status: status,
        ErrorCode: '000',
        Units: '1',
      }
    : {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        MessageSid: message.id,
        SmsSid: message.id,
        From: message.sender,
        To: message.number,
        MessageStatus: status,
        SmsStatus: status,
      }

/** A text from the phone to us. */
export const inboundFields = (message: MessageRow, id: string, text: string, accountSid: string) =>
  message.wire === 'plivo'
    ? { MessageUUID: id, From: digits(message.number), To: digits(message.sender), Text: text, Type: 'sms' }
    : { AccountSid: accountSid, MessageSid: id, SmsSid: id, From: message.number, To: message.sender, Body: text }
