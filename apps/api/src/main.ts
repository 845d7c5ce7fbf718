import { createContext } from '@marquee/core/context'
import { closeOnSignal } from '@marquee/core/process/close-on-signal'
import { readConfigOrExit } from '@marquee/core/process/read-config-or-exit'
import { buildApp } from './app.ts'
import { openVendors } from './vendors.ts'

/** Long enough for requests in flight, short enough for whoever waits for the restart. */
const CLOSE_WITHIN_MS = 10_000

const config = readConfigOrExit(process.env)
const ctx = createContext(config, (base) => openVendors(config, base))
const app = await buildApp(ctx)

closeOnSignal(ctx.log, {
  withinMs: CLOSE_WITHIN_MS,
  async close() {
    await app.close()
    await ctx.close()
  },
})

await app.listen({ host: config.http.host, port: config.http.port })
