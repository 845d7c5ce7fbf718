import type { Conditional } from '@marquee/providers/listings/fetch/request-headers'
import type { FetchedPage, FetchPlan } from '@marquee/providers/listings/listing-source'
import { ensureRobots } from './ensure-robots.ts'
import { type Deferred, fetchReserved, movedTo, type PoliteCtx, type PoliteHost } from './fetch-reserved.ts'

/** A page that wanders between hosts for longer is lost. */
const MAX_MOVES = 2

/**
 * Asks for one page of a site as a guest should: what robots.txt forbids is not asked for, one request at a time per host
 * over all workers, gaps, budgets and refusals kept. Never throws for what a site does.
 * @returns the page, whatever came (`refused` without a status: not asked for, `why` says why), or when to come again
 */
export async function fetchPolitely(
  ctx: PoliteCtx,
  request: { host: PoliteHost; plan: FetchPlan; conditional: Conditional | null },
): Promise<{ page: FetchedPage; why?: string } | Deferred> {
  const { host, conditional } = request
  let { plan } = request
  const refused = (why: string) => ({ page: refusedPage(request.plan, plan.url, ctx.clock.now()), why })
  for (let move = 0; ; move++) {
    if (!ctx.pages.admits(plan.url, host.allowedHosts))
      return refused('the address may not be asked for, or is not of this source')
    const robots = await ensureRobots(ctx, { url: plan.url, host })
    if ('deferredUntil' in robots) return robots
    const mayVisit = (url: string) => ctx.pages.judgeRobots(robots, url).allowed
    if (!mayVisit(plan.url)) return refused('robots.txt forbids it')
    const answer = await fetchReserved(ctx, { host, plan, conditional, mayVisit })
    if ('deferredUntil' in answer) return answer
    const moved =
      move < MAX_MOVES && plan.method === 'GET' ? movedTo(ctx, answer.page, plan.url, host.allowedHosts) : null
    if (!moved) return { page: { ...answer.page, url: request.plan.url } }
    plan = { ...plan, url: moved }
  }
}

function refusedPage(plan: FetchPlan, finalUrl: string, fetchedAt: Date): FetchedPage {
  const nothing = { status: null, headers: {}, body: '', truncated: false }
  return { key: plan.key, url: plan.url, finalUrl, ...nothing, failure: 'refused', fetchedAt }
}
