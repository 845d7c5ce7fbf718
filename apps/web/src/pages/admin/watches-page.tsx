import type { WatchRow } from '@marquee/contracts/listings'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Checkbox, Field, Input, Select } from '../../components/ui/field.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { toast } from '../../components/ui/toast.ts'
import { PER_PAGE } from '../../features/admin/api.ts'
import { FilterForm } from '../../features/admin/components/filter-form.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { Moment } from '../../features/admin/components/moment.tsx'
import { WatchDialog } from '../../features/admin/components/watch-dialog.tsx'
import { listSources, listWatches, lookNow } from '../../features/admin/watching-api.ts'
import { VERDICTS } from '../../features/admin/watching-words.ts'
import { useCities } from '../../features/cities/queries.ts'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formText } from '../../lib/form-text.ts'
import { formatMoment, midSentence } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

const EVERY_MS = 10_000

/** One film on one site in one city: what it says, and when it is looked at again. */
export function AdminWatchesPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const client = useQueryClient()
  const cities = useCities()
  const sources = useQuery({ queryKey: ['admin', 'sources'], queryFn: listSources, staleTime: 60_000 })
  const [open, setOpen] = useState<WatchRow | null>(null)
  const page = pageOf(query)
  const asked = (name: string) => query.get(name) ?? ''
  const filters = { source: asked('source'), city: asked('city'), q: asked('q'), blind: asked('blind') }
  const watches = useQuery({
    queryKey: ['admin', 'watches', filters, page],
    queryFn: () => listWatches(page, Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  })
  const look = useMutation({
    mutationFn: (watch: WatchRow) => lookNow(watch.id),
    onSuccess: (_, watch) => void toast(`${watch.title} is looked at as soon as ${watch.sourceName} allows.`),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin', 'watches'] }),
  })
  usePageTitle('Watches')
  return (
    <>
      <h1 className="text-26">Watches</h1>
      <FilterForm
        key={query.toString()}
        onChange={(form) =>
          void navigate(
            adminPaths.watches({
              source: formText(form, 'source'),
              city: formText(form, 'city'),
              q: formText(form, 'q'),
              blind: form.has('blind') ? 'true' : '',
            }),
          )
        }
      >
        <Field label="Film" className="w-full sm:w-60">
          <Input name="q" type="search" defaultValue={filters.q} maxLength={100} autoComplete="off" />
        </Field>
        <Field label="Site" className="w-[calc(50%-0.375rem)] sm:w-48">
          <Select name="source" defaultValue={filters.source}>
            <option value="">All</option>
            {sources.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="City" className="w-[calc(50%-0.375rem)] sm:w-40">
          <Select name="city" defaultValue={filters.city}>
            <option value="">All</option>
            {cities.data?.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox className="min-h-12" name="blind" label="Only blind ones" defaultChecked={filters.blind === 'true'} />
        <Button type="submit" className="min-h-12 max-sm:ml-auto">
          Narrow
        </Button>
      </FilterForm>
      <p role="alert" className="mb-3 text-danger empty:hidden">
        {look.error?.message}
      </p>
      <ListStates
        query={watches}
        what="The watches"
        isEmpty={(data) => data.items.length === 0}
        empty={{
          title: 'Nothing is watched here',
          why: 'A watch begins with the first person who waits for a film. No other fits these filters.',
        }}
      >
        {(data) => (
          <DataTable
            caption="Watches, those that are due soonest first"
            rows={data.items}
            keyOf={(row) => row.id}
            busy={watches.isPlaceholderData}
            columns={[
              {
                label: 'Film',
                cell: (row) => (
                  <>
                    <button
                      type="button"
                      onClick={() => setOpen(row)}
                      className="text-left font-medium underline decoration-control underline-offset-3 hover:decoration-text max-md:min-h-11"
                    >
                      {row.title}
                    </button>
                    <span className="block text-muted">
                      {row.sourceName}, {row.city}
                    </span>
                  </>
                ),
              },
              { label: 'Says', cell: Says },
              { label: 'Last look', cell: (row) => row.lastLookAt && <Moment at={row.lastLookAt} /> },
              { label: 'Next look', cell: (row) => row.nextLookAt && <Moment at={row.nextLookAt} /> },
              {
                label: 'Blind since',
                cell: (row) =>
                  row.blindSince && (
                    <span className="text-danger">
                      <Moment at={row.blindSince} />
                    </span>
                  ),
              },
              { label: 'Waiting', cell: (row) => row.subscribers },
              {
                label: 'Act',
                cell: (row) => (
                  <Button
                    size="sm"
                    className="max-md:min-h-11"
                    busy={look.isPending && look.variables?.id === row.id}
                    onClick={() => look.mutate(row)}
                    aria-label={`Look now: ${row.title}, ${row.sourceName}, ${row.city}`}
                  >
                    Look now
                  </Button>
                ),
              },
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={watches.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.watches({ ...filters, page: next })}
        words={{ back: 'Back', on: 'More' }}
      />
      {open && <WatchDialog watch={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Says(row: WatchRow) {
  const verdict = row.verdict && VERDICTS[row.verdict]
  const last = row.lastVerdict && row.lastVerdict !== row.verdict ? VERDICTS[row.lastVerdict] : null
  return (
    <>
      {verdict ? <Badge tone={verdict.tone}>{verdict.label}</Badge> : <span className="text-muted">nothing yet</span>}
      {row.verdict === 'ANNOUNCED' && row.announcedAt && (
        <span className="block text-muted">for {midSentence(formatMoment(row.announcedAt))}</span>
      )}
      {(last || row.lastReason) && (
        <span className="wrap-anywhere block text-muted">
          last: {[last?.label.toLowerCase(), row.lastReason].filter(Boolean).join(', ')}
        </span>
      )}
    </>
  )
}
