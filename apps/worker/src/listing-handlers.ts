import type { JobHandlers } from '@marquee/core/jobs/catalog'
import { lookAtWatch } from '@marquee/core/listings/look-at-watch'
import { readListing } from '@marquee/core/listings/read-listing'
import { scheduleLooks } from '@marquee/core/listings/schedule-looks'
import { tellWatch } from '@marquee/core/listings/tell-watch'
import type { WorkerCtx } from './worker-context.ts'

/** Watching: what is due, one look, one list, and what our own catalogue says. */
export const listingHandlers = {
  'watch.schedule': async (ctx) => {
    await scheduleLooks(ctx)
  },
  'watch.look': async (ctx, payload) => {
    await lookAtWatch(ctx, payload)
  },
  'listing.read': async (ctx, payload) => {
    await readListing(ctx, payload)
  },
  'watch.told': async (ctx, payload) => {
    await tellWatch(ctx, payload)
  },
} satisfies Partial<JobHandlers<WorkerCtx>>
