export type SmsMessage = {
  /** E.164, with its plus. */
  to: string
  text: string
  /** Same key, same message. No provider drops repeats by it: it names the message where one is captured. */
  idempotencyKey: string
}

export interface SmsSender {
  /** @throws SmsError */
  send(message: SmsMessage): Promise<{ providerMessageId: string }>
  close(): Promise<void>
}

export class SmsError extends Error {
  /** It certainly did not go out and may the next time. False as well when nobody knows: a text is paid for each time. */
  readonly retry: boolean
  /** The provider refuses us whatever we send: keys, an empty account, a sender. Somebody must mend it. */
  readonly ours: boolean
  constructor(message: string, retry: boolean, options: ErrorOptions & { ours?: boolean } = {}) {
    super(message, options)
    this.name = 'SmsError'
    this.retry = retry
    this.ours = options.ours ?? false
  }
}
