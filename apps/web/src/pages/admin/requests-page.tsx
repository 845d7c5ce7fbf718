import type { AdminRequest } from '@marquee/contracts/admin'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { LinkTabs } from '../../components/ui/link-tabs.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { listRequests, PER_PAGE } from '../../features/admin/api.ts'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { RequestDialog } from '../../features/admin/components/request-dialog.tsx'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formatMoment } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

const STATES = { PENDING: 'Waiting', APPROVED: 'Approved', REJECTED: 'Rejected' } as const
const TONES = { PENDING: 'marquee', APPROVED: 'ok', REJECTED: 'neutral' } as const
const isState = (text: string | null): text is keyof typeof STATES => text !== null && text in STATES

export function AdminRequestsPage() {
  const [query] = useSearchParams()
  const asked = query.get('state')
  const state = isState(asked) ? asked : 'PENDING'
  const page = pageOf(query)
  const [open, setOpen] = useState<AdminRequest | null>(null)
  const requests = useQuery({
    queryKey: ['admin', 'requests', state, page],
    queryFn: () => listRequests({ state, page }),
    placeholderData: keepPreviousData,
  })
  usePageTitle('Requests')
  return (
    <>
      <h1 className="text-26">Requests to run cinemas</h1>
      <LinkTabs
        label="Which requests"
        className="mt-3 mb-5"
        tabs={Object.entries(STATES).map(([key, label]) => ({
          to: adminPaths.requests({ state: key }),
          label,
          current: key === state,
        }))}
      />
      <ListStates
        query={requests}
        what="The requests"
        isEmpty={(data) => data.items.length === 0}
        empty={{ title: 'None here', why: 'People apply on their account page. New requests stand under Waiting.' }}
      >
        {(data) => (
          <DataTable
            caption="Requests to run cinemas"
            rows={data.items}
            keyOf={(row) => row.id}
            busy={requests.isPlaceholderData}
            columns={[
              { label: 'Organisation', cell: (row) => <span className="font-medium">{row.organisation}</span> },
              { label: 'Who', cell: (row) => `${row.user.name}, ${row.user.email ?? row.user.phone ?? '–'}` },
              { label: 'Asked', cell: (row) => formatMoment(row.createdAt) },
              { label: 'State', cell: (row) => <Badge tone={TONES[row.state]}>{STATES[row.state]}</Badge> },
              {
                label: 'Decision',
                cell: (row) =>
                  row.state === 'PENDING' ? (
                    <Button size="sm" onClick={() => setOpen(row)} aria-label={`Decide about ${row.organisation}`}>
                      Decide
                    </Button>
                  ) : (
                    `${row.decidedAt ? formatMoment(row.decidedAt) : ''} ${row.decisionNote ?? ''}`
                  ),
              },
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={requests.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.requests({ state, page: next })}
        words={{ back: 'Back', on: 'More' }}
      />
      {open && <RequestDialog request={open} onClose={() => setOpen(null)} />}
    </>
  )
}
