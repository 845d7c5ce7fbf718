import { requireTwilio } from '../carriers/signatures.ts'
import { Call, CallList, Failure, foundCall, NUMBER_REFUSED, readTwilioEvent } from './twilio-wire.ts'
import { twilioXml } from './twilio-xml.ts'
import type { VoiceCaller } from './voice-caller.ts'
import { openVoiceClient } from './voice-client.ts'

const EVENTS = ['initiated', 'ringing', 'answered', 'completed']

export type TwilioVoiceOptions = {
  accountSid: string
  authToken: string
  /** A number of the account, or one it has proved. */
  from: string
  baseUrl: string
  timeoutMs?: number
}

/** Calls through Twilio. */
export function createTwilioVoice(options: TwilioVoiceOptions): VoiceCaller {
  const { accountSid, authToken, from, baseUrl, timeoutMs } = options
  const client = openVoiceClient({
    carrier: 'twilio',
    baseUrl,
    user: accountSid,
    password: authToken,
    ...(timeoutMs && { timeoutMs }),
    refusal: (body) => {
      const said = Failure.safeParse(body)
      if (!said.success) return null
      const { code, message } = said.data
      return { reason: `${code}: ${message}`, aboutNumber: NUMBER_REFUSED.includes(code) }
    },
  })
  const account = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`
  const one = (id: string) => `${account}/Calls/${encodeURIComponent(id)}.json`

  return {
    name: 'twilio',
    async place(call) {
      const form = new URLSearchParams({
        To: call.to,
        From: from,
        Url: call.answerUrl,
        Method: 'POST',
        StatusCallback: call.statusUrl,
        StatusCallbackMethod: 'POST',
        Timeout: String(call.ringSeconds),
        TimeLimit: String(call.limitSeconds),
        // Told while the words begin: waiting for it first leaves a person listening to nothing for seconds.
        MachineDetection: 'Enable',
        AsyncAmd: 'true',
        AsyncAmdStatusCallback: call.statusUrl,
        AsyncAmdStatusCallbackMethod: 'POST',
      })
      for (const event of EVENTS) form.append('StatusCallbackEvent', event)
      const { sid } = await client.place(`${account}/Calls.json`, form, Call)
      return { providerCallId: sid }
    },
    async look(id) {
      const call = await client.look(one(id), Call)
      return call && foundCall(call)
    },
    async find(to, from, until) {
      // By the number alone: the filters by time go by when a call began, and one still waiting has not.
      const query = new URLSearchParams({ To: to, PageSize: '100' }).toString()
      const list = await client.look(`${account}/Calls.json?${query}`, CallList)
      // Twilio counts in whole seconds.
      const earliest = Math.floor(from.getTime() / 1_000) * 1_000
      return (list?.calls ?? [])
        .map(foundCall)
        .filter((call) => call.to === to && call.placedAt.getTime() >= earliest && call.placedAt <= until)
    },
    hangUp: (id) => client.end('POST', one(id), new URLSearchParams({ Status: 'completed' })),
    answer: (script) => ({ contentType: 'text/xml; charset=utf-8', body: twilioXml(script) }),
    readEvent(request) {
      requireTwilio(authToken, request)
      return readTwilioEvent(request.params)
    },
    close: client.close,
  }
}
