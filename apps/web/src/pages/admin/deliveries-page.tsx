import type { DeliveryRow } from '@marquee/contracts/listings'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useNavigate, useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Checkbox, Field, Select } from '../../components/ui/field.tsx'
import { LinkButton } from '../../components/ui/link-button.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { toast } from '../../components/ui/toast.ts'
import { PER_PAGE } from '../../features/admin/api.ts'
import { FilterForm } from '../../features/admin/components/filter-form.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { Moment } from '../../features/admin/components/moment.tsx'
import { Unfold } from '../../features/admin/components/unfold.tsx'
import { listDeliveries, retryDelivery } from '../../features/admin/watching-api.ts'
import { ATTEMPTS, oneOf } from '../../features/admin/watching-words.ts'
import { CHANNEL_NOUNS } from '../../features/alerts/alert-words.ts'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formText } from '../../lib/form-text.ts'
import { plural } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

const EVERY_MS = 10_000
const second = (instant: string) => new Date(instant).toLocaleTimeString('en-IN', { hourCycle: 'h23' })

/** Each call, text and mail about an opening: to whom, what became of it, and what the carrier said, when. */
export function AdminDeliveriesPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const client = useQueryClient()
  const page = pageOf(query)
  const filters = {
    channel: oneOf(CHANNEL_NOUNS, query.get('channel')),
    state: oneOf(ATTEMPTS, query.get('state')),
    dead: query.get('dead') === 'true' ? 'true' : undefined,
  }
  const opening = query.get('opening') ?? undefined
  const deliveries = useQuery({
    queryKey: ['admin', 'deliveries', filters, opening ?? '', page],
    queryFn: () => listDeliveries(page, { ...filters, openingId: opening }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  })
  const retry = useMutation({
    mutationFn: (row: DeliveryRow) => retryDelivery(row.id),
    onSuccess: (row) => void toast(`${CHANNEL_NOUNS[row.channel]} to ${row.to}: it is tried again.`, { tone: 'ok' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin', 'deliveries'] }),
  })
  usePageTitle('Deliveries')
  const address = (more: { page?: number } = {}) =>
    adminPaths.deliveries({
      ...(filters.channel ? { channel: filters.channel } : {}),
      ...(filters.state ? { state: filters.state } : {}),
      ...(filters.dead ? { dead: filters.dead } : {}),
      ...(opening ? { opening } : {}),
      ...more,
    })
  return (
    <>
      <h1 className="text-26">Deliveries</h1>
      <FilterForm
        key={query.toString()}
        onChange={(form) =>
          void navigate(
            adminPaths.deliveries({
              channel: formText(form, 'channel'),
              state: formText(form, 'state'),
              dead: form.has('dead') ? 'true' : '',
              ...(opening ? { opening } : {}),
            }),
          )
        }
      >
        <Field label="Channel" className="w-[calc(50%-0.375rem)] sm:w-44">
          <Select name="channel" defaultValue={filters.channel ?? ''}>
            <option value="">All</option>
            {Object.entries(CHANNEL_NOUNS).map(([channel, name]) => (
              <option key={channel} value={channel}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="State" className="w-[calc(50%-0.375rem)] sm:w-44">
          <Select name="state" defaultValue={filters.state ?? ''}>
            <option value="">All</option>
            {Object.entries(ATTEMPTS).map(([state, { label }]) => (
              <option key={state} value={state}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          className="min-h-12"
          name="dead"
          label="Only those that gave up"
          defaultChecked={filters.dead === 'true'}
        />
        {opening && <LinkButton to={adminPaths.deliveries()}>Of every opening</LinkButton>}
      </FilterForm>
      <p role="alert" className="mb-3 text-danger empty:hidden">
        {retry.error?.message}
      </p>
      <ListStates
        query={deliveries}
        what="The deliveries"
        isEmpty={(data) => data.items.length === 0}
        empty={{
          title: filters.dead ? 'Nothing gave up' : 'Nothing was sent',
          why: filters.dead
            ? 'What certainly did not go out would stand here, and could be tried again.'
            : 'No call, text or mail about an opening fits these filters.',
        }}
      >
        {(data) => (
          <DataTable
            caption="Calls, texts and mails about openings, the latest first"
            rows={data.items}
            keyOf={(row) => row.id}
            busy={deliveries.isPlaceholderData}
            columns={[
              {
                label: 'About',
                cell: (row) => (
                  <>
                    <span className="font-medium">{row.title}</span>
                    <span className="block text-muted">{row.city}</span>
                  </>
                ),
              },
              {
                label: 'To',
                cell: (row) => (
                  <>
                    {CHANNEL_NOUNS[row.channel]}
                    {row.step > 1 && `, step ${row.step}`}
                    <span
                      className={clsx(
                        'block text-muted',
                        row.to.startsWith('+') ? 'whitespace-nowrap' : 'wrap-anywhere',
                      )}
                    >
                      {row.to}
                    </span>
                  </>
                ),
              },
              {
                label: 'State',
                cell: (row) => (
                  <>
                    <Badge tone={ATTEMPTS[row.state].tone}>{ATTEMPTS[row.state].label}</Badge>
                    <span className="wrap-anywhere block text-muted">{row.outcome}</span>
                  </>
                ),
              },
              { label: 'When', cell: (row) => <Moment at={row.at} exact />, className: 'md:whitespace-nowrap' },
              {
                label: 'Carrier',
                cell: (row) =>
                  row.provider ? (
                    <>
                      {row.provider}
                      {row.tries > 1 && `, ${plural(row.tries, 'try', 'tries')}`}
                    </>
                  ) : null,
                className: 'md:whitespace-nowrap',
              },
              {
                label: 'Receipts',
                cell: (row) =>
                  row.receipts.length === 0 ? null : (
                    <Unfold label={plural(row.receipts.length, 'receipt')} about={`${row.title}, ${row.to}`}>
                      <Timeline row={row} />
                    </Unfold>
                  ),
              },
              {
                label: 'Act',
                cell: (row) =>
                  row.retryable ? (
                    <Button
                      size="sm"
                      className="max-md:min-h-11"
                      busy={retry.isPending && retry.variables?.id === row.id}
                      onClick={() => retry.mutate(row)}
                      aria-label={`Try again: ${CHANNEL_NOUNS[row.channel]} to ${row.to} about ${row.title}`}
                    >
                      Try again
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={deliveries.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => address({ page: next })}
      />
    </>
  )
}

function Timeline({ row }: { row: DeliveryRow }) {
  return (
    <>
      <ol className="flex flex-col gap-1 border-line border-l pl-3">
        {row.receipts.map((receipt, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: receipts are only ever added at the end, and may repeat
            key={index}
          >
            <b className="font-medium">{receipt.status}</b>{' '}
            <time dateTime={receipt.at} className="text-muted">
              {second(receipt.at)}
            </time>
          </li>
        ))}
      </ol>
      {row.providerId && <p className="wrap-anywhere mt-2 font-mono text-12 text-muted">{row.providerId}</p>}
    </>
  )
}
