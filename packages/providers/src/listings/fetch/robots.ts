import robotsParser from 'robots-parser'

export type RobotsJudgement = {
  allowed: boolean
  /** Whole seconds that the site wants between two requests; 0 when it says nothing. */
  crawlDelaySeconds: number
}

/** RFC 9309, 2.5: this much has to be read; what comes after need not be. */
const MAX_CHARACTERS = 500 * 1024
/** A day: who asks for more gets that. */
const MAX_CRAWL_DELAY_SECONDS = 86_400
/** How a robot is named in a group (RFC 9309, 2.2.1). */
const PRODUCT = /^[a-z_-]+/i
/** Comparing patterns takes as many steps as pattern times path. Above this a worker would stand still. */
const MAX_STEPS = 40_000_000

/**
 * What a robots.txt says to `userAgent` about one address of its own site.
 * @param body null: the site has none, and everything is allowed
 */
export function judgeRobots(body: string | null, url: string, userAgent: string): RobotsJudgement {
  if (body === null) return { allowed: true, crawlDelaySeconds: 0 }
  const rules = plainRules(body)
  const { origin, pathname, search } = new URL(url)
  const product = PRODUCT.exec(userAgent)?.[0] ?? '*'
  const robots = parse(`${origin}/robots.txt`, rules)
  const readable = rules.length * (pathname.length + search.length) <= MAX_STEPS
  return {
    // The file itself may always be read.
    allowed: pathname === '/robots.txt' || (readable && robots.isAllowed(url, product) !== false),
    crawlDelaySeconds: boundedDelay(robots.getCrawlDelay(product)),
  }
}

// The types describe a default export that the CommonJS module does not wrap.
const parse = robotsParser as unknown as (typeof robotsParser)['default']

/**
 * The file with only the lines that matter. The parser ends a group at any other line, which would free whoever is named
 * before a Sitemap, and compares whole lines where only the product counts.
 */
function plainRules(body: string): string {
  const lines: string[] = []
  for (const line of body
    .replace(/^\uFEFF/, '')
    .slice(0, MAX_CHARACTERS)
    .split(/\r\n|\r|\n/)) {
    const [, field = '', value = ''] = /^\s*(user-agent|allow|disallow|crawl-delay)\s*:([^#]*)/i.exec(line) ?? []
    const name = field.toLowerCase()
    if (name === 'user-agent') lines.push(`${name}: ${PRODUCT.exec(value.trim())?.[0] ?? value.trim()}`)
    else if (name) lines.push(`${name}: ${value.trim().replace(/\*{2,}/g, '*')}`)
  }
  return lines.join('\n')
}

function boundedDelay(seconds: number | undefined): number {
  if (seconds === undefined || !(seconds > 0)) return 0
  return Math.min(Math.ceil(seconds), MAX_CRAWL_DELAY_SECONDS)
}
