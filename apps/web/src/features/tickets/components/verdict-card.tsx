import type { TicketVerdict } from '@marquee/contracts/tickets'
import { clsx } from 'clsx'
import { Check, History, ShieldX, X } from 'lucide-react'
import { formatDateLong, formatTime, formatTimeWithZone, localDate } from '../../../lib/format.ts'

const looks = {
  valid: { word: 'Valid', Icon: Check, box: 'border-ok', disc: 'bg-ok text-ground' },
  already_used: { word: 'Already used', Icon: History, box: 'border-marquee-text', disc: 'bg-marquee text-ink' },
  cancelled: { word: 'Cancelled', Icon: X, box: 'border-danger', disc: 'bg-danger text-ground' },
  forged: { word: 'Not a Marquee ticket', Icon: ShieldX, box: 'border-danger', disc: 'bg-danger text-ground' },
} as const

/** Read at arm's length in a dark foyer: a shape, one word, the seats. */
export function VerdictCard({ answer }: { answer: TicketVerdict }) {
  const { word, Icon, box, disc } = looks[answer.verdict]
  const { ticket } = answer
  return (
    <div role="status" className={clsx('w-full max-w-xl rounded-card border-2 bg-raised', box)}>
      <div className="flex items-center gap-5 p-6">
        <span className={clsx('grid size-16 shrink-0 place-items-center rounded-full', disc)}>
          <Icon aria-hidden="true" className="size-8" strokeWidth={2.6} />
        </span>
        <div className="min-w-0">
          <h2 className="text-26 sm:text-34">{word}</h2>
          <p className="mt-1 text-muted">{answer.message}</p>
        </div>
      </div>
      {ticket && (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-line border-t border-dashed p-6">
          <Fact name="Film" className="col-span-2 text-20">
            {ticket.movie}
          </Fact>
          <Fact name="Seats" className="text-26">
            {ticket.seatIds.join(', ')}
          </Fact>
          <Fact name="Starts" className="text-26">
            {formatTimeWithZone(ticket.startsAt, ticket.timeZone)}
          </Fact>
          <Fact name="Cinema">
            {ticket.theatre}, {ticket.screen}
          </Fact>
          <Fact name="Day">{formatDateLong(localDate(ticket.startsAt, ticket.timeZone))}</Fact>
          <Fact name="Ticket">{ticket.code}</Fact>
          {ticket.usedAt && <Fact name="Used at">{formatTime(ticket.usedAt, ticket.timeZone)}</Fact>}
        </dl>
      )}
    </div>
  )
}

function Fact({ name, children, className }: { name: string; children: React.ReactNode; className?: string }) {
  return (
    <div className={clsx('min-w-0', className?.includes('col-span-2') && 'col-span-2')}>
      <dt className="text-14 text-muted">{name}</dt>
      <dd className={clsx('font-bold font-display', className)}>{children}</dd>
    </div>
  )
}
