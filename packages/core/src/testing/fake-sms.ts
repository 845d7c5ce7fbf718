import { BadCarrierSignature } from '@marquee/providers/carriers/carrier-request'
import type {
  InboundSms,
  SmsCarrier,
  SmsError,
  SmsMessage,
  SmsReceipt,
  SmsSender,
} from '@marquee/providers/sms/sms-sender'

export type FakeSms = SmsSender & {
  /** What reached the provider; a repeat is there twice, for no provider drops one. */
  readonly sent: SmsMessage[]
  /** The next sends fail with this, until told null. */
  failWith(error: SmsError | null): void
}

/** An SMS provider in memory, by the name of plivo. Its callbacks are JSON, signed with `x-fake-signature: good`. */
export function fakeSms(): FakeSms {
  const sent: SmsMessage[] = []
  let failure: SmsError | null = null
  const read = <T>({ headers, rawBody }: Parameters<SmsCarrier['readReceipt']>[0]): T => {
    if (headers['x-fake-signature'] !== 'good') throw new BadCarrierSignature('fake')
    return JSON.parse(rawBody.toString()) as T
  }
  const sender: FakeSms = {
    sent,
    async send(message) {
      if (failure) throw failure
      sent.push(message)
      return { providerMessageId: `fake-${message.idempotencyKey}`, carrier: 'plivo' }
    },
    carrier: (name) => (name === 'plivo' ? carrier : undefined),
    async close() {},
    failWith(error) {
      failure = error
    },
  }
  const carrier: SmsCarrier = {
    ...sender,
    name: 'plivo',
    readReceipt: (request) => read<SmsReceipt>(request),
    readInbound: (request) => read<InboundSms>(request),
  }
  return sender
}
