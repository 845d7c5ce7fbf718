import type { CarrierName, CarrierRequest } from '../carriers/carrier-request.ts'

/** A call to place. Addresses are absolute and reachable by the carrier; `{carrier}` in them becomes its name. */
export type CallRequest = {
  /** E.164, with its plus. */
  to: string
  /** Fetched when somebody answers; it is answered with `answer()` of this caller. */
  answerUrl: string
  /** Told of ringing, answering and the end. */
  statusUrl: string
  ringSeconds: number
  /** The call is cut after this long. */
  limitSeconds: number
}

/** What is said and asked, in order. Each carrier writes it in its own XML; every text is escaped. */
export type CallStep =
  | { say: string; language: string }
  | { pauseSeconds: number }
  /** Says while it listens; the key is posted to `keyUrl`, silence goes on with the next step. */
  | { ask: string; language: string; keys: string; waitSeconds: number; keyUrl: string }
  | { hangUp: true }
export type CallScript = CallStep[]

/** How a call stands, forward only: queued < ringing < answered < an end. */
export type CallStatus = 'queued' | 'ringing' | 'answered' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'cancelled'

/** A message of the carrier about a call. */
export type CallEvent = {
  providerCallId: string
  status: CallStatus | null
  /** Who picked up, once known. */
  answeredBy: 'human' | 'machine' | null
  /** The key that was pressed. */
  key: string | null
  /** Distinguishes messages of one status: the carrier's own sequence or event name. */
  sequence: string
  /** The carrier's own word for why it ended. */
  cause: string | null
  /** The number does not exist or cannot be called at all. */
  invalidNumber: boolean
  durationSeconds: number | null
}

/** A call the carrier knows of. */
export type FoundCall = { providerCallId: string; to: string; status: CallStatus; placedAt: Date }

export interface VoiceCaller {
  readonly name: CarrierName
  /** Never repeated here: see VoiceError.outcome. @throws VoiceError */
  place(call: CallRequest): Promise<{ providerCallId: string }>
  /** What became of one call; null when the carrier does not know it. @throws VoiceError */
  look(providerCallId: string): Promise<FoundCall | null>
  /** Calls to a number placed in a stretch of time, for one whose answer was lost. @throws VoiceError */
  find(to: string, from: Date, until: Date): Promise<FoundCall[]>
  /** Ends a call that rings or is answered; one that is over is fine. @throws VoiceError */
  hangUp(providerCallId: string): Promise<void>
  answer(script: CallScript): { contentType: string; body: string }
  /** @throws BadCarrierSignature when it is not from the carrier */
  readEvent(request: CarrierRequest): CallEvent
  close(): Promise<void>
}

/** The carriers the configuration names, in the order in which they are tried. */
export interface Voice {
  readonly carriers: readonly CarrierName[]
  /**
   * The next carrier is tried only when the one before certainly placed no call.
   * @throws VoiceError of the last one that was asked, with its name
   */
  place(call: CallRequest): Promise<{ carrier: CarrierName; providerCallId: string }>
  /** For what only the carrier that placed a call can do, and for its callbacks; undefined when it is not configured. */
  carrier(name: string): VoiceCaller | undefined
  close(): Promise<void>
}

type VoiceErrorOptions = ErrorOptions & { ours?: boolean; carrier?: CarrierName }

export class VoiceError extends Error {
  /**
   * not-sent: certainly no call was placed, another carrier or a later try may. refused: the carrier says never for this
   * number. unknown: it may be ringing; nobody may dial it again.
   */
  readonly outcome: 'not-sent' | 'refused' | 'unknown'
  /** The carrier refuses us whatever we ask: keys, an empty account, a sender. Somebody must mend it. */
  readonly ours: boolean
  /** Which carrier it was: where an unknown call is looked for. */
  readonly carrier: CarrierName | null
  constructor(message: string, outcome: 'not-sent' | 'refused' | 'unknown', options: VoiceErrorOptions = {}) {
    super(message, options)
    this.name = 'VoiceError'
    this.outcome = outcome
    this.ours = options.ours ?? false
    this.carrier = options.carrier ?? null
  }
}
