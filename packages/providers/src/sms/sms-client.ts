import type { z } from 'zod'
import {
  type CarrierAnswer,
  type CarrierHttpOptions,
  CarrierSilent,
  openCarrierHttp,
  withoutNumbers,
} from '../carriers/carrier-http.ts'
import { SmsError } from './sms-sender.ts'

export type SmsClient = {
  post<T extends z.ZodType>(path: string, body: string, contentType: string, schema: T): Promise<z.infer<T>>
  close(): Promise<void>
}

/**
 * One POST with basic authentication, never repeated here: a provider that took the request and lost the answer has sent
 * the text, and each one costs money and confuses somebody.
 * @throws SmsError
 */
export function openSmsClient(
  options: CarrierHttpOptions & {
    /** As it is called in messages. */
    name: string
    /** What the provider says about a refusal, from its JSON; null when it says nothing readable. */
    reason(body: unknown): string | null
  },
): SmsClient {
  const { name, reason } = options
  const http = openCarrierHttp(options)
  return {
    async post(path, text, type, schema) {
      let answer: CarrierAnswer
      try {
        answer = await http.ask('POST', path, { type, text })
      } catch (error) {
        throw new SmsError(`${name} did not answer`, error instanceof CarrierSilent && !error.sent, { cause: error })
      }
      const { status, body } = answer
      if (status >= 300) {
        const why = withoutNumbers(reason(body) ?? 'no reason given')
        // Told to wait: certainly not sent. A fault of theirs may have come after the sending.
        throw new SmsError(`${name} answered ${status} (${why})`, status === 429, {
          ours: [401, 402, 403].includes(status),
          refused: status >= 400 && status < 500 && status !== 408,
        })
      }
      const parsed = schema.safeParse(body)
      if (!parsed.success) throw new SmsError(`${name} sent an answer we cannot read`, false, { cause: parsed.error })
      return parsed.data
    },
    close: http.close,
  }
}
