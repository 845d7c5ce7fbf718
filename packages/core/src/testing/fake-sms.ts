import type { SmsError, SmsMessage, SmsSender } from '@marquee/providers/sms/sms-sender'

export type FakeSms = SmsSender & {
  /** What reached the provider; a repeat is there twice, for no provider drops one. */
  readonly sent: SmsMessage[]
  /** The next sends fail with this, until told null. */
  failWith(error: SmsError | null): void
}

/** An SMS provider in memory. */
export function fakeSms(): FakeSms {
  const sent: SmsMessage[] = []
  let failure: SmsError | null = null
  return {
    sent,
    async send(message) {
      if (failure) throw failure
      sent.push(message)
      return { providerMessageId: `fake-${message.idempotencyKey}`, carrier: 'plivo' }
    },
    carrier: () => undefined,
    async close() {},
    failWith(error) {
      failure = error
    },
  }
}
