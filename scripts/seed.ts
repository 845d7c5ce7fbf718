import { setTimeout } from 'node:timers/promises'
import { CACHE_TAGS, dropCached } from '@marquee/core/cache/cache'
import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { loadDemoData } from '@marquee/core/demo/load-demo-data'
import { writeAlerts } from '@marquee/core/demo/write-alerts'
import { writeDemoCinema } from '@marquee/core/demo/write-demo-cinema'
import { DEMO_CINEMA } from '@marquee/providers/listings/simulator/demo-site'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'

/** Loads the demo catalogue, or adds the days it lacks: safe at every start. Its accounts have public passwords. */
const config = readConfig(process.env)
if (config.mode === 'production') throw new Error('The demo data has accounts with public passwords: not in production')
const ctx = createContext(config, () => ({
  gateway: openGateway(config),
  mail: openMail(config, async () => ({ id: 'seeding sends nothing' })),
  sms: openSms(config, async () => ({ id: 'seeding sends nothing' })),
  voice: openVoice(config),
}))
try {
  await loadDemoData(ctx)
  await writeDemoCinema(ctx, DEMO_CINEMA)
  await writeAlerts(ctx)
  // Lists cached before know nothing of what came in. Without Redis there are none.
  await Promise.race([new Promise<void>((resolve) => ctx.redis.onBack(resolve)), setTimeout(1_000)])
  await dropCached(ctx, CACHE_TAGS)
} finally {
  await ctx.close()
}
