import type { PageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import type { Conditional } from '@marquee/providers/listings/fetch/request-headers'
import { judgeRobots } from '@marquee/providers/listings/fetch/robots'
import type { FetchedPage, FetchPlan } from '@marquee/providers/listings/listing-source'

export type FakeAnswer = Partial<FetchedPage> | Promise<Partial<FetchedPage>>
/** What a site answers: what is left out is a whole page with status 200. */
export type FakeSite = (plan: FetchPlan, conditional: Conditional | null) => FakeAnswer

export type FakePages = PageFetcher & {
  /** Every request, robots.txt included, in its order. */
  asked: { plan: FetchPlan; conditional: Conditional | null }[]
  /** Who answers from now on. Until somebody does, no site exists; without an answer to it, robots.txt is 404. */
  serve(site: FakeSite): void
  /** Origins that count as simulators: no least gap. */
  simulators: Set<string>
}

/** Sites without a network, judged by the real rules of robots.txt. */
export function fakePages(): FakePages {
  let site: FakeSite | null = null
  const asked: FakePages['asked'] = []
  const simulators = new Set<string>()
  const hosts = (url: string) => [URL.parse(url)?.host ?? '', URL.parse(url)?.hostname ?? '']
  return {
    asked,
    simulators,
    serve(given) {
      site = given
    },
    async fetchPage(plan, conditional, rules) {
      const page: FetchedPage = {
        key: plan.key,
        url: plan.url,
        finalUrl: plan.url,
        status: 200,
        headers: {},
        body: '',
        truncated: false,
        failure: null,
        fetchedAt: new Date(),
      }
      const own = hosts(plan.url).some((host) => rules.allowedHosts.includes(host))
      if (!own || rules.mayVisit?.(plan.url) === false) return { ...page, status: null, failure: 'refused' }
      asked.push({ plan, conditional })
      if (!site) return { ...page, status: null, failure: 'network' }
      const robots = new URL(plan.url).pathname === '/robots.txt'
      return { ...page, ...(robots && { status: 404 }), ...(await site(plan, conditional)) }
    },
    admits: (url, allowedHosts) => hosts(url).some((host) => allowedHosts.includes(host)),
    judgeRobots: ({ body }, url) => judgeRobots(body, url, 'MarqueeBot/1.0'),
    isSimulator: (url) => simulators.has(URL.parse(url)?.origin ?? ''),
    close: async () => {},
  }
}
