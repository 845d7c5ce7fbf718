import type { FetchedPage, ListingSource, ListingTarget, Observation } from '@marquee/providers/listings/listing-source'
import { localDate } from '../catalog/local-day.ts'
import { isDrawnSince, pastCaches } from './cached-copies.ts'
import { type FetchCtx, fetchPlans } from './fetch-plans.ts'
import { furtherDays, joinDays, type Wish } from './further-days.ts'
import type { PoliteHost } from './hosts/fetch-reserved.ts'
import { type LeasedWatch, renewLease } from './lease-watch.ts'

/**
 * Asks for the further days that somebody wants of a site which shows one day at a time, each in the host's turn and after
 * its gap. A day that is not answered is left for the next look.
 * @returns `complete`: nothing that the site calls open is unknown; `pages`: those of the further days
 */
export async function lookFurther(
  ctx: FetchCtx,
  given: {
    watch: LeasedWatch
    source: ListingSource
    target: ListingTarget
    host: PoliteHost
    pages: FetchedPage[]
    seen: Observation
    wishes: Wish[]
  },
): Promise<{ observation: Observation; complete: boolean; pages: FetchedPage[] }> {
  const { watch, source, target, host, seen, wishes } = given
  const now = ctx.clock.now()
  const today = localDate(now, target.city.zone)
  // A second look asks for the days of the first.
  const asOf = watch.confirmingSince ?? now
  const turn = Math.floor(asOf.getTime() / (1_000 * Math.max(60, watch.intervalSeconds)))
  const wanted = furtherDays({ seen, believed: watch.sessions, wishes, today, now, turn })
  const answers: { day: string; observation: Observation }[] = []
  const further: FetchedPage[] = []
  const asked = new Set(source.plan(target, now).map(nameOf))
  for (const day of wanted) {
    const ofDay = { ...target, date: day }
    const plans = source.plan(ofDay, ctx.clock.now())
    // What does not depend on the day is there already; where nothing does, the first page was of all days.
    const news = plans.filter((plan) => !asked.has(nameOf(plan))).map((plan) => pastCaches(plan, watch.confirmingSince))
    if (news.length === 0) break
    const fetched = await fetchPlans(ctx, {
      host,
      plans: news,
      conditional: null,
      waits: true,
      beforeEach: () => renewLease(ctx, watch, ctx.clock.now()),
    })
    if ('deferredUntil' in fetched) break
    if (!fetched.pages.every((page) => isDrawnSince(page, watch.confirmingSince))) continue
    const same = given.pages.filter((page) => !news.some(({ key }) => key === page.key))
    answers.push({ day, observation: source.interpret(ofDay, [...fetched.pages, ...same], ctx.clock.now()) })
    further.push(...fetched.pages.map((page) => ({ ...page, key: `${page.key} ${day}` })))
  }
  const { observation, complete } = joinDays({ seen, days: answers, believed: watch, today, now: ctx.clock.now() })
  return { observation, complete, pages: further }
}

const nameOf = ({ url, body }: { url: string; body: string | null }) => `${url} ${body ?? ''}`
