import type { SourceRow } from '@marquee/contracts/listings'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { SourceCard } from '../../features/admin/components/source-card.tsx'
import { type SourceAct, SourceDialog } from '../../features/admin/components/source-dialog.tsx'
import { listSources } from '../../features/admin/watching-api.ts'
import { useCities } from '../../features/cities/queries.ts'
import { usePageTitle } from '../../lib/page-title.ts'

const EVERY_MS = 10_000
const inUseFirst = (a: SourceRow, b: SourceRow) =>
  Number(b.own) - Number(a.own) || Number(b.enabled) - Number(a.enabled)

/** The sites that are watched, those that could be, and the switches of each. */
export function AdminSourcesPage() {
  const sources = useQuery({ queryKey: ['admin', 'sources'], queryFn: listSources, refetchInterval: EVERY_MS })
  const cities = useCities()
  const cityName = (slug: string) => cities.data?.find((city) => city.slug === slug)?.name ?? slug
  const [deciding, setDeciding] = useState<{ source: SourceRow; act: SourceAct } | null>(null)
  usePageTitle('Sources')
  return (
    <>
      <h1 className="text-26">Sources</h1>
      <p className="mt-2 mb-5 max-w-[70ch] text-muted">
        Where we learn that booking is open. A site of others is asked only once somebody has written down why that is
        permitted; robots.txt, gaps and budgets hold whatever is set here.
      </p>
      <ListStates
        query={sources}
        what="The sources"
        isEmpty={(data) => data.items.length === 0}
        empty={{ title: 'No source', why: 'They are written when the database is prepared.' }}
      >
        {(data) => (
          <ul className="flex flex-col gap-4">
            {data.items.toSorted(inUseFirst).map((source) => (
              <li key={source.id}>
                <SourceCard source={source} cityName={cityName} onAct={(act) => setDeciding({ source, act })} />
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      {deciding && <SourceDialog {...deciding} onClose={() => setDeciding(null)} />}
    </>
  )
}
