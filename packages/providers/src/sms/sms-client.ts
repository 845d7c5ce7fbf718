import { Agent, request } from 'undici'
import type { z } from 'zod'
import { SmsError } from './sms-sender.ts'

const ANSWER_WITHIN_MS = 10_000
/** Nothing of the request left this machine. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

export type SmsClient = {
  post<T extends z.ZodType>(path: string, body: string, contentType: string, schema: T): Promise<z.infer<T>>
  close(): Promise<void>
}

/**
 * One POST with basic authentication, never repeated here: a provider that took the request and lost the answer has sent
 * the text, and each one costs money and confuses somebody.
 * @throws SmsError
 */
export function openSmsClient(options: {
  /** As it is called in messages. */
  name: string
  baseUrl: string
  user: string
  password: string
  timeoutMs?: number
  /** What the provider says about a refusal, from its JSON; null when it says nothing readable. */
  reason(body: unknown): string | null
}): SmsClient {
  const timeoutMs = options.timeoutMs ?? ANSWER_WITHIN_MS
  const authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`
  const dispatcher = new Agent({ connect: { timeout: Math.min(3_000, timeoutMs) }, connections: 16 })
  const base = options.baseUrl.replace(/\/$/, '')
  return {
    async post(path, body, contentType, schema) {
      let status: number
      let text: string
      try {
        const answer = await request(`${base}${path}`, {
          method: 'POST',
          dispatcher,
          headers: { authorization, accept: 'application/json', 'content-type': contentType },
          body,
          signal: AbortSignal.timeout(timeoutMs),
        })
        status = answer.statusCode
        text = await answer.body.text()
      } catch (error) {
        const { code } = error as { code?: string }
        throw new SmsError(`${options.name} did not answer`, NEVER_SENT.has(code ?? ''), { cause: error })
      }
      const answered = parseJson(text)
      if (status >= 300) {
        const why = options.reason(answered) ?? 'no reason given'
        // Told to wait: certainly not sent. A fault of theirs may have come after the sending.
        throw new SmsError(`${options.name} answered ${status} (${why})`, status === 429, {
          ours: [401, 402, 403].includes(status),
        })
      }
      const parsed = schema.safeParse(answered)
      if (!parsed.success)
        throw new SmsError(`${options.name} sent an answer we cannot read`, false, { cause: parsed.error })
      return parsed.data
    },
    close: () => dispatcher.close(),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
