import { Agent, request } from 'undici'

const ANSWER_WITHIN_MS = 10_000
const CONNECT_WITHIN_MS = 3_000
const MOST_BYTES = 1_000_000
/** Nothing of the request left this machine: no address, no connection, or a certificate we do not trust. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/** `body` is undefined when it is no JSON. */
export type CarrierAnswer = { status: number; body: unknown }
export type CarrierHttp = {
  /** @throws CarrierSilent */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, form?: { type: string; text: string }): Promise<CarrierAnswer>
  close(): Promise<void>
}
export type CarrierHttpOptions = { baseUrl: string; user: string; password: string; timeoutMs?: number }

/** There was no answer. */
export class CarrierSilent extends Error {
  /** False: nothing of the request left this machine. */
  readonly sent: boolean
  constructor(sent: boolean, options: ErrorOptions) {
    super('no answer', options)
    this.name = 'CarrierSilent'
    this.sent = sent
  }
}

/**
 * Requests with basic authentication, each made once: a carrier that took a request and lost the answer has acted. Every
 * request has a connection of its own. One kept open may be closed by the other side just as we write, and then nobody
 * could say whether it was read.
 */
export function openCarrierHttp({ baseUrl, user, password, timeoutMs = ANSWER_WITHIN_MS }: CarrierHttpOptions) {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const connect = { timeout: Math.min(CONNECT_WITHIN_MS, timeoutMs) }
  const dispatcher = new Agent({ connect, connections: 16, pipelining: 0, maxResponseSize: MOST_BYTES })
  const base = baseUrl.replace(/\/$/, '')
  const http: CarrierHttp = {
    async ask(method, path, form) {
      try {
        const answer = await request(`${base}${path}`, {
          method,
          dispatcher,
          headers: { authorization, accept: 'application/json', ...(form && { 'content-type': form.type }) },
          ...(form && { body: form.text }),
          signal: AbortSignal.timeout(timeoutMs),
        })
        return { status: answer.statusCode, body: parseJson(await answer.body.text()) }
      } catch (error) {
        throw new CarrierSilent(!NEVER_SENT.test(String((error as { code?: string }).code)), { cause: error })
      }
    },
    close: () => dispatcher.close(),
  }
  return http
}

/** What a carrier says of a refusal, fit for a log: they name the number, and not always with its plus. */
export const withoutNumbers = (reason: string) => reason.replaceAll(/\+?\d{8,15}/g, '…')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
