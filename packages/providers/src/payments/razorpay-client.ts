import { Agent, request } from 'undici'
import type { z } from 'zod'
import { GatewayError } from './gateway.ts'
import { RazorpayFailure } from './razorpay-wire.ts'

const ANSWER_WITHIN_MS = 10_000

export type RazorpayClient = <T extends z.ZodType>(
  method: 'GET' | 'POST',
  path: string,
  schema: T,
  body?: object,
  headers?: Record<string, string>,
) => Promise<z.infer<T>>

/**
 * Razorpay's JSON over HTTPS with basic authentication.
 * @throws GatewayError — `retry` is true when nothing was learnt (network, time-out, 5xx, an unreadable answer) or the
 * gateway asks to wait (408, 409, 425, 429); false when it says no.
 */
export function openRazorpayClient(options: {
  baseUrl: string
  keyId: string
  keySecret: string
  timeoutMs?: number
}): RazorpayClient {
  const timeoutMs = options.timeoutMs ?? ANSWER_WITHIN_MS
  const authorization = `Basic ${Buffer.from(`${options.keyId}:${options.keySecret}`).toString('base64')}`
  const dispatcher = new Agent({
    connect: { timeout: Math.min(3_000, timeoutMs) },
    keepAliveTimeout: 10_000,
    connections: 32,
  })
  const base = options.baseUrl.replace(/\/$/, '')

  return async (method, path, schema, body, headers) => {
    let status: number
    let text: string
    try {
      const answer = await request(`${base}${path}`, {
        method,
        dispatcher,
        headers: {
          authorization,
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(timeoutMs),
      })
      status = answer.statusCode
      text = await answer.body.text()
    } catch (error) {
      throw new GatewayError('the payment gateway did not answer', true, undefined, { cause: error })
    }
    if (status >= 300) throw refusal(status, text)
    const parsed = schema.safeParse(parseJson(text))
    if (!parsed.success)
      throw new GatewayError('the payment gateway sent an answer we cannot read', true, status, { cause: parsed.error })
    return parsed.data
  }
}

function refusal(status: number, text: string): GatewayError {
  const failure = RazorpayFailure.safeParse(parseJson(text))
  const said = failure.success ? `${failure.data.error.code}: ${failure.data.error.description}` : 'no reason given'
  const retry = status >= 500 || [408, 409, 425, 429].includes(status)
  return new GatewayError(`the payment gateway answered ${status} (${said})`, retry, status)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
