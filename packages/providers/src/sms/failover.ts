import { addressFor } from '../carriers/carrier-request.ts'
import { type SmsCarrier, SmsError, type SmsSender } from './sms-sender.ts'

/** Several carriers as one. The next one is tried only when the text certainly did not go out. */
export function createSms(carriers: SmsCarrier[]): SmsSender {
  return {
    async send(message) {
      const { statusUrl, ...rest } = message
      let refusal = new SmsError('no carrier is configured', false, { ours: true })
      for (const carrier of carriers) {
        const addressed = statusUrl ? { statusUrl: addressFor(carrier.name, statusUrl) } : {}
        try {
          return await carrier.send({ ...rest, ...addressed })
        } catch (error) {
          if (!(error instanceof SmsError) || !(error.retry || error.ours)) throw error
          refusal = error
        }
      }
      throw refusal
    },
    carrier: (name) => carriers.find((carrier) => carrier.name === name),
    async close() {
      await Promise.all(carriers.map((carrier) => carrier.close()))
    },
  }
}
