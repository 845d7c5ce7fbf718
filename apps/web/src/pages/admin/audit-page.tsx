import type { AuditEntry } from '@marquee/contracts/admin'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Field, Input } from '../../components/ui/field.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { listAudit, PER_PAGE } from '../../features/admin/api.ts'
import { Differences } from '../../features/admin/components/differences.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formText } from '../../lib/form-text.ts'
import { formatMoment } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

/** Who did what, to what, when and from where. Nothing here can be changed. */
export function AdminAuditPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const action = query.get('action') ?? ''
  const subject = query.get('subject') ?? ''
  const page = pageOf(query)
  const audit = useQuery({
    queryKey: ['admin', 'audit', action, subject, page],
    queryFn: () => listAudit({ page, ...(action ? { action } : {}), ...(subject ? { subjectId: subject } : {}) }),
    placeholderData: keepPreviousData,
  })
  usePageTitle('Audit log')

  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void navigate(adminPaths.audit({ action: formText(form, 'action'), subject: formText(form, 'subject') }))
  }

  return (
    <>
      <h1 className="text-26">Audit log</h1>
      <form
        key={`${action} ${subject}`}
        onSubmit={search}
        role="search"
        className="mt-4 mb-5 grid items-end gap-3 sm:grid-cols-[16rem_minmax(0,22rem)_auto] sm:justify-start"
      >
        <Field label="Act">
          <Input name="action" defaultValue={action} maxLength={60} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="Id of what it was done to">
          <Input name="subject" defaultValue={subject} maxLength={100} autoComplete="off" spellCheck={false} />
        </Field>
        <Button type="submit" className="min-h-12">
          Narrow
        </Button>
      </form>
      <ListStates
        query={audit}
        what="The audit log"
        isEmpty={(data) => data.items.length === 0}
        empty={{ title: 'Nothing written', why: 'No privileged act fits these words.' }}
      >
        {(data) => (
          <DataTable
            caption="Privileged acts, newest first"
            rows={data.items}
            keyOf={(row) => row.id}
            busy={audit.isPlaceholderData}
            columns={[
              {
                label: 'When',
                cell: (row) => <time dateTime={row.at}>{formatMoment(row.at)}</time>,
                className: 'md:whitespace-nowrap',
              },
              { label: 'Who', cell: (row) => (row.actor ? `${row.actor.name} (${row.actor.role})` : 'The system') },
              {
                label: 'Act',
                cell: (row) => <span className="font-medium">{row.action}</span>,
                className: 'md:min-w-38',
              },
              {
                label: 'On',
                cell: (row) => (
                  <>
                    {row.subjectType} <span className="wrap-anywhere font-mono text-12">{row.subjectId}</span>
                  </>
                ),
              },
              { label: 'From', cell: (row) => row.network ?? '–', className: 'md:min-w-24' },
              { label: 'Change', cell: (row) => <Change entry={row} /> },
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={audit.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.audit({ action, subject, page: next })}
      />
    </>
  )
}

function Change({ entry }: { entry: AuditEntry }) {
  const [open, setOpen] = useState(false)
  if (entry.before == null && entry.after == null) return '–'
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="min-h-8 text-left text-marquee-text underline underline-offset-4"
      >
        Before and after
        <span className="sr-only">
          , {entry.action} {formatMoment(entry.at)}
        </span>
      </button>
      {open && <Differences before={entry.before} after={entry.after} />}
    </>
  )
}
