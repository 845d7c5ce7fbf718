import type { DeadJob } from '@marquee/contracts/listings'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { toast } from '../../components/ui/toast.ts'
import { PER_PAGE } from '../../features/admin/api.ts'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { Moment } from '../../features/admin/components/moment.tsx'
import { listDeadJobs, retryDeadJob } from '../../features/admin/watching-api.ts'
import { adminPaths } from '../../lib/admin-paths.ts'
import { usePageTitle } from '../../lib/page-title.ts'

/** Work that the worker gave up on. Running it again is safe: every job may run twice. */
export function AdminDeadJobsPage() {
  const [query] = useSearchParams()
  const client = useQueryClient()
  const page = pageOf(query)
  const jobs = useQuery({
    queryKey: ['admin', 'dead-jobs', page],
    queryFn: () => listDeadJobs(page),
    placeholderData: keepPreviousData,
  })
  const retry = useMutation({
    mutationFn: (job: DeadJob) => retryDeadJob(job.queue, job.id),
    onSuccess: (_, job) => void toast(`${job.name} runs again.`, { tone: 'ok' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin', 'dead-jobs'] }),
  })
  usePageTitle('Dead letters')
  return (
    <>
      <h1 className="text-26">Dead letters</h1>
      <p className="mt-2 mb-5 max-w-[70ch] text-muted">
        Jobs that failed every time. Calls, texts and mails that gave up are with the{' '}
        <Link to={adminPaths.deliveries({ dead: 'true' })} className="text-marquee-text underline underline-offset-2">
          deliveries
        </Link>
        .
      </p>
      <p role="alert" className="mb-3 text-danger empty:hidden">
        {retry.error?.message}
      </p>
      <ListStates
        query={jobs}
        what="The dead letters"
        isEmpty={(data) => data.items.length === 0}
        empty={{ title: 'No dead letter', why: 'Every job has done its work, or will be tried again by itself.' }}
      >
        {(data) => (
          <DataTable
            caption="Jobs that gave up, the latest first"
            rows={data.items}
            keyOf={(row) => `${row.queue} ${row.id}`}
            busy={jobs.isPlaceholderData}
            columns={[
              {
                label: 'Job',
                cell: (row) => (
                  <>
                    <span className="font-medium">{row.name}</span>
                    <span className="wrap-anywhere block font-mono text-12 text-muted">{row.id}</span>
                  </>
                ),
              },
              { label: 'Queue', cell: (row) => row.queue },
              { label: 'Tries', cell: (row) => row.attempts },
              {
                label: 'What was wrong',
                cell: (row) => <span className="wrap-anywhere text-danger">{row.error}</span>,
              },
              { label: 'Gave up', cell: (row) => <Moment at={row.failedAt} /> },
              {
                label: 'Act',
                cell: (row) => (
                  <Button
                    size="sm"
                    className="max-md:min-h-11"
                    busy={retry.isPending && retry.variables?.id === row.id}
                    onClick={() => retry.mutate(row)}
                    aria-label={`Run again: ${row.name} ${row.id}`}
                  >
                    Run again
                  </Button>
                ),
              },
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={jobs.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.deadJobs({ page: next })}
      />
    </>
  )
}
