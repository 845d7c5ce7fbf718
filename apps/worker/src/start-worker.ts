import type { Config } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { startBeating } from '@marquee/core/health/start-beating'
import { openQueues } from '@marquee/core/jobs/queues'
import { startRelay } from '@marquee/core/jobs/relay-outbox'
import { ensureSources } from '@marquee/core/listings/ensure-sources'
import { startSweeper } from '@marquee/core/seats/sweep-holds'
import { openListing } from '@marquee/providers/listings/registry'
import { renderInvoicePdf } from './documents/invoice-pdf.ts'
import { renderTicketPdf } from './documents/ticket-pdf.ts'
import { handlers } from './handlers.ts'
import { startRunner } from './runner.ts'
import { keepSchedules } from './schedules.ts'
import { openPages, openVendors } from './vendors.ts'
import type { WorkerCtx } from './worker-context.ts'

/**
 * Everything a worker process does: relays the outbox, runs jobs and schedules, frees ended holds, says that it lives.
 * Any number may run. None of it needs Redis or Postgres to be there at the start, or to stay.
 */
export function startWorker(config: Config): { ctx: WorkerCtx; close(): Promise<void> } {
  const base = createContext(config, (own) => openVendors(config, own))
  const posterFolder = config.http.webDist
  const ctx: WorkerCtx = {
    ...base,
    queues: openQueues(config, base.log),
    renderTicketPdf: (ticket) => renderTicketPdf(ticket, posterFolder),
    renderInvoicePdf,
    pages: openPages(config),
    listings: openListing,
  }
  const runner = startRunner(ctx, handlers)
  const relay = startRelay(ctx)
  const sweeper = startSweeper(ctx)
  const schedules = keepSchedules(ctx)
  const heart = startBeating(ctx)
  void ensureSources(ctx).catch((err: unknown) => ctx.log.warn({ err }, 'sources not written, the next start does'))
  ctx.log.info('worker is running')
  return {
    ctx,
    /** Takes no new work, lets running jobs end, then lets go of everything. */
    async close() {
      heart.stop()
      schedules.stop()
      await Promise.all([relay.stop(), sweeper.stop(), runner.close()])
      await Promise.all([ctx.queues.close(), ctx.pages.close()])
      await base.close()
    },
  }
}
