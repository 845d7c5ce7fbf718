import type { Ctx } from '../context.ts'
import type { SourceRowToWrite } from '../listings/default-sources.ts'
import { ensureSources, writeSources } from '../listings/ensure-sources.ts'

/** What is to be known of the cinema site of a development machine before it is asked. */
export type DemoCinema = {
  kind: SourceRowToWrite['kind']
  name: string
  /** Its towns have the slugs that Marquee gives them. */
  cities: readonly { slug: string }[]
  /** The page with the films of a town, below where the site is mounted. */
  listPath: (citySlug: string) => string
}

const ID = 'demo-cinema'

/**
 * The sites that can be watched, and switched on among them the one that runs beside the API of a development machine: its
 * address follows the port, everything else stays as it was left.
 */
export async function writeDemoCinema(ctx: Pick<Ctx, 'pool' | 'config'>, site: DemoCinema): Promise<void> {
  const { baseUrl } = ctx.config.devCinema
  const { host, port, origin, pathname } = new URL(baseUrl)
  const hosts = [...new Set([host, `localhost:${port}`])]
  await ensureSources(ctx)
  await writeSources(ctx.pool, [
    {
      id: ID,
      name: site.name,
      kind: site.kind,
      baseUrl: origin,
      hosts,
      zone: null,
      cities: Object.fromEntries(site.cities.map(({ slug }) => [slug, { slug, code: pathname + site.listPath(slug) }])),
      minGapMs: 1_000,
      dailyBudget: 20_000,
      intervalSeconds: 15,
      enabled: true,
      permission: 'our own demonstration site',
    },
  ])
  await ctx.pool.query('UPDATE listing_sources SET base_url = $2, hosts = $3 WHERE id = $1', [ID, origin, hosts])
}
