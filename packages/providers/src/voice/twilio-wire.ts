import { z } from 'zod'
import type { CallEvent, CallStatus, FoundCall } from './voice-caller.ts'

export const Call = z.object({
  sid: z.string().min(1),
  to: z.string().nullish(),
  status: z.string(),
  date_created: z.string().nullish(),
})
export const CallList = z.object({ calls: z.array(Call) })
export const Failure = z.object({ code: z.number(), message: z.string() })

const STATUSES: Partial<{ [word: string]: CallStatus }> = {
  queued: 'queued',
  initiated: 'queued',
  ringing: 'ringing',
  'in-progress': 'answered',
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'cancelled',
}

/** Twilio's words for a number that cannot be called, when it refuses it at once. */
export const NUMBER_REFUSED = [13_223, 13_224, 21_201, 21_211, 21_214, 21_216, 21_217, 21_219]
/** And when the network says so later: not found, incomplete address, gone, does not exist anywhere. */
const NO_SUCH_NUMBER = ['404', '410', '484', '604']

/** The fields of one of Twilio's callbacks. */
export function readTwilioEvent(fields: Partial<{ [name: string]: string }>): CallEvent {
  const { CallStatus: word = '', AnsweredBy, Digits: key = null, SequenceNumber, SipResponseCode = '' } = fields
  const failed = word === 'failed'
  const about = AnsweredBy === undefined ? word : `${word}-${AnsweredBy}`
  return {
    providerCallId: fields.CallSid ?? '',
    status: STATUSES[word] ?? null,
    answeredBy: answeredBy(AnsweredBy),
    key: key || null,
    sequence: key ? `key-${key}` : SequenceNumber === undefined ? about : `${SequenceNumber}-${about}`,
    cause: fields.ErrorMessage ?? (failed && SipResponseCode ? `SIP ${SipResponseCode}` : null),
    invalidNumber:
      failed &&
      (NO_SUCH_NUMBER.includes(SipResponseCode) || NUMBER_REFUSED.includes(Number(fields.ErrorCode ?? Number.NaN))),
    durationSeconds: fields.CallDuration === undefined ? null : Number(fields.CallDuration),
  }
}

/** `unknown` stays unknown; a fax is a machine. */
function answeredBy(word: string | undefined): CallEvent['answeredBy'] {
  if (word === 'human') return 'human'
  return word?.startsWith('machine') || word === 'fax' ? 'machine' : null
}

export const foundCall = (call: z.infer<typeof Call>): FoundCall => ({
  providerCallId: call.sid,
  to: call.to ?? '',
  status: STATUSES[call.status] ?? 'queued',
  placedAt: new Date(call.date_created ?? 0),
})
