import type { ObservationRow, WatchRow } from '@marquee/contracts/listings'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { plural } from '../../../lib/format.ts'
import { PER_PAGE } from '../api.ts'
import { listObservations } from '../watching-api.ts'
import { VERDICTS } from '../watching-words.ts'
import { EvidenceList } from './evidence-list.tsx'
import { ListStates } from './list-states.tsx'
import { Moment } from './moment.tsx'
import { Unfold } from './unfold.tsx'

/** What was seen of one film on one site, look by look. */
export function WatchDialog({ watch, onClose }: { watch: WatchRow; onClose: () => void }) {
  const [page, setPage] = useState(1)
  const looks = useQuery({
    queryKey: ['admin', 'observations', watch.id, page],
    queryFn: () => listObservations(watch.id, page),
    placeholderData: keepPreviousData,
  })
  const pages = Math.ceil((looks.data?.total ?? 0) / PER_PAGE)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      kind="sheet"
      className="sm:w-[min(46rem,calc(100vw-2rem))]!"
      title={watch.title}
      description={`${watch.sourceName}, ${watch.city} · their number ${watch.siteMovieId} · ${plural(watch.subscribers, 'person waits', 'people wait')}`}
      footer={
        pages > 1 && (
          <>
            <p className="mr-auto self-center text-14 text-muted">
              Page {page} of {pages}
            </p>
            <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
              Newer
            </Button>
            <Button disabled={page === pages} onClick={() => setPage(page + 1)}>
              Older
            </Button>
          </>
        )
      }
    >
      <div className="text-14">
        <ListStates
          query={looks}
          what="The looks"
          isEmpty={(data) => data.items.length === 0}
          empty={{
            title: 'Not looked at yet',
            why: 'Our own catalogue tells by itself; a site is looked at in its turn.',
          }}
        >
          {(data) => (
            <ol aria-label="Looks, newest first" className="flex flex-col">
              {data.items.map((look) => (
                <Look key={look.id} look={look} />
              ))}
            </ol>
          )}
        </ListStates>
      </div>
    </Dialog>
  )
}

function Look({ look }: { look: ObservationRow }) {
  const { label, tone } = VERDICTS[look.verdict]
  const facts = [
    look.status && `answered ${look.status}`,
    `${plural(look.bookable, 'bookable showing')} of ${look.sessions}`,
    look.openDates.length > 0 && `dates ${look.openDates.join(', ')}`,
    look.hasPage && 'page kept',
  ]
  return (
    <li className="border-line py-3 not-last:border-b">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>{label}</Badge>
        <Moment at={look.at} exact />
        {look.reason && <span className="wrap-anywhere text-danger">{look.reason}</span>}
      </p>
      <p className="wrap-anywhere mt-1 text-muted">{facts.filter(Boolean).join(' · ')}</p>
      {look.evidence.length > 0 && (
        <Unfold label="Evidence" about={label}>
          <EvidenceList evidence={look.evidence} />
        </Unfold>
      )}
    </li>
  )
}
