import { fanOutOpening } from '@marquee/core/alerts/delivery/fan-out-opening'
import { placeCall } from '@marquee/core/alerts/delivery/place-call'
import { reconcileAttempts } from '@marquee/core/alerts/delivery/reconcile-attempts'
import { scheduleAttempts } from '@marquee/core/alerts/delivery/schedule-attempts'
import { sendMessage } from '@marquee/core/alerts/delivery/send-message'
import { sendNotice } from '@marquee/core/alerts/delivery/send-notice'
import { sweepAlerts } from '@marquee/core/alerts/delivery/sweep-alerts'
import { sendCreated } from '@marquee/core/alerts/send-created'
import type { JobHandlers } from '@marquee/core/jobs/catalog'
import type { WorkerCtx } from './worker-context.ts'

/** Telling people: from an opening to a phone that rings. */
export const alertHandlers = {
  'opening.fan-out': async (ctx, payload) => {
    await fanOutOpening(ctx, payload)
  },
  'alert.message': (ctx, payload) => sendMessage(ctx, payload),
  'alert.call': (ctx, payload) => placeCall(ctx, payload),
  'alert.notice': (ctx, payload) => sendNotice(ctx, payload),
  'alert.created': (ctx, payload) => sendCreated(ctx, payload),
  'alert.schedule': async (ctx) => {
    await scheduleAttempts(ctx)
  },
  'alert.reconcile': async (ctx) => {
    await reconcileAttempts(ctx)
  },
  'alert.sweep': async (ctx) => {
    await sweepAlerts(ctx)
  },
} satisfies Partial<JobHandlers<WorkerCtx>>
