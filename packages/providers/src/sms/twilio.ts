import { z } from 'zod'
import { requireTwilio } from '../carriers/signatures.ts'
import { openSmsClient } from './sms-client.ts'
import type { SmsCarrier, SmsStatus } from './sms-sender.ts'

const Message = z.object({ sid: z.string().min(1) })
const Failure = z.object({ code: z.number(), message: z.string() })
const Inbound = z.object({ From: z.string(), To: z.string(), Body: z.string(), MessageSid: z.string() })

const STATUSES: Partial<{ [word: string]: SmsStatus }> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

export type TwilioOptions = { accountSid: string; authToken: string; from: string; baseUrl: string; timeoutMs?: number }

/** Texts through Twilio. `from` is a number or a messaging service (MG…). */
export function createTwilioSms({ accountSid, authToken, from, baseUrl, timeoutMs }: TwilioOptions): SmsCarrier {
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
  const sender: SmsCarrier = {
    name: 'twilio',
    carrier: (name) => (name === 'twilio' ? sender : undefined),
    // The template of a text to India is found by its words there: no id goes with it.
    async send({ to, text, statusUrl }) {
      const origin: Record<string, string> = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }
      const form = new URLSearchParams({ To: to, ...origin, Body: text })
      if (statusUrl) form.set('StatusCallback', statusUrl)
      const { sid } = await client.post(
        `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
        form.toString(),
        'application/x-www-form-urlencoded',
        Message,
      )
      return { providerMessageId: sid, carrier: 'twilio' }
    },
    readReceipt(request) {
      requireTwilio(authToken, request)
      const fields: Partial<{ [name: string]: string }> = request.params
      const word = fields.MessageStatus ?? fields.SmsStatus ?? ''
      return {
        providerMessageId: fields.MessageSid ?? fields.SmsSid ?? '',
        status: STATUSES[word] ?? 'queued',
        sequence: word,
        error: fields.ErrorCode ?? null,
      }
    },
    readInbound(request) {
      requireTwilio(authToken, request)
      const { From, To, Body, MessageSid } = Inbound.parse(request.params)
      return { from: From, to: To, text: Body, id: MessageSid }
    },
    close: client.close,
  }
  return sender
}
