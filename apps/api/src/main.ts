import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { buildApp } from './app.ts'
import { openVendors } from './vendors.ts'

/** Long enough for requests in flight, short enough for whoever waits for the restart. */
const CLOSE_WITHIN_MS = 10_000

const config = readConfigOrExit()
const ctx = createContext(config, (base) => openVendors(config, base))
const app = await buildApp(ctx)
let closing = false

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal))
process.on('unhandledRejection', (err) => ctx.log.error({ err }, 'a promise failed with nobody watching'))

await app.listen({ host: config.http.host, port: config.http.port })

async function close(signal: string) {
  if (closing) return
  closing = true
  ctx.log.info({ signal }, 'closing')
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref()
  await app.close()
  await ctx.close()
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
