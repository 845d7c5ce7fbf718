import { readConfig } from '@marquee/core/config'
import { startWorker } from './start-worker.ts'

/** Running jobs get this long to end; what is cut off runs again elsewhere. */
const CLOSE_WITHIN_MS = 20_000

const worker = startWorker(readConfigOrExit())
let closing = false

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal))
process.on('unhandledRejection', (err) => worker.ctx.log.error({ err }, 'a promise failed with nobody watching'))

async function close(signal: string) {
  if (closing) return
  closing = true
  worker.ctx.log.info({ signal }, 'closing')
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref()
  await worker.close()
  process.exit(0)
}

function readConfigOrExit() {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    return process.exit(1)
  }
}
