import { handleApi } from './api.ts'
import { openLedger } from './ledger.ts'
import { handlePage } from './page.ts'
import { type SenderOptions, sendDue, startSending } from './webhook-sender.ts'

export type SimulatorRequest = {
  method: string
  /** Below the mount point, without the query: `/v1/orders`. */
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  /** As it came: JSON for the API, a form for the page. */
  body: string
}
export type SimulatorResponse = { status: number; headers: Record<string, string>; body: string }

export type SimulatorOptions = SenderOptions & {
  /** The books: a SQLite file, or `:memory:`. */
  file: string
  keyId: string
  keySecret: string
  /** Where the payment page may send a guest back to: origins. */
  allowedReturnOrigins: string[]
  /** The path it is mounted at, for its own links. */
  basePath: string
}

/**
 * A payment gateway for machines without an account at one: the same protocol, signatures, webhooks and retries as the
 * real one, books of its own, and a page where a person decides what the bank says. It takes no money.
 */
export function createSimulator(options: SimulatorOptions) {
  const ledger = openLedger(options.file)
  let stopSending: (() => Promise<void>) | undefined
  return {
    handle(request: SimulatorRequest): SimulatorResponse {
      const machine = request.path.startsWith('/v1/') || request.path === '/control'
      return machine ? handleApi(ledger, options, request) : handlePage(ledger, options, request)
    },
    /** Sends due webhooks once, for tests that do not run the loop. Resolves to how many were sent. */
    sendDue: () => sendDue(ledger, options),
    start() {
      stopSending ??= startSending(ledger, options)
    },
    async stop() {
      await stopSending?.()
      stopSending = undefined
      ledger.close()
    },
  }
}
