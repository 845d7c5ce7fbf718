import { z } from 'zod'
import { requirePlivo } from '../carriers/signatures.ts'
import {
  Fired,
  foundRecord,
  foundUnderWay,
  plivoTime,
  Record,
  RecordList,
  readPlivoEvent,
  UnderWay,
  UnderWayList,
} from './plivo-wire.ts'
import { plivoXml } from './plivo-xml.ts'
import type { FoundCall, VoiceCaller } from './voice-caller.ts'
import { openVoiceClient } from './voice-client.ts'

const Failure = z.object({ error: z.string() })
/** What a refusal says when it is our side of the call that is wrong, not the number. */
const OUR_SIDE = /\b(from|src|caller|answer_url|ring_url|hangup_url|url|method|auth|account)\b/i
/** More calls to one number at one time than we would ever make. */
const MOST_UNDER_WAY = 20

export type PlivoVoiceOptions = {
  authId: string
  authToken: string
  /** A number rented from Plivo. */
  from: string
  baseUrl: string
  timeoutMs?: number
}

/** Calls through Plivo. */
export function createPlivoVoice({ authId, authToken, from, baseUrl, timeoutMs }: PlivoVoiceOptions): VoiceCaller {
  const client = openVoiceClient({
    carrier: 'plivo',
    baseUrl,
    user: authId,
    password: authToken,
    ...(timeoutMs && { timeoutMs }),
    refusal: (body) => {
      const said = Failure.safeParse(body)
      return said.success ? { reason: said.data.error, aboutNumber: !OUR_SIDE.test(said.data.error) } : null
    },
  })
  const calls = `/v1/Account/${encodeURIComponent(authId)}/Call/`
  const one = (id: string) => `${calls}${encodeURIComponent(id)}/`

  async function lookUnderWay(id: string): Promise<FoundCall | null> {
    const call =
      (await client.look(`${one(id)}?status=queued`, UnderWay)) ??
      (await client.look(`${one(id)}?status=live`, UnderWay))
    return call && foundUnderWay(call, id)
  }

  return {
    name: 'plivo',
    async place(call) {
      const told = { method: 'POST', url: call.statusUrl }
      const { request_uuid: id } = await client.place(
        calls,
        {
          from,
          to: call.to,
          answer_url: call.answerUrl,
          answer_method: 'POST',
          ring_url: told.url,
          ring_method: told.method,
          hangup_url: told.url,
          hangup_method: told.method,
          // It hangs up on a machine by itself, and tells us that it did.
          machine_detection: 'hangup',
          machine_detection_url: told.url,
          machine_detection_method: told.method,
          ring_timeout: call.ringSeconds,
          time_limit: call.limitSeconds,
        },
        Fired,
      )
      return { providerCallId: typeof id === 'string' ? id : id[0] }
    },
    async look(id) {
      // In the order in which a call goes through them, so that it cannot slip past between two questions.
      const underWay = await lookUnderWay(id)
      if (underWay) return underWay
      const record = await client.look(one(id), Record)
      return record && foundRecord(record)
    },
    async find(to, from, until) {
      const number = new URLSearchParams({ to_number: to.replace(/\D/g, '') }).toString()
      const found = new Map<string, FoundCall>()
      for (const status of ['queued', 'live']) {
        const list = await client.look(`${calls}?status=${status}&${number}`, UnderWayList)
        for (const id of (list?.calls ?? []).slice(0, MOST_UNDER_WAY)) {
          const call = await lookUnderWay(id)
          if (call) found.set(call.providerCallId, call)
        }
      }
      // A call placed in time ended later: only the beginning of the stretch is a bound for the end.
      const ended = new URLSearchParams({ end_time__gte: plivoTime(from), limit: '20' }).toString()
      const records = await client.look(`${calls}?${number}&${ended}`, RecordList)
      for (const record of records?.objects ?? []) found.set(record.call_uuid, foundRecord(record))
      // Plivo counts in whole seconds, and a call that waits has no time yet.
      const earliest = Math.floor(from.getTime() / 1_000) * 1_000
      return [...found.values()].filter(
        (call) =>
          call.to === to &&
          (call.placedAt.getTime() === 0 || call.placedAt.getTime() >= earliest) &&
          call.placedAt <= until,
      )
    },
    hangUp: (id) => client.end('DELETE', one(id)),
    answer: (script) => ({ contentType: 'application/xml; charset=utf-8', body: plivoXml(script) }),
    readEvent(request) {
      requirePlivo(authToken, request)
      return readPlivoEvent(request.params)
    },
    close: client.close,
  }
}
