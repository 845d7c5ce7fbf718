import { useStore } from 'zustand'
import { formatTime } from '../../../lib/format.ts'
import { type Hall, SEAT } from '../seat-geometry.ts'
import { lookOfLetter } from '../seat-status.ts'
import { lookWords } from '../seat-words.ts'
import type { SeatsStore } from '../store.ts'

const KIND = { COUPLE: 'couple seat', WHEELCHAIR: 'wheelchair space', COMPANION: 'companion seat' } as const

interface SeatTipProps {
  hall: Hall
  index: number
  store: SeatsStore
  prices: ReadonlyMap<string, string>
  timeZone: string
  scale: number
}

/** What a seat is, beside it. Screen readers have the seat's own name, so this is drawn only. */
export function SeatTip({ hall, index, store, prices, timeZone, scale }: SeatTipProps) {
  const look = useStore(store, (state) => lookOfLetter(state.looks[index]))
  const until = useStore(store, (state) => state.map.heldUntil[index])
  const seat = hall.seats[index]
  if (!seat) return null
  const backBy = until ? formatTime(new Date(until).toISOString(), timeZone) : null
  const kind =
    seat.kind in KIND
      ? KIND[seat.kind as keyof typeof KIND]
      : hall.runs.find((run) => run.section === seat.section)?.name
  const x = (seat.x + SEAT / 2) * scale
  const width = hall.width * scale
  const below = seat.y * scale < 60
  const shift = x < 110 ? '-18px' : x > width - 110 ? 'calc(-100% + 18px)' : '-50%'
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 w-max max-w-60 rounded-control bg-text px-2.5 py-1.5 text-[0.8125rem] text-ground leading-snug"
      style={{
        left: x,
        top: below ? (seat.y + 34) * scale + 4 : seat.y * scale - 8,
        transform: `translate(${shift}, ${below ? '0' : '-100%'})`,
      }}
    >
      <b className="font-semibold">{seat.seatId}</b> · {kind} · {prices.get(seat.section)}
      {look !== 'free' && <span className="block opacity-80">{capital(lookWords(look, backBy))}</span>}
    </div>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
