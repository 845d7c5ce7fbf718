import type {
  FetchedPage,
  FetchPlan,
  ListingSource,
  ListingTarget,
  Observation,
  SourceCity,
} from '../listing-source.ts'
import type { CinemaSite } from './cinema-site.ts'
import type { SiteResponse } from './site-response.ts'

/** What a client would make of an answer, without a socket between: redirects followed, cut and slow pages as they end. */
export function fetchFromSite(site: CinemaSite, plan: FetchPlan, now: Date, headers: Record<string, string> = {}) {
  let url = new URL(plan.url)
  let answer = ask(url)
  for (let hop = 0; hop < 3 && answer.headers.location && answer.status < 400; hop += 1) {
    url = new URL(answer.headers.location, url)
    answer = ask(url)
  }
  const page: FetchedPage = {
    key: plan.key,
    url: plan.url,
    finalUrl: url.href,
    status: answer.status,
    headers: answer.headers,
    body: answer.body,
    truncated: false,
    failure: null,
    fetchedAt: now,
  }
  if (answer.drips) return { ...page, body: '', truncated: true, failure: 'timeout' as const }
  if (answer.headers['content-encoding']) return { ...page, body: '', truncated: true, failure: 'network' as const }
  if (answer.endsAfterBytes === undefined) return page
  return { ...page, body: Buffer.from(answer.body).subarray(0, answer.endsAfterBytes).toString(), truncated: true }

  function ask(at: URL): SiteResponse {
    return site.handle({
      method: plan.method,
      path: at.pathname,
      query: at.searchParams,
      headers: { 'user-agent': 'MarqueeBot/1.0', ...plan.headers, ...headers },
      body: plan.body ?? '',
    })
  }
}

/** One look at a site by an adapter. */
export function lookAt(site: CinemaSite, source: ListingSource, target: ListingTarget, now: Date): Observation {
  const pages = source.plan(target, now).map((plan) => fetchFromSite(site, plan, now))
  return source.interpret(target, pages, now)
}

/** A town as its site names it. */
export const sourceCityOf = (site: CinemaSite, slug: string): SourceCity => {
  const { code, name, zone } = site.cities.find((city) => city.slug === slug)!
  return { slug, code, name, zone }
}

/** A film as a list of the site gave it. */
export const targetOf = (site: CinemaSite, film: string, city: string, more: Partial<ListingTarget> = {}) => {
  const known = site.films.find(({ id }) => id === film)!
  return {
    siteMovieId: known.id,
    title: known.title,
    slug: known.slug,
    city: sourceCityOf(site, city),
    date: null,
    hints: {},
    ...more,
  } satisfies ListingTarget
}
