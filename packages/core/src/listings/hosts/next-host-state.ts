import type { FetchedPage } from '@marquee/providers/listings/listing-source'
import { judgeAnswer } from './judge-answer.ts'
import { retryAfterMs } from './retry-after.ts'

export type HostState = {
  gapMs: number
  crawlDelayMs: number
  backoffMs: number
  circuitLevel: number
  circuitUntil: Date | null
}

export type HostChange = Omit<HostState, 'gapMs' | 'crawlDelayMs'> & {
  nextRequestAt: Date
  lastStatus: number | null
  lastError: string | null
  /** Null: not this time. */
  lastOkAt: Date | null
}

const MINUTE = 60_000
const FIRST_BACKOFF_MS = 30_000
const LONGEST_BACKOFF_MS = 60 * MINUTE
/** How long nothing is asked after a refusal; each wait ends with one probe, and a refused probe takes the next. */
const CIRCUIT_MS = [15 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, 24 * 60 * MINUTE]
const circuitMs = (level: number) => CIRCUIT_MS[Math.min(level, CIRCUIT_MS.length) - 1] ?? 0

/** What an answer changes about how a host may be asked. Pure; `now` is when the answer was there. */
export function nextHostState(
  host: HostState,
  page: Pick<FetchedPage, 'status' | 'headers' | 'body' | 'failure' | 'truncated'>,
  now: Date,
): HostChange {
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  const answer = judgeAnswer(page)
  const told = retryAfterMs(page.headers['retry-after'], now)
  // Beside 429 and 503 it is meant for the new home of a page, or for nobody.
  const wait = answer === 'slow-down' || answer === 'blocked' ? (told ?? 0) : 0
  const next = { backoffMs: host.backoffMs, circuitLevel: host.circuitLevel, circuitUntil: host.circuitUntil }

  if (answer === 'fine') {
    const half = Math.floor(host.backoffMs / 2)
    next.backoffMs = half < FIRST_BACKOFF_MS ? 0 : half
    next.circuitLevel = 0
    next.circuitUntil = null
  } else if (answer === 'slow-down') {
    next.backoffMs = Math.min(Math.max(host.backoffMs * 2, FIRST_BACKOFF_MS), LONGEST_BACKOFF_MS)
  } else if (answer === 'blocked') {
    next.circuitLevel = Math.min(host.circuitLevel + 1, CIRCUIT_MS.length)
    next.circuitUntil = after(circuitMs(next.circuitLevel))
  }
  // A probe that told nothing: still one at a time, but no longer than the first wait.
  if (host.circuitLevel > 0 && (answer === 'unclear' || answer === 'slow-down')) next.circuitUntil = after(circuitMs(1))

  return {
    ...next,
    // In place of what the reservation wrote for the case that no answer comes.
    nextRequestAt: after(Math.max(host.gapMs, host.crawlDelayMs, next.backoffMs, wait)),
    lastStatus: page.status,
    lastError: answer === 'fine' ? null : describe(answer, page),
    lastOkAt: answer === 'fine' ? now : null,
  }
}

function describe(answer: string, page: Pick<FetchedPage, 'status' | 'failure'>): string {
  if (page.failure === 'refused') return 'our own rules stopped the request'
  if (page.status === null) return page.failure === 'timeout' ? 'no answer in time' : 'no answer'
  if (answer === 'blocked') return page.status === 200 ? 'a challenge in place of a page' : `refused: ${page.status}`
  if (page.failure !== null) return `${page.status}, but the answer could not be read to its end`
  return `status ${page.status}`
}
