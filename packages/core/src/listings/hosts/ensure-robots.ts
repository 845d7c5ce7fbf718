import type { FetchedPage } from '@marquee/providers/listings/listing-source'
import { type Deferred, fetchReserved, movedTo, type PoliteCtx, type PoliteHost } from './fetch-reserved.ts'
import { type KeptRobots, keepRobots, robotsDueAt, rulesOf } from './robots-rules.ts'

/** From http to https, from the bare name to www: more is no path to a file. */
const MAX_MOVES = 2

/**
 * The robots.txt in force for an address, from the host's row while it is fresh. Fetching it is a request like any other:
 * it takes the host's turn, so the page itself is asked for after the gap.
 * @returns `body` null: the site has none. Deferred while it is not known, or has just been asked for
 */
export async function ensureRobots(
  ctx: PoliteCtx,
  input: { url: string; host: PoliteHost },
): Promise<{ body: string | null } | Deferred> {
  const { host, origin } = new URL(input.url)
  const row = await ctx.db.listingHost.findUnique({ where: { host } })
  const kept = row ?? { robotsBody: null, robotsStatus: null, robotsFetchedAt: null }
  const dueAt = robotsDueAt(kept, ctx.clock.now())
  if (dueAt) {
    const rules = rulesOf(kept)
    return rules.known ? { body: rules.body } : { deferredUntil: dueAt, why: 'robots' }
  }

  let url = `${origin}/robots.txt`
  for (let move = 0; ; move++) {
    const from = url
    const moved = (page: FetchedPage) => (move < MAX_MOVES ? movedTo(ctx, page, from, input.host.allowedHosts) : null)
    const plan = { key: 'robots', url, method: 'GET', headers: { accept: 'text/plain,*/*;q=0.1' } } as const
    const answer = await fetchReserved(ctx, {
      host: input.host,
      plan: { ...plan, body: null, expects: 'html' },
      conditional: null,
      // Before the host is free again: its Crawl-delay already counts for the page itself.
      keep: async (page) => {
        if (!moved(page)) await keepFile(ctx, input.url, keepRobots(kept, page, ctx.clock.now()))
      },
    })
    if ('deferredUntil' in answer) return answer
    const next = moved(answer.page)
    if (next) {
      url = next
      continue
    }
    const after = keepRobots(kept, answer.page, answer.page.fetchedAt)
    const unknownUntil = rulesOf(after).known ? null : robotsDueAt(after, answer.page.fetchedAt)
    const deferredUntil = unknownUntil && unknownUntil > answer.freeAt ? unknownUntil : answer.freeAt
    return { deferredUntil, why: 'robots' }
  }
}

async function keepFile(ctx: PoliteCtx, url: string, kept: KeptRobots) {
  const rules = rulesOf(kept)
  const delay = rules.known ? ctx.pages.judgeRobots(rules, url).crawlDelaySeconds : 0
  await ctx.db.listingHost.update({
    where: { host: new URL(url).host },
    data: {
      robotsBody: kept.robotsBody,
      robotsStatus: kept.robotsStatus,
      robotsFetchedAt: kept.robotsFetchedAt,
      crawlDelayMs: delay * 1_000,
    },
  })
}
