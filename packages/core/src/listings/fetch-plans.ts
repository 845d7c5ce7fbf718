import type { Conditional } from '@marquee/providers/listings/fetch/request-headers'
import type { FetchedPage, FetchPlan } from '@marquee/providers/listings/listing-source'
import { fetchPolitely } from './hosts/fetch-politely.ts'
import type { Deferred, PoliteCtx, PoliteHost } from './hosts/fetch-reserved.ts'

/** Waits until then, for real or on a simulation's clock. */
export type Pause = (until: Date) => Promise<void>
export type FetchCtx = PoliteCtx & { pause?: Pause | undefined }

/** Between the pages of one look, within its lease. A host that wants more is come back to. */
const LONGEST_PAUSE_MS = 100_000

/**
 * All pages of one look, one after the other, each as politely as it must be. The first one is not waited for, unless the
 * look `waits`; once it is there, the host's gap before the next one is.
 */
export async function fetchPlans(
  ctx: FetchCtx,
  request: {
    host: PoliteHost
    plans: FetchPlan[]
    conditional: Conditional | null
    waits?: boolean
    beforeEach?: () => Promise<boolean>
  },
): Promise<{ pages: FetchedPage[]; why: string | null } | Deferred> {
  const { host, plans, conditional, waits = false } = request
  const pages: FetchedPage[] = []
  let why: string | null = null
  for (const plan of plans) {
    for (let tries = 0; ; tries++) {
      if ((waits || pages.length > 0) && request.beforeEach && !(await request.beforeEach()))
        return { deferredUntil: ctx.clock.now(), why: 'lease' }
      const answer = await fetchPolitely(ctx, { host, plan, conditional: plans.length === 1 ? conditional : null })
      if ('page' in answer) {
        pages.push(answer.page)
        why ??= answer.why ?? null
        break
      }
      const waitMs = answer.deferredUntil.getTime() - ctx.clock.now().getTime()
      if ((pages.length === 0 && !waits) || tries > 3 || waitMs > LONGEST_PAUSE_MS) return answer
      await (ctx.pause ?? pauseUntil(ctx))(answer.deferredUntil)
    }
  }
  return { pages, why }
}

const pauseUntil =
  (ctx: PoliteCtx): Pause =>
  (until) =>
    new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, until.getTime() - ctx.clock.now().getTime()))
    })
