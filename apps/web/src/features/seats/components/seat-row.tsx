import { memo } from 'react'
import { useStore } from 'zustand'
import { formatTime } from '../../../lib/format.ts'
import type { HallRow, HallSeat } from '../seat-geometry.ts'
import { lookOfLetter, type SeatLook } from '../seat-status.ts'
import { seatName } from '../seat-words.ts'
import type { SeatsStore } from '../store.ts'
import { SeatShape } from './seat-shape.tsx'

interface SeatProps {
  seat: HallSeat
  look: SeatLook
  name: string
  numbered: boolean
  tabbable: boolean
}

const Seat = memo(function Seat({ seat, look, name, numbered, tabbable }: SeatProps) {
  return (
    <g
      className="seat"
      role="gridcell"
      tabIndex={tabbable ? 0 : -1}
      aria-label={name}
      aria-selected={look === 'yours'}
      aria-disabled={look === 'sold' || look === 'blocked' || look === 'held' || undefined}
      data-i={seat.index}
      data-look={look}
      transform={`translate(${seat.x} ${seat.y})`}
    >
      <SeatShape
        look={look}
        kind={seat.kind}
        premium={seat.premium}
        couple={seat.couple}
        number={numbered ? seat.number : null}
      />
    </g>
  )
})

export interface SeatRowProps {
  row: HallRow
  store: SeatsStore
  sectionName: string
  price: string
  timeZone: string
  /** Near enough to read a number inside a seat. */
  numbered: boolean
  /** Index of the seat that Tab reaches, when it is in this row. */
  tabStop: number | null
}

/** Draws again only when one of its own seats changed. */
export const SeatRow = memo(function SeatRow(props: SeatRowProps) {
  const { row, store, sectionName, price, timeZone, numbered, tabStop } = props
  const looks = useStore(store, (state) => state.looks.slice(row.first, row.first + row.seats.length))
  const returns = useStore(store, (state) => returnTimes(row, looks, state.map.heldUntil)).split(',')
  return (
    <g role="row" aria-label={`Row ${row.label}`}>
      {row.seats.map((seat, place) => {
        const look = lookOfLetter(looks[place])
        const until = Number(returns[place])
        const backBy = look === 'held' && until ? formatTime(new Date(until).toISOString(), timeZone) : null
        const name = seatName({ seat, sectionName, price, look, backBy })
        return (
          <Seat
            key={seat.index}
            seat={seat}
            look={look}
            name={name}
            numbered={numbered}
            tabbable={tabStop === seat.index}
          />
        )
      })}
    </g>
  )
})

/** One string, so that an unchanged row compares equal. */
function returnTimes(row: HallRow, looks: string, heldUntil: Readonly<Record<string, number>>): string {
  return row.seats.map((seat, place) => (looks[place] === 'h' ? (heldUntil[seat.index] ?? '') : '')).join()
}
