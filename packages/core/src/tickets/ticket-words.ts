import { AGE_ADVICE, REFUND_TERMS } from '@marquee/contracts/terms'
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

/** Fee lines as they were charged; the last is the total. */
export function amountLines({ quote }: Pick<TicketData, 'quote'>): { label: string; amount: string }[] {
  return [
    ...quote.lines.map((line) => ({
      label: `${line.name} · ${line.count}\u00a0×\u00a0${formatMinor(line.eachMinor)}`,
      amount: formatMinor(line.totalMinor),
    })),
    { label: 'Convenience fee', amount: formatMinor(quote.convenienceFeeMinor) },
    { label: `GST ${quote.taxPercent}\u00a0% on the fee`, amount: formatMinor(quote.taxMinor) },
    { label: 'Total paid', amount: formatMinor(quote.totalMinor) },
  ]
}

/** What to know before coming. The refund terms are the cinema's default ones. */
export const TICKET_NOTES = [
  'Come 15 minutes before the time above: the advertisements begin on time.',
  'Show this ticket, on paper or on your phone. One code lets everybody on it in.',
  AGE_ADVICE,
  `${REFUND_TERMS} Then everything you paid comes back by itself.`,
]
