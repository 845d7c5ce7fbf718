import { AGE_ADVICE, cancellationTerms } from '@marquee/contracts/terms'
import { formatMinor } from '../money.ts'
import type { TicketData } from './ticket-data.ts'

// How a ticket's values read, the same on paper and in a mail. Indian English, in the theatre's own time zone.

const format = (timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-IN', { timeZone, ...options })

/** By the 24-hour clock, as on the seat map: 19:05. */
export const timeOf = (at: Date, timeZone: string) =>
  format(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** The zone by its name: IST, or GMT+4 where it has none that people use. */
export const zoneOf = (at: Date, timeZone: string) =>
  format(timeZone, { timeZoneName: 'short' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? timeZone

export const dateOf = (at: Date, timeZone: string) =>
  format(timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at)

export const shortDateOf = (at: Date, timeZone: string) =>
  format(timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)

export const durationOf = (minutes: number) =>
  `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`

export const seatsOf = (seats: TicketData['seats']) => seats.map((seat) => seat.label).join(', ')

/** The price as it was charged, its total, and after that what paid for it besides and what came back. */
export function amountLines({
  quote,
  cancelled,
}: Pick<TicketData, 'quote' | 'cancelled'>): { label: string; amount: string; total?: true }[] {
  const ifAny = (label: string, minor: number, sign = '') =>
    minor > 0 ? [{ label, amount: sign + formatMinor(minor) }] : []
  return [
    ...quote.lines.map((line) => ({
      label: `${line.name} · ${line.count}\u00a0×\u00a0${formatMinor(line.eachMinor)}`,
      amount: formatMinor(line.totalMinor),
    })),
    ...ifAny('Discount', quote.discountMinor, '−'),
    { label: 'Convenience fee', amount: formatMinor(quote.convenienceFeeMinor) },
    { label: `GST ${quote.taxPercent}\u00a0% on the fee`, amount: formatMinor(quote.taxMinor) },
    { label: 'Total paid', amount: formatMinor(quote.totalMinor), total: true },
    ...ifAny('of it by gift voucher', quote.voucherMinor),
    ...ifAny('of it by an earlier booking', quote.creditMinor),
    ...(cancelled.labels.length > 0
      ? [{ label: `Came back for ${cancelled.labels.join(', ')}`, amount: formatMinor(cancelled.refundMinor) }]
      : []),
  ]
}

/** What to know before coming. The terms are those that this booking was sold with. */
export const ticketNotes = ({ cancellationTiers }: Pick<TicketData, 'cancellationTiers'>) => [
  'Come 15 minutes before the time above: the advertisements begin on time.',
  'Show this ticket, on paper or on your phone. One code lets everybody on it in.',
  AGE_ADVICE,
  cancellationTerms(cancellationTiers).join(' '),
]
