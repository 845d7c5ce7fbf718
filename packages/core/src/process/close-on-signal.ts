import type { Logger } from 'pino'

type Closing = {
  close(): Promise<void>
  /** After so many milliseconds the process ends whatever is still open, with exit code 1. */
  withinMs: number
}

/**
 * Ends a process decently: SIGTERM and SIGINT close it once, and then it exits with 0, or with 1 when closing failed or
 * took too long. A promise that failed with nobody watching is logged and ends nothing.
 */
export function closeOnSignal(log: Pick<Logger, 'info' | 'error'>, closing: Closing): void {
  let begun = false
  const end = async (signal: string) => {
    if (begun) return
    begun = true
    log.info({ signal }, 'closing')
    setTimeout(() => process.exit(1), closing.withinMs).unref()
    const failed = await closing.close().then(
      () => false,
      (err: unknown) => {
        log.error({ err }, 'closing failed')
        return true
      },
    )
    process.exit(failed ? 1 : 0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal))
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise failed with nobody watching'))
}
