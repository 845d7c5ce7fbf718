import type { OpeningRow } from '@marquee/contracts/listings'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { LinkTabs } from '../../components/ui/link-tabs.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { toast } from '../../components/ui/toast.ts'
import { PER_PAGE } from '../../features/admin/api.ts'
import { EvidenceList } from '../../features/admin/components/evidence-list.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { Moment } from '../../features/admin/components/moment.tsx'
import { Unfold } from '../../features/admin/components/unfold.tsx'
import { decideOpening, listOpenings } from '../../features/admin/watching-api.ts'
import { OPENINGS, oneOf } from '../../features/admin/watching-words.ts'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

const EVERY_MS = 10_000

/** What opened. What is held waits for a person: until then nobody is told. */
export function AdminOpeningsPage() {
  const [query] = useSearchParams()
  const client = useQueryClient()
  const state = oneOf(OPENINGS, query.get('state'))
  const page = pageOf(query)
  const held = useQuery({
    queryKey: ['admin', 'openings', 'HELD', 1],
    queryFn: () => listOpenings(1, { state: 'HELD' }),
    refetchInterval: EVERY_MS,
  })
  const openings = useQuery({
    queryKey: ['admin', 'openings', state ?? '', page],
    queryFn: () => listOpenings(page, { state }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  })
  const decide = useMutation({
    mutationFn: ({ opening, act }: { opening: OpeningRow; act: 'release' | 'dismiss' }) =>
      decideOpening(opening.id, act),
    onSuccess: (_, { opening, act }) =>
      void toast(
        act === 'release' ? `${opening.title}: whoever waits is told now.` : `${opening.title}: nobody is told.`,
        { tone: 'ok' },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin'] }),
  })
  const waiting = held.data?.total ?? 0
  usePageTitle('Openings')

  const decision = (row: OpeningRow) => (
    <span className="flex flex-wrap gap-2">
      {(['release', 'dismiss'] as const).map((act) => (
        <Button
          key={act}
          size="sm"
          className="max-md:min-h-11"
          variant={act === 'release' ? 'primary' : 'secondary'}
          disabled={decide.isPending}
          busy={decide.isPending && decide.variables.opening.id === row.id && decide.variables.act === act}
          onClick={() => decide.mutate({ opening: row, act })}
          aria-label={`${act === 'release' ? 'Release' : 'Dismiss'}: ${row.title}, ${row.sourceName}, ${row.city}`}
        >
          {act === 'release' ? 'Release' : 'Dismiss'}
        </Button>
      ))}
    </span>
  )

  return (
    <>
      <h1 className="text-26">Openings</h1>
      <LinkTabs
        label="Which openings"
        className="mt-3 mb-5"
        tabs={[
          { to: adminPaths.openings(), label: 'All', current: state === undefined },
          ...Object.entries(OPENINGS).map(([key, { label }]) => ({
            to: adminPaths.openings({ state: key }),
            label: key === 'HELD' && waiting > 0 ? `${label} (${waiting})` : label,
            current: key === state,
          })),
        ]}
      />
      <p role="alert" className="mb-3 text-danger empty:hidden">
        {decide.error?.message}
      </p>
      {state === undefined && page === 1 && waiting > 0 && (
        <section aria-label="Held" className="mb-6 rounded-card border border-velvet p-4 sm:p-5">
          <h2 className="text-20">{plural(waiting, 'opening waits', 'openings wait')} for you</h2>
          <p className="mt-1 text-muted">
            Nobody is told before you have looked. Each minute counts for whoever waits.
          </p>
          <ul className="mt-2">
            {held.data?.items.map((row) => (
              <li key={row.id} className="border-line py-4 not-last:border-b last:pb-0">
                <div className="flex flex-wrap items-start justify-between gap-3">
                  <div className="min-w-0">
                    <p>
                      <b className="font-semibold">{row.title}</b>, {row.sourceName}, {row.city}
                    </p>
                    <p className="wrap-anywhere text-velvet">{row.heldReason}</p>
                    <p className="text-muted">
                      Seen: <Moment at={row.detectedAt} exact />
                    </p>
                  </div>
                  {decision(row)}
                </div>
                <Unfold label="Evidence" about={row.title}>
                  <EvidenceList evidence={row.evidence} />
                </Unfold>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ListStates
        query={openings}
        what="The openings"
        isEmpty={(data) => data.items.length === 0}
        empty={{
          title: state === 'HELD' ? 'Nothing is held' : 'Nothing opened yet',
          why:
            state === 'HELD'
              ? 'What the guard against changed pages does not trust would wait here for you.'
              : 'The first film that opens while somebody waits for it stands here, with its proof.',
        }}
      >
        {(data) => (
          <DataTable
            caption="Openings, newest first"
            rows={data.items}
            keyOf={(row) => row.id}
            busy={openings.isPlaceholderData}
            columns={[
              {
                label: 'Film',
                cell: (row) => (
                  <>
                    <span className="font-medium">{row.title}</span>
                    <span className="block text-muted">
                      {row.sourceName}, {row.city}
                    </span>
                    {row.kind === 'SEATS_BACK' && <span className="block text-muted">seats came back</span>}
                  </>
                ),
                className: 'md:min-w-44',
              },
              {
                label: 'State',
                cell: (row) => (
                  <>
                    <Badge tone={OPENINGS[row.state].tone}>{OPENINGS[row.state].label}</Badge>
                    {row.heldReason && <span className="wrap-anywhere block text-muted">{row.heldReason}</span>}
                  </>
                ),
              },
              { label: 'Seen', cell: (row) => <Moment at={row.detectedAt} exact /> },
              { label: 'Confirmed', cell: (row) => <Moment at={row.confirmedAt} exact /> },
              {
                label: 'Told',
                cell: (row) =>
                  row.told === 0 ? (
                    <span className="text-muted">nobody</span>
                  ) : (
                    <>
                      <Link
                        to={adminPaths.deliveries({ opening: row.id })}
                        className="text-marquee-text underline underline-offset-2"
                      >
                        {plural(row.told, 'person', 'people')}
                        <span className="sr-only">: deliveries of {row.title}</span>
                      </Link>
                      <span className="block text-muted">
                        {row.acknowledged === 0 ? 'not seen yet' : `seen by ${formatCount(row.acknowledged)}`}
                      </span>
                    </>
                  ),
                className: 'md:whitespace-nowrap',
              },
              {
                label: 'Evidence',
                cell: (row) => (
                  <Unfold label={plural(row.evidence.length, 'proof')} about={row.title}>
                    <EvidenceList evidence={row.evidence} />
                  </Unfold>
                ),
                className: 'md:min-w-28 md:max-w-72',
              },
              ...(state === 'HELD' ? [{ label: 'Decision', cell: decision }] : []),
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={openings.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.openings({ ...(state ? { state } : {}), page: next })}
      />
    </>
  )
}
