import type { Booking } from '@marquee/contracts/bookings'
import type { InvoiceList as Invoices } from '@marquee/contracts/invoices'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { Price } from '../../../components/ui/price.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatDate, localDate } from '../../../lib/format.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { getInvoicePdf, listInvoices } from '../api.ts'

const DRAWING_MS = 3_000
const NAMES = { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note' } as const

/** Something is still being written or drawn: the papers follow the money by a moment. */
const waiting = (items: Invoices['items'], owed: number) =>
  items.some((item) => !item.pdfReady) || items.filter((item) => item.kind === 'CREDIT_NOTE').length < owed

/** The papers of a booking, for whoever has to hand them in. */
export function InvoiceList({ booking }: { booking: Booking }) {
  const { id: bookingId } = booking
  const { timeZone } = booking.city
  const owed = booking.cancellations.filter(
    (cancellation) => cancellation.refundMinor > 0 && cancellation.by !== 'MOVE',
  )
  const invoices = useQuery({
    queryKey: ['invoices', bookingId],
    queryFn: () => listInvoices(bookingId),
    refetchInterval: ({ state }) => (state.data && waiting(state.data.items, owed.length) ? DRAWING_MS : false),
  })
  return (
    <section aria-labelledby="invoices">
      <h2 id="invoices" className="text-20">
        Invoices
      </h2>
      {invoices.data ? (
        <Rows items={invoices.data.items} timeZone={timeZone} />
      ) : invoices.error ? (
        <p role="alert" className="mt-3 flex flex-wrap items-center gap-3 text-14">
          <span className="text-danger">The invoices did not load.</span>
          <Button size="sm" busy={invoices.isFetching} onClick={() => void invoices.refetch()}>
            Try again
          </Button>
        </p>
      ) : (
        <Loading label="Loading the invoices" className="mt-3">
          <Skeleton className="h-14 w-full" />
        </Loading>
      )}
    </section>
  )
}

function Rows({ items, timeZone }: { items: Invoices['items']; timeZone: string }) {
  const take = useMutation({
    mutationFn: async (invoice: Invoices['items'][number]) =>
      saveFile(await getInvoicePdf(invoice.id), `marquee-${invoice.number.replaceAll(/[^A-Za-z0-9]+/g, '-')}.pdf`),
  })
  if (items.length === 0) return <p className="mt-2 text-14 text-muted">None yet. It is written with the ticket.</p>
  return (
    <>
      <ul className="mt-3 rounded-card border border-line">
        {items.map((item) => (
          <li key={item.id} className="flex items-center gap-3 border-line px-4 py-2 not-last:border-b">
            <p className="min-w-0 flex-1 text-14">
              <span className="block font-medium">
                {NAMES[item.kind]} {item.number}
              </span>
              <span className="text-muted">
                {formatDate(localDate(item.issuedAt, timeZone))} ·{' '}
                <span className="whitespace-nowrap">
                  {item.kind === 'CREDIT_NOTE' && '−'}
                  <Price minor={item.totalMinor} exact />
                </span>
              </span>
            </p>
            <Button
              variant="quiet"
              busy={take.isPending && take.variables.id === item.id}
              disabled={!item.pdfReady || take.isPending}
              onClick={() => take.mutate(item)}
              className="-mr-3 text-14"
            >
              <Download aria-hidden="true" className="size-4.5" />
              {item.pdfReady ? 'PDF' : 'Printing…'}
              <span className="sr-only">
                {NAMES[item.kind].toLowerCase()} {item.number}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <p role="alert" className="mt-2 text-14 text-danger empty:hidden">
        {take.error?.message}
      </p>
    </>
  )
}
