import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'

// Only reads, so it may run against a live database: npm run check:invariants
const config = readConfig({ ...process.env, LOG_LEVEL: 'warn' })
const ctx = createContext(config, () => ({
  gateway: openGateway(config),
  mail: openMail(config, async () => Promise.reject(new Error('an audit sends nothing'))),
  sms: openSms(config, async () => Promise.reject(new Error('an audit sends nothing'))),
  voice: openVoice(config),
}))
// The seat maps in Redis are part of the audit; the link opens in the background.
if (!ctx.redis.available) {
  await Promise.race([
    new Promise<void>((resolve) => ctx.redis.onBack(resolve)),
    new Promise<void>((resolve) => setTimeout(resolve, 2_000)),
  ])
}
const { violations } = await checkInvariants(ctx)
await ctx.close()
for (const { invariant, detail } of violations) console.error(`${invariant}  ${detail}`)
console.log(violations.length === 0 ? 'every invariant holds' : `${violations.length} violations`)
process.exit(violations.length === 0 ? 0 : 1)
