import { addressFor } from '../carriers/carrier-request.ts'
import { type CallRequest, type Voice, type VoiceCaller, VoiceError } from './voice-caller.ts'

/** Several carriers as one. A call that may be ringing anywhere is never placed a second time. */
export function createVoice(callers: VoiceCaller[]): Voice {
  return {
    carriers: callers.map(({ name }) => name),
    async place(call: CallRequest) {
      let refusal = new VoiceError('no carrier is configured', 'not-sent', { ours: true })
      for (const caller of callers) {
        try {
          const { providerCallId } = await caller.place({
            ...call,
            answerUrl: addressFor(caller.name, call.answerUrl),
            statusUrl: addressFor(caller.name, call.statusUrl),
          })
          return { carrier: caller.name, providerCallId }
        } catch (error) {
          // Of what was not foreseen nobody knows how far it came.
          if (!(error instanceof VoiceError))
            throw new VoiceError(`${caller.name} failed`, 'unknown', { cause: error, carrier: caller.name })
          if (error.outcome !== 'not-sent') throw error
          refusal = error
        }
      }
      throw refusal
    },
    carrier: (name) => callers.find((caller) => caller.name === name),
    async close() {
      await Promise.all(callers.map((caller) => caller.close()))
    },
  }
}
