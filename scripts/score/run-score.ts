import { randomBytes } from 'node:crypto'
import { manualClock } from '@marquee/core/clock'
import { readConfig } from '@marquee/core/config'
import { type Ctx, createContext } from '@marquee/core/context'
import { openQueues } from '@marquee/core/jobs/queues'
import { createPageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import { openListing } from '@marquee/providers/listings/registry'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'
import { type Driven, drive } from './drive.ts'
import { measure, type Score } from './measure.ts'
import { type OpenSite, serveSites, subscribe, writeFilmsByHand, writeSources } from './open-world.ts'
import { planScenario, type ScoreOptions } from './scenario.ts'

const DAY = 86_400_000
/** A reader that waits shorter than usual: pages that drip would hold up weeks. */
const TIMEOUTS = { connectMs: 1_000, headersMs: 1_000, readMs: 150, totalMs: 600 }

export type Run = { score: Score; driven: Driven; seconds: number }

/** Plays the whole scenario over the monitor itself, on the Postgres and Redis given, both empty. */
export async function runScore(
  services: { databaseUrl: string; redisUrl: string },
  options: ScoreOptions,
  tell?: (line: string) => void,
): Promise<Run> {
  const began = performance.now()
  const clock = manualClock(options.start)
  const config = readConfig(environment(services))
  const ctx = createContext(
    config,
    () => ({
      gateway: openGateway(config),
      mail: openMail(config, async () => ({ id: '' })),
      sms: openSms(config, async () => ({ id: '' })),
      voice: openVoice(config),
    }),
    { clock },
  )
  const queues = openQueues(config, ctx.log)
  const sites = await serveSites(planScenario(options), () => clock.now())
  const pages = createPageFetcher({
    userAgent: config.monitor.userAgent,
    allowedOrigins: sites.map(({ served }) => served.origin),
    timeouts: TIMEOUTS,
    now: () => clock.now(),
  })
  try {
    await openWorld(ctx, sites, clock.now())
    const end = new Date(options.start.getTime() + options.days * DAY)
    const pause = async (until: Date) => {
      if (until > clock.now()) clock.set(until)
    }
    const monitor = { ...ctx, queues, pages, listings: openListing, pause }
    const driven = await drive(monitor, { clock, sites, seed: options.seed, end, ...(tell && { tell }) })
    const score = await measure(ctx, { sites, start: options.start, end, due: driven.due })
    return { score, driven, seconds: (performance.now() - began) / 1000 }
  } finally {
    await pages.close()
    await Promise.all(sites.map(({ served }) => served.close()))
    await queues.close()
    await ctx.close()
  }
}

/** Sources, and who waits. What a source lists is found by reading its lists, and those who wait for it join. */
async function openWorld(ctx: Ctx, sites: OpenSite[], now: Date): Promise<void> {
  const cityIds = await writeSources(ctx, sites)
  for (const open of sites) {
    if (open.plan.skin === 'plain-rtl') await writeFilmsByHand(ctx, open, cityIds, now)
    for (const film of open.plan.films) await subscribe(ctx, { film, cityIds, people: film.subscribers, now })
  }
}

function environment({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string }): Record<string, string> {
  const secret = () => randomBytes(24).toString('base64url')
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.SCORE_LOG ?? 'silent',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    DATABASE_POOL: '6',
    JWT_SECRET: secret(),
    TICKET_SIGNING_KEY: secret(),
    CONTACT_KEY: secret(),
    PAYMENT_KEY_SECRET: secret(),
    PAYMENT_WEBHOOK_SECRET: secret(),
  }
}
