import { readFileSync } from 'node:fs'
import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { makeScreen, makeShowtime, makeTheatre } from '@marquee/core/testing/factories'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'
import { openLedger } from '@marquee/providers/payments/simulator/ledger'

type StageFile = { env: Record<string, string>; shortUrl: string; shortHoldMs: number }

/** The house that serve.ts opened, seen from behind the scenes: its databases for builders, and the bank's own books. */
export type Stage = Awaited<ReturnType<typeof openStage>>

export async function openStage() {
  const file = process.env.E2E_STAGE
  if (!file) throw new Error('E2E_STAGE is not set')
  const { env, shortUrl, shortHoldMs } = JSON.parse(readFileSync(file, 'utf8')) as StageFile
  const config = readConfig({ ...env, LOG_LEVEL: 'silent', DATABASE_POOL: '4' })
  const ctx = createContext(config, () => ({
    gateway: openGateway(config),
    mail: openMail(config, () => Promise.reject(new Error('tests send no mail'))),
    sms: openSms(config, () => Promise.reject(new Error('tests send nothing'))),
    voice: openVoice(config),
  }))
  if (!ctx.redis.available) await new Promise<void>((resolve) => ctx.redis.onBack(resolve))
  const ledger = openLedger(config.payments.devFile)
  // In a city of the demo: one of its own would come first in the list, and greet every stranger.
  const city = await ctx.db.city.findUniqueOrThrow({ where: { slug: 'hyderabad' } })
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  return {
    ctx,
    ledger,
    url: config.http.publicBaseUrl,
    /** The same house, where a hold lasts `shortHoldMs` and cannot be extended. */
    shortUrl,
    shortHoldMs,
    /** A show of its own for one test, on a screen of its own: rows A to F, eight seats each, the back half premium. */
    showtime: async (given: { movieId?: string } = {}) =>
      makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId: theatre.id }), ...given }),
    async close() {
      ledger.close()
      await ctx.close()
    },
  }
}
