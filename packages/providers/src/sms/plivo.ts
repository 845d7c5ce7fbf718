import { z } from 'zod'
import { requirePlivoText } from '../carriers/signatures.ts'
import { openSmsClient } from './sms-client.ts'
import type { SmsCarrier, SmsStatus } from './sms-sender.ts'

const Accepted = z.object({ message_uuid: z.tuple([z.string().min(1)], z.string()) })
const Failure = z.object({ error: z.string() })
const Inbound = z.object({ From: z.string(), To: z.string(), Text: z.string(), MessageUUID: z.string() })

const STATUSES: Partial<{ [word: string]: SmsStatus }> = {
  queued: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  rejected: 'failed',
  failed: 'failed',
}

export type PlivoOptions = {
  authId: string
  authToken: string
  /** A number or a registered sender id. */
  from: string
  baseUrl: string
  timeoutMs?: number
  /** Who sends, as registered for texts to India. */
  entityId?: string | undefined
}

/** Texts through Plivo. */
export function createPlivoSms({ authId, authToken, from, baseUrl, timeoutMs, entityId }: PlivoOptions): SmsCarrier {
  const client = openSmsClient({
    name: 'Plivo',
    baseUrl,
    user: authId,
    password: authToken,
    ...(timeoutMs && { timeoutMs }),
    reason: (body) => {
      const said = Failure.safeParse(body)
      return said.success ? said.data.error : null
    },
  })
  const sender: SmsCarrier = {
    name: 'plivo',
    carrier: (name) => (name === 'plivo' ? sender : undefined),
    async send({ to, text, statusUrl, templateId }) {
      const body = {
        src: from,
        dst: to,
        text,
        ...(statusUrl && { url: statusUrl, method: 'POST' }),
        ...(entityId && templateId && { dlt_entity_id: entityId, dlt_template_id: templateId }),
      }
      const { message_uuid } = await client.post(
        `/v1/Account/${encodeURIComponent(authId)}/Message/`,
        JSON.stringify(body),
        'application/json',
        Accepted,
      )
      return { providerMessageId: message_uuid[0], carrier: 'plivo' }
    },
    readReceipt(request) {
      requirePlivoText(authToken, request)
      const fields: Partial<{ [name: string]: string }> = request.params
      const { Status = '', ErrorCode, PartInfo } = fields
      return {
        // Each part of a long text has an id of its own; the first one is its parent's.
        providerMessageId: fields.ParentMessageUUID || (fields.MessageUUID ?? ''),
        status: STATUSES[Status] ?? 'queued',
        sequence: PartInfo ? `${Status} ${PartInfo}` : Status,
        error: ErrorCode && ErrorCode !== '000' ? ErrorCode : null,
      }
    },
    readInbound(request) {
      requirePlivoText(authToken, request)
      const { From, To, Text, MessageUUID } = Inbound.parse(request.params)
      const nonce = request.headers['x-plivo-signature-v3'] ? undefined : request.headers['x-plivo-signature-v2-nonce']
      return { from: e164(From), to: e164(To), text: Text, id: MessageUUID, ...(nonce && { nonce }) }
    },
    close: client.close,
  }
  return sender
}

/** Plivo leaves the plus away; a sender id has letters and stays as it is. */
const e164 = (number: string) => (/^\d{7,15}$/.test(number) ? `+${number}` : number)
