import { SmsError, type SmsMessage, type SmsSender } from './sms-sender.ts'

/** A text that would have gone out. */
export type CapturedSms = { channel: 'sms'; recipient: string; text: string; idempotencyKey: string }
export type CaptureSms = (message: CapturedSms) => Promise<{ id: string }>

/** Sends nothing: hands every text to `capture`, which shows it to the developer. For machines without an SMS account. */
export function createConsoleSms(capture: CaptureSms): SmsSender {
  return {
    async send({ to, text, idempotencyKey }: SmsMessage) {
      try {
        const { id } = await capture({ channel: 'sms', recipient: to, text, idempotencyKey })
        return { providerMessageId: `console-${id}`, carrier: null }
      } catch (error) {
        throw new SmsError('the text could not be captured', true, { cause: error })
      }
    },
    carrier: () => undefined,
    async close() {},
  }
}
