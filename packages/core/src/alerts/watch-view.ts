import type { WatchView } from '@marquee/contracts/alerts'
import type { Prisma } from '../generated/prisma/client.ts'
import { CATALOGUE_SOURCE } from '../listings/catalogue-source.ts'
import { blindWords } from './alert-words.ts'

/** Without the sessions: they can be hundreds, and a page of alerts shows none of them. */
export const WATCH_FACTS = {
  id: true,
  sourceId: true,
  siteMovieId: true,
  verdict: true,
  lastReason: true,
  announcedAt: true,
  nextLookAt: true,
  intervalSeconds: true,
  lastLookAt: true,
  lastOkAt: true,
  blindSince: true,
  source: { select: { name: true, enabled: true, frozenAt: true, intervalSeconds: true } },
} satisfies Prisma.WatchSelect
export type WatchFacts = Prisma.WatchGetPayload<{ select: typeof WATCH_FACTS }>

/** What one source says, and how it came to say so. */
export function watchView(watch: WatchFacts): WatchView {
  const own = watch.sourceId === CATALOGUE_SOURCE
  const paused = !own && (!watch.source.enabled || watch.source.frozenAt !== null)
  return {
    id: watch.id,
    sourceId: watch.sourceId,
    sourceName: watch.source.name,
    how: own ? 'told' : 'looks',
    verdict: watch.verdict,
    announcedAt: text(watch.announcedAt),
    lastLookAt: text(watch.lastLookAt),
    nextLookAt: own || paused ? null : text(watch.nextLookAt),
    lastOkAt: text(watch.lastOkAt),
    blindSince: text(watch.blindSince),
    blindWhy: watch.blindSince ? blindWords(watch.lastReason) : null,
    intervalSeconds: own ? null : watch.intervalSeconds || watch.source.intervalSeconds,
    paused,
  }
}

const text = (at: Date | null) => at?.toISOString() ?? null
