import { z } from 'zod'
import { openSmsClient } from './sms-client.ts'
import type { SmsSender } from './sms-sender.ts'

const Message = z.object({ sid: z.string().min(1) })
const Failure = z.object({ code: z.number(), message: z.string() })

export type TwilioOptions = { accountSid: string; authToken: string; from: string; baseUrl: string; timeoutMs?: number }

/** Texts through Twilio. `from` is a number or a messaging service (MG…). */
export function createTwilioSms({ accountSid, authToken, from, baseUrl, timeoutMs }: TwilioOptions): SmsSender {
  const client = openSmsClient({
    name: 'Twilio',
    baseUrl,
    user: accountSid,
    password: authToken,
    ...(timeoutMs && { timeoutMs }),
    reason: (body) => {
      const said = Failure.safeParse(body)
      return said.success ? `${said.data.code}: ${said.data.message}` : null
    },
  })
  return {
    async send({ to, text }) {
      const sender: Record<string, string> = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }
      const form = new URLSearchParams({ To: to, ...sender, Body: text })
      const { sid } = await client.post(
        `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
        form.toString(),
        'application/x-www-form-urlencoded',
        Message,
      )
      return { providerMessageId: sid }
    },
    close: client.close,
  }
}
