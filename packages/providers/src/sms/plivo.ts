import { z } from 'zod'
import { openSmsClient } from './sms-client.ts'
import type { SmsSender } from './sms-sender.ts'

const Accepted = z.object({ message_uuid: z.tuple([z.string().min(1)], z.string()) })
const Failure = z.object({ error: z.string() })

export type PlivoOptions = { authId: string; authToken: string; from: string; baseUrl: string; timeoutMs?: number }

/** Texts through Plivo. `from` is a number or a registered sender id. */
export function createPlivoSms({ authId, authToken, from, baseUrl, timeoutMs }: PlivoOptions): SmsSender {
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
  return {
    async send({ to, text }) {
      const { message_uuid } = await client.post(
        `/v1/Account/${encodeURIComponent(authId)}/Message/`,
        JSON.stringify({ src: from, dst: to, text }),
        'application/json',
        Accepted,
      )
      return { providerMessageId: message_uuid[0] }
    },
    close: client.close,
  }
}
