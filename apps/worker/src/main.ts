import { closeOnSignal } from '@marquee/core/process/close-on-signal'
import { readConfigOrExit } from '@marquee/core/process/read-config-or-exit'
import { startWorker } from './start-worker.ts'

/** Running jobs get this long to end; what is cut off runs again elsewhere. */
const CLOSE_WITHIN_MS = 20_000

const worker = startWorker(readConfigOrExit(process.env))
closeOnSignal(worker.ctx.log, { withinMs: CLOSE_WITHIN_MS, close: () => worker.close() })
