import type { PageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import type { Conditional } from '@marquee/providers/listings/fetch/request-headers'
import type { FetchedPage, FetchPlan } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../../context.ts'
import { noteHostAnswer } from './note-host-answer.ts'
import { reserveHost } from './reserve-host.ts'

export type PoliteCtx = Pick<Ctx, 'db' | 'pool' | 'clock'> & { pages: PageFetcher }
/** How a source may be asked: its own gap and budget, and the hosts that belong to it. */
export type PoliteHost = { minGapMs: number; dailyBudget: number; allowedHosts: string[] }
/** Nothing was asked, or not all of it. When to come again, and why: the host's reasons, or `robots`. */
export type Deferred = { deferredUntil: Date; why: string }

/**
 * One request to one host: reserved, made, and its answer noted. Redirects are followed on that host only; another one is
 * asked by whoever called, in its own turn.
 * @returns `freeAt`: when the host may be asked again, as far as is known
 */
export async function fetchReserved(
  ctx: PoliteCtx,
  request: {
    host: PoliteHost
    plan: FetchPlan
    conditional: Conditional | null
    mayVisit?: (url: string) => boolean
    /** Done with the answer while the host is still ours. */
    keep?: (page: FetchedPage) => Promise<void>
  },
): Promise<{ page: FetchedPage; freeAt: Date } | Deferred> {
  const { plan, conditional, mayVisit } = request
  const { host } = new URL(plan.url)
  const { minGapMs, dailyBudget } = request.host
  const leastGapMs = ctx.pages.isSimulator(plan.url) ? 0 : undefined
  const reserved = await reserveHost(ctx, { host, now: ctx.clock.now(), minGapMs, dailyBudget, leastGapMs })
  if (!reserved.ok) return { deferredUntil: reserved.retryAt, why: reserved.why }
  const fetched = await ctx.pages.fetchPage(plan, conditional, { allowedHosts: [host], mayVisit })
  const page = { ...fetched, fetchedAt: ctx.clock.now() }
  await request.keep?.(page)
  const freeAt = await noteHostAnswer(ctx, { host, leaseToken: reserved.leaseToken, page })
  return { page, freeAt: freeAt ?? new Date(page.fetchedAt.getTime() + minGapMs) }
}

/** Where a page has moved to, when that is another host of the same source. */
export function movedTo(ctx: PoliteCtx, page: FetchedPage, from: string, allowedHosts: string[]): string | null {
  if (page.failure !== 'refused' || page.status === null || page.status < 300 || page.status > 399) return null
  if (!ctx.pages.admits(page.finalUrl, allowedHosts)) return null
  const to = new URL(page.finalUrl)
  return to.host === new URL(from).host ? null : to.href
}
