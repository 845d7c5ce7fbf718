import type { CarrierName, CarrierRequest } from '../carriers/carrier-request.ts'

export type SmsMessage = {
  /** E.164, with its plus. */
  to: string
  text: string
  /** Same key, same message. No provider drops repeats by it: it names the message where one is captured. */
  idempotencyKey: string
  /** Told what becomes of it; `{carrier}` in it becomes the name of the one that sends. */
  statusUrl?: string
  /** As registered for texts to India; carriers elsewhere take no notice. */
  templateId?: string
}

/** What became of a text, in the order it happens; `failed` can come at any time before `delivered`. */
export type SmsStatus = 'queued' | 'sent' | 'delivered' | 'failed'
export type SmsReceipt = {
  providerMessageId: string
  status: SmsStatus
  /** Distinguishes messages of one status. */
  sequence: string
  /** The carrier's code for a failure. */
  error: string | null
}
/** A text somebody sent to us. */
export type InboundSms = {
  from: string
  to: string
  text: string
  id: string
  /** Where the signature covers no word of the message: what it was made with, so that it is good for this message only. */
  nonce?: string
}

export interface SmsSender {
  /** `carrier`: which one took it; null where there is none. @throws SmsError */
  send(message: SmsMessage): Promise<{ providerMessageId: string; carrier: CarrierName | null }>
  /** For the callbacks of one carrier; undefined when it is not configured. */
  carrier(name: string): SmsCarrier | undefined
  close(): Promise<void>
}

/** One that texts really go through. */
export interface SmsCarrier extends SmsSender {
  readonly name: CarrierName
  /** @throws BadCarrierSignature when it is not from the carrier */
  readReceipt(request: CarrierRequest): SmsReceipt
  /** @throws BadCarrierSignature when it is not from the carrier */
  readInbound(request: CarrierRequest): InboundSms
}

export class SmsError extends Error {
  /** It certainly did not go out and may the next time. False as well when nobody knows: a text is paid for each time. */
  readonly retry: boolean
  /** The provider refuses us whatever we send: keys, an empty account, a sender. Somebody must mend it. */
  readonly ours: boolean
  /** The provider said no to this very text: it did not go out, and will not. */
  readonly refused: boolean
  constructor(message: string, retry: boolean, options: ErrorOptions & { ours?: boolean; refused?: boolean } = {}) {
    super(message, options)
    this.name = 'SmsError'
    this.retry = retry
    this.ours = options.ours ?? false
    this.refused = options.refused ?? false
  }
}
