import { addressFor, BadCarrierSignature } from '@marquee/providers/carriers/carrier-request'
import type {
  CallEvent,
  CallRequest,
  FoundCall,
  Voice,
  VoiceCaller,
  VoiceError,
} from '@marquee/providers/voice/voice-caller'

export type FakeVoice = Voice & {
  /** What reached the carrier, in order: also a call whose answer was lost. Ids are `call-1`, `call-2`, … */
  readonly placed: (CallRequest & { providerCallId: string; placedAt: Date })[]
  readonly hungUp: string[]
  /** The next calls fail with this, until told null. An unknown one reaches the carrier all the same. */
  failWith(error: VoiceError | null): void
  /** How a call stands, for `look` and `find`; queued until it is said. */
  setStatus(providerCallId: string, status: FoundCall['status']): void
  /** Whether an unknown call is found afterwards: it reached the carrier, or not. It does until told otherwise. */
  unknownArrives(arrives: boolean): void
}

/**
 * A carrier in memory, by the name of plivo. Its callbacks are JSON in the body (a CallEvent), signed with the header
 * `x-fake-signature: good`. `now` dates the calls.
 */
export function fakeVoice(now: () => Date = () => new Date()): FakeVoice {
  const placed: FakeVoice['placed'] = []
  const hungUp: string[] = []
  const statuses = new Map<string, FoundCall['status']>()
  let failure: VoiceError | null = null
  let arrives = true
  const found = ({ providerCallId, to, placedAt }: FakeVoice['placed'][number]): FoundCall => ({
    providerCallId,
    to,
    placedAt,
    status: statuses.get(providerCallId) ?? 'queued',
  })
  const caller: VoiceCaller = {
    name: 'plivo',
    async place(call) {
      if (failure && !(failure.outcome === 'unknown' && arrives)) throw failure
      const providerCallId = `call-${placed.length + 1}`
      placed.push({ ...call, providerCallId, placedAt: now() })
      if (failure) throw failure
      return { providerCallId }
    },
    async look(id) {
      const call = placed.find((one) => one.providerCallId === id)
      return call ? found(call) : null
    },
    async find(to, from, until) {
      return placed.filter((one) => one.to === to && one.placedAt >= from && one.placedAt <= until).map(found)
    },
    async hangUp(id) {
      hungUp.push(id)
    },
    answer: (script) => ({ contentType: 'application/json', body: JSON.stringify(script) }),
    readEvent({ headers, rawBody }) {
      if (headers['x-fake-signature'] !== 'good') throw new BadCarrierSignature('fake')
      return JSON.parse(rawBody.toString()) as CallEvent
    },
    async close() {},
  }
  return {
    carriers: ['plivo'],
    async place(call) {
      const { providerCallId } = await caller.place({
        ...call,
        answerUrl: addressFor('plivo', call.answerUrl),
        statusUrl: addressFor('plivo', call.statusUrl),
      })
      return { carrier: 'plivo', providerCallId }
    },
    carrier: (name) => (name === 'plivo' ? caller : undefined),
    async close() {},
    placed,
    hungUp,
    failWith(error) {
      failure = error
    },
    setStatus: (id, status) => void statuses.set(id, status),
    unknownArrives(does) {
      arrives = does
    },
  }
}
