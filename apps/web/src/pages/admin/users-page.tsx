import type { UserRow } from '@marquee/contracts/admin'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Dialog } from '../../components/ui/dialog.tsx'
import { Field, Input, Select } from '../../components/ui/field.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { listUsers, PER_PAGE } from '../../features/admin/api.ts'
import { CreateAdminForm } from '../../features/admin/components/create-admin-form.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { RoleDialog } from '../../features/admin/components/role-dialog.tsx'
import { ROLES } from '../../features/admin/roles.ts'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formText } from '../../lib/form-text.ts'
import { formatCount, formatMoment } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { useSession } from '../../lib/session.ts'

export function AdminUsersPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const me = useSession((state) => state.user?.id)
  const q = query.get('q') ?? ''
  const asked = query.get('role') ?? ''
  const role = asked in ROLES ? asked : ''
  const page = pageOf(query)
  const [open, setOpen] = useState<UserRow | null>(null)
  const [making, setMaking] = useState(false)
  const users = useQuery({
    queryKey: ['admin', 'users', q, role, page],
    queryFn: () => listUsers({ page, ...(q ? { q } : {}), ...(role ? { role } : {}) }),
    placeholderData: keepPreviousData,
  })
  usePageTitle('Users')

  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void navigate(adminPaths.users({ q: formText(form, 'q'), role: formText(form, 'role') }))
  }

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-26">Users</h1>
        <Button variant="primary" onClick={() => setMaking(true)}>
          New admin
        </Button>
      </div>
      <form
        key={`${q} ${role}`}
        onSubmit={search}
        role="search"
        className="mt-4 mb-5 grid items-end gap-3 sm:grid-cols-[minmax(0,20rem)_12rem_auto] sm:justify-start"
      >
        <Field label="Name, address, number or username">
          <Input name="q" type="search" defaultValue={q} maxLength={100} />
        </Field>
        <Field label="Role">
          <Select name="role" defaultValue={role}>
            <option value="">Every role</option>
            {Object.entries(ROLES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" className="min-h-12">
          Search
        </Button>
      </form>
      <ListStates
        query={users}
        what="The users"
        isEmpty={(data) => data.items.length === 0}
        empty={{ title: 'Nobody found', why: 'Try a part of the name, or another role.' }}
      >
        {(data) => (
          <>
            <p className="mb-2 text-muted">{formatCount(data.total)} found</p>
            <DataTable
              caption="Users"
              rows={data.items}
              keyOf={(row) => row.id}
              busy={users.isPlaceholderData}
              columns={[
                { label: 'Name', cell: (row) => <span className="font-medium">{row.name}</span> },
                { label: 'Email', cell: (row) => row.email ?? '–', className: 'wrap-anywhere' },
                { label: 'Phone', cell: (row) => row.phone ?? '–' },
                {
                  label: 'Role',
                  cell: (row) => (
                    <>
                      {ROLES[row.role]}
                      {row.role === 'admin' && ` (${row.theatreIds.length})`} {row.deletedAt && <Badge>Deleted</Badge>}
                    </>
                  ),
                },
                { label: 'Since', cell: (row) => formatMoment(row.createdAt), className: 'md:whitespace-nowrap' },
                {
                  label: 'Last here',
                  cell: (row) => (row.lastAccessAt ? formatMoment(row.lastAccessAt) : '–'),
                  className: 'md:whitespace-nowrap',
                },
                {
                  label: 'Change',
                  cell: (row) =>
                    row.deletedAt || row.id === me ? (
                      <span className="text-muted">{row.id === me ? 'You' : '–'}</span>
                    ) : (
                      <Button size="sm" onClick={() => setOpen(row)} aria-label={`Change the role of ${row.name}`}>
                        Role
                      </Button>
                    ),
                },
              ]}
            />
          </>
        )}
      </ListStates>
      <Pager
        total={users.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.users({ q, role, page: next })}
      />
      <Dialog
        open={making}
        onOpenChange={setMaking}
        kind="sheet"
        title="A new admin"
        description="For somebody without an account. Whoever has one gets another role instead."
      >
        <CreateAdminForm onDone={() => setMaking(false)} />
      </Dialog>
      {open && <RoleDialog user={open} onClose={() => setOpen(null)} />}
    </>
  )
}
