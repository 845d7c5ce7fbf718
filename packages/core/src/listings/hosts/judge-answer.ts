import type { FetchedPage } from '@marquee/providers/listings/listing-source'

/**
 * What an answer says about us at that host. fine: it serves us. slow-down: too much for it. blocked: it does not want us.
 * unclear: no answer, a fault of its own, or one that our own rules kept us from; that says nothing about us.
 */
export type HostAnswer = 'fine' | 'slow-down' | 'blocked' | 'unclear'

type Answered = Pick<FetchedPage, 'status' | 'headers' | 'body' | 'failure'>

const BLOCKED = new Set([401, 403, 407, 451])

/** A page of a gatekeeper is short; where a listing only mentions one of these, it is long. */
const LONGEST_CHALLENGE = 60_000
/** Their titles and forms. Scripts that gatekeepers add to healthy pages are not among them. */
const CHALLENGE =
  /<title>\s*(just a moment|attention required!|access denied|pardon our interruption|are you a robot|security check)|id="challenge-(form|running|error)|class="(g-recaptcha|h-captcha|px-captcha)"|captcha-delivery\.com\/captcha|_incapsula_resource[^>]*(iframe|incident)/i

export function judgeAnswer(page: Answered): HostAnswer {
  if (page.status === null || page.failure === 'refused') return 'unclear'
  if (page.headers['cf-mitigated'] === 'challenge' || BLOCKED.has(page.status)) return 'blocked'
  if (page.body.length <= LONGEST_CHALLENGE && CHALLENGE.test(page.body)) return 'blocked'
  if (page.status === 429 || page.status === 503) return 'slow-down'
  if (page.failure !== null || page.status >= 500) return 'unclear'
  return 'fine'
}
