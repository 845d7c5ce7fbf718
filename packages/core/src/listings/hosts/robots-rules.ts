import type { FetchedPage } from '@marquee/providers/listings/listing-source'
import { judgeAnswer } from './judge-answer.ts'

/** As a host row keeps them. `fetchedAt` null: never asked for. */
export type KeptRobots = { robotsBody: string | null; robotsStatus: number | null; robotsFetchedAt: Date | null }

/** What is known of a site's robots.txt. `body` null: it has none. */
export type RobotsRules = { known: true; body: string | null } | { known: false }

const HOUR_MS = 60 * 60_000
const LIFETIME_MS = 24 * HOUR_MS
/** While nothing is known nothing else can be asked; within a day's budget of requests all the same. */
const UNKNOWN_AGAIN_MS = 5 * 60_000
/** While old rules stand in for the file. */
const KEPT_AGAIN_MS = HOUR_MS
/** RFC 9309, 2.5. */
const MAX_CHARACTERS = 500 * 1024

/** Refusals are no permission: stricter than RFC 9309 asks. */
const REFUSALS = new Set([401, 403, 407, 429, 451])

/** 2xx is a file, and any other 4xx is none. */
const isAnswer = (status: number | null) =>
  status !== null && ((status >= 200 && status < 300) || (status >= 400 && status < 500 && !REFUSALS.has(status)))

/** The rules in force: what was fetched, and forbidden until known. */
export function rulesOf(kept: KeptRobots): RobotsRules {
  if (kept.robotsFetchedAt === null || !isAnswer(kept.robotsStatus)) return { known: false }
  return { known: true, body: kept.robotsBody }
}

/** When they have to be asked for again; null: now. */
export function robotsDueAt(kept: KeptRobots, now: Date): Date | null {
  if (kept.robotsFetchedAt === null) return null
  const due = new Date(kept.robotsFetchedAt.getTime() + (isAnswer(kept.robotsStatus) ? LIFETIME_MS : UNKNOWN_AGAIN_MS))
  return due > now ? due : null
}

/**
 * What to keep after an answer. A site that is away, or shows a page in place of the file, keeps the rules it had (RFC 9309,
 * 2.4 allows that while they cannot be fetched); one that refuses us keeps none.
 */
export function keepRobots(kept: KeptRobots, page: FetchedPage, now: Date): KeptRobots {
  const blocked = judgeAnswer(page) === 'blocked'
  const whole = page.failure === null && !page.truncated
  const status = whole ? page.status : null
  const file = status !== null && status < 300 ? page.body.slice(0, MAX_CHARACTERS).replaceAll('\0', '') : null
  const hadFile = kept.robotsBody !== null && !isPage(kept.robotsBody)
  const lost = !isAnswer(status) || (file !== null && isPage(file) && hadFile)
  if (blocked)
    return { robotsBody: null, robotsStatus: isAnswer(page.status) ? null : page.status, robotsFetchedAt: now }
  if (lost && rulesOf(kept).known)
    return { ...kept, robotsFetchedAt: new Date(now.getTime() - LIFETIME_MS + KEPT_AGAIN_MS) }
  return { robotsBody: file, robotsStatus: status, robotsFetchedAt: now }
}

const isPage = (body: string) => /^\s*</.test(body)
