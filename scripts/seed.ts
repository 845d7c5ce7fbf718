import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { loadDemoData } from '@marquee/core/demo/load-demo-data'
import { openGateway, openMail } from '@marquee/providers/open-vendors'

/** Loads the demo catalogue, or adds the days it lacks: safe at every start. Its accounts have public passwords. */
const config = readConfig(process.env)
if (config.mode === 'production') throw new Error('The demo data has accounts with public passwords: not in production')
const ctx = createContext(config, () => ({ gateway: openGateway(config), mail: openMail(config, async () => {}) }))
try {
  await loadDemoData(ctx)
} finally {
  await ctx.close()
}
