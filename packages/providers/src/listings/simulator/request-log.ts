export type SeenRequest = {
  /** Who asked: the user agent, or the address where there is none. */
  client: string
  /** Epoch milliseconds of the site's own clock. */
  at: number
  method: string
  path: string
  status: number | null
  /** It came with If-None-Match or If-Modified-Since. */
  conditional: boolean
  /** Another request of the same client was not answered yet. */
  overlapped: boolean
  /** The answer to the one before led here: the two are one visit. */
  led: boolean
  /** Robots were asked to stay away from this path. */
  forbidden: boolean
}

export type Politeness = {
  requests: number
  /** Pages, without robots.txt. */
  pages: number
  overlaps: number
  /** Between the starts of two visits; null with fewer than two. */
  shortestGapMs: number | null
  /** Gaps shorter than the site asks for. */
  tooSoon: number
  forbidden: number
  conditional: number
  notModified: number
  /** Requests before the time that a Retry-After had named was over. */
  beforeRetryAfter: number
  busiestDay: number
}

/** Who asked for what and when, so that a client's manners can be proved. */
export function createRequestLog(now: () => Date) {
  const seen: SeenRequest[] = []
  const inFlight = new Map<string, number>()
  const last = new Map<string, SeenRequest>()
  const retryAt: { client: string; from: number; until: number }[] = []

  return {
    seen: seen as readonly SeenRequest[],
    begin(request: Omit<SeenRequest, 'at' | 'status' | 'overlapped' | 'led'>): SeenRequest {
      const running = inFlight.get(request.client) ?? 0
      inFlight.set(request.client, running + 1)
      const before = last.get(request.client)
      const at = now().getTime()
      const led = before?.at === at && before.status !== null && before.status >= 300 && before.status < 304
      const entry = { ...request, at, status: null, overlapped: running > 0, led }
      seen.push(entry)
      last.set(request.client, entry)
      return entry
    },
    end(entry: SeenRequest, status: number, retryAfterSeconds?: number): void {
      entry.status = status
      inFlight.set(entry.client, Math.max(0, (inFlight.get(entry.client) ?? 1) - 1))
      if (retryAfterSeconds)
        retryAt.push({ client: entry.client, from: entry.at, until: entry.at + retryAfterSeconds * 1000 })
    },
    clear(): void {
      seen.length = 0
      retryAt.length = 0
    },
    politeness(options: { minGapMs: number; client?: string }): Politeness {
      const asked = seen.filter((entry) => !options.client || entry.client === options.client)
      const gaps = gapsOf(asked)
      const pages = asked.filter((entry) => entry.path !== '/robots.txt')
      const perDay = new Map<number, number>()
      for (const entry of pages) {
        const day = Math.floor(entry.at / 86_400_000)
        perDay.set(day, (perDay.get(day) ?? 0) + 1)
      }
      return {
        requests: asked.length,
        pages: pages.length,
        overlaps: asked.filter((entry) => entry.overlapped).length,
        shortestGapMs: gaps.length ? Math.min(...gaps) : null,
        tooSoon: gaps.filter((gap) => gap < options.minGapMs).length,
        forbidden: asked.filter((entry) => entry.forbidden).length,
        conditional: pages.filter((entry) => entry.conditional).length,
        notModified: pages.filter((entry) => entry.status === 304).length,
        beforeRetryAfter: pages.filter((entry) =>
          retryAt.some((rule) => rule.client === entry.client && rule.from < entry.at && entry.at < rule.until),
        ).length,
        busiestDay: Math.max(0, ...perDay.values()),
      }
    },
  }
}

/** Gaps between one client's visits: what two clients do is not one's lack of manners, nor is following a redirect. */
function gapsOf(seen: readonly SeenRequest[]): number[] {
  const last = new Map<string, number>()
  const gaps: number[] = []
  for (const entry of seen) {
    const before = last.get(entry.client)
    if (before !== undefined && !entry.led) gaps.push(entry.at - before)
    last.set(entry.client, entry.at)
  }
  return gaps
}
