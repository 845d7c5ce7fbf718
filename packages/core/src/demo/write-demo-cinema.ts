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
export async function writeDemoCinema(ctx: Pick<Ctx, 'pool' | 'config' | 'clock'>, site: DemoCinema): Promise<void> {
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
      dailyBudget: 100_000,
      intervalSeconds: 15,
      enabled: true,
      permission: 'our own demonstration site',
    },
  ])
  // It has no robots.txt. A worker that is up before the API would otherwise find nobody to ask, and wait for minutes.
  await ctx.pool.query(
    `INSERT INTO listing_hosts (host, robots_status, robots_fetched_at, updated_at) VALUES ($1, 404, $2, $2)
     ON CONFLICT (host) DO UPDATE SET robots_status = 404, robots_body = NULL, robots_fetched_at = $2, circuit_until = NULL`,
    [host, ctx.clock.now()],
  )
  await ctx.pool.query('UPDATE source_listings SET next_look_at = $2 WHERE source_id = $1 AND next_look_at > $2', [
    ID,
    ctx.clock.now(),
  ])
  await ctx.pool.query('UPDATE listing_sources SET base_url = $2, hosts = $3 WHERE id = $1', [ID, origin, hosts])
}
