import { CircleAlert, Clock3, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { plural } from '../../../lib/format.ts'
import type { SeatDesk } from '../seat-desk.ts'
import type { Hall } from '../seat-geometry.ts'
import { inHallOrder, shortList } from '../seat-words.ts'
import type { Notice } from '../store.ts'

interface SeatNoticeProps {
  notice: Notice
  hall: Hall
  desk: SeatDesk
  wanted: readonly string[]
}

/** What happened, in words, with the next act as a button. Read out by the page's live region, so not twice here. */
export function SeatNotice({ notice, hall, desk, wanted }: SeatNoticeProps) {
  const { title, body, act } = wordsFor(notice, hall, desk, wanted)
  const Icon = notice.kind === 'expired' ? Clock3 : CircleAlert
  return (
    <div className="flex animate-rise items-start gap-3 rounded-card border border-control bg-raised p-4 shadow-float">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-marquee-text" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {body && <p className="mt-0.5 text-14 text-muted">{body}</p>}
        {act && <div className="mt-3 flex flex-wrap gap-2">{act}</div>}
      </div>
      <button
        type="button"
        aria-label="Close this message"
        onClick={desk.dismiss}
        className="-m-2 grid size-10 shrink-0 place-items-center rounded-control text-muted hover:text-text"
      >
        <X aria-hidden="true" className="size-4.5" />
      </button>
    </div>
  )
}

type Words = { title: string; body?: string; act?: ReactNode }

function wordsFor(notice: Notice, hall: Hall, desk: SeatDesk, wanted: readonly string[]): Words {
  const order = (seatIds: readonly string[]) => shortList(inHallOrder(hall, seatIds), 6)
  switch (notice.kind) {
    case 'taken': {
      const many = notice.seatIds.length > 1
      const title = `Somebody was quicker: ${order(notice.seatIds)} ${many ? 'are' : 'is'} taken.`
      if (notice.instead.length === 0) return { title, body: 'Nothing was charged. Choose any other free seat.' }
      return {
        title,
        body: `${order(notice.instead)} ${notice.instead.length > 1 ? 'are the nearest still free' : 'is the nearest still free'}.`,
        act: (
          <Button size="sm" variant="primary" onClick={() => desk.choose([...wanted, ...notice.instead])}>
            Take {order(notice.instead)} instead
          </Button>
        ),
      }
    }
    case 'expired':
      return {
        title: 'The time for your seats ran out.',
        body: `${order(notice.seatIds)} went back to everybody. Nothing was charged.`,
        act: (
          <Button size="sm" variant="primary" onClick={() => desk.choose(notice.seatIds)}>
            Hold {notice.seatIds.length > 1 ? 'them' : 'it'} again
          </Button>
        ),
      }
    case 'too-many':
      return {
        title: `${plural(notice.most, 'seat')} is the most for one booking.`,
        body: 'Let one go to choose another, or make a second booking for the rest.',
      }
    case 'limit':
      return {
        title: 'These seats were held as long as they can be.',
        body: 'To be fair to others a hold ends at some point. You can let go and take the same seats with a fresh clock.',
        act: (
          <Button size="sm" variant="primary" onClick={() => void desk.holdAfresh(notice.seatIds)}>
            Start the clock again
          </Button>
        ),
      }
    case 'closed':
      return { title: 'Sales for this showtime have closed.', body: 'Nothing was charged.' }
    case 'refused': {
      const { retry } = notice
      return {
        title: 'That did not go through.',
        body: notice.message,
        act: retry && (
          <Button size="sm" onClick={() => desk.choose(retry)}>
            Try again
          </Button>
        ),
      }
    }
  }
}
