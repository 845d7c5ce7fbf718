import type { z } from 'zod'
import {
  type CarrierAnswer,
  type CarrierHttpOptions,
  CarrierSilent,
  openCarrierHttp,
  withoutNumbers,
} from '../carriers/carrier-http.ts'
import type { CarrierName } from '../carriers/carrier-request.ts'
import { VoiceError } from './voice-caller.ts'

/** Refusals that come before anything is done. The rest from 400 on may have come after the dialling. */
const NEVER_DONE = [400, 404, 405, 406, 410, 413, 414, 415, 422]
const OURS = [401, 402, 403]
/** How a carrier refuses to end what has ended: Twilio by a number. */
const OVER = /^21220:/
const FORM = 'application/x-www-form-urlencoded'

export type Refusal = { reason: string /** It is the number that cannot be called. */; aboutNumber: boolean }
type Options = CarrierHttpOptions & {
  carrier: CarrierName
  /** What the carrier says about a refusal, from its JSON; null when it says nothing readable. */
  refusal(body: unknown): Refusal | null
}

/** The carrier's API for calls: one request each, and what its answer means. */
export function openVoiceClient(options: Options) {
  const { carrier } = options
  const http = openCarrierHttp(options)
  const read = <T extends z.ZodType>({ body }: CarrierAnswer, schema: T): z.infer<T> => {
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    throw new VoiceError(`${carrier} sent an answer we cannot read`, 'unknown', { cause: parsed.error, carrier })
  }
  const say = ({ status, body }: CarrierAnswer) =>
    `${carrier} answered ${status} (${withoutNumbers(options.refusal(body)?.reason ?? 'no reason given')})`

  return {
    /** Asks for a call. @throws VoiceError that says whether one may be ringing */
    async place<T extends z.ZodType>(path: string, body: object | URLSearchParams, schema: T): Promise<z.infer<T>> {
      const form = body instanceof URLSearchParams
      const answer = await http
        .ask('POST', path, {
          type: form ? FORM : 'application/json',
          text: form ? body.toString() : JSON.stringify(body),
        })
        .catch((error: unknown) => {
          const sent = !(error instanceof CarrierSilent) || error.sent
          throw new VoiceError(`${carrier} did not answer`, sent ? 'unknown' : 'not-sent', { cause: error, carrier })
        })
      const { status } = answer
      if (status >= 200 && status < 300) return read(answer, schema)
      const ours = OURS.includes(status)
      if (status === 429 || ours) throw new VoiceError(say(answer), 'not-sent', { carrier, ours })
      if (!NEVER_DONE.includes(status)) throw new VoiceError(say(answer), 'unknown', { carrier })
      const aboutNumber = options.refusal(answer.body)?.aboutNumber ?? false
      throw new VoiceError(say(answer), aboutNumber ? 'refused' : 'not-sent', { carrier, ours: !aboutNumber })
    },

    /** A question, or null when the carrier knows of no such thing. @throws VoiceError: it stays unknown */
    async look<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | null> {
      const answer = await ask('GET', path)
      return answer.status === 404 ? null : read(answer, schema)
    },

    /** Ends a call; one that is over, or was never there, is fine. @throws VoiceError */
    async end(method: 'DELETE' | 'POST', path: string, form?: URLSearchParams): Promise<void> {
      await ask(method, path, form, OVER)
    },

    close: http.close,
  }

  async function ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    form?: URLSearchParams,
    fine?: RegExp,
  ): Promise<CarrierAnswer> {
    const answer = await http
      .ask(method, path, form && { type: FORM, text: form.toString() })
      .catch((error: unknown) => {
        throw new VoiceError(`${carrier} did not answer`, 'unknown', { cause: error, carrier })
      })
    const { status } = answer
    if ((status >= 200 && status < 300) || status === 404) return answer
    if (status === 400 && fine?.test(options.refusal(answer.body)?.reason ?? '')) return answer
    throw new VoiceError(say(answer), 'unknown', { carrier, ours: OURS.includes(status) })
  }
}
