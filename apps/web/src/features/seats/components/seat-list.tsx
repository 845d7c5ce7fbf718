import './hall.css'
import { clsx } from 'clsx'
import { memo, useState } from 'react'
import { useStore } from 'zustand'
import { formatTime } from '../../../lib/format.ts'
import type { Hall, HallRow } from '../seat-geometry.ts'
import { lookOfLetter } from '../seat-status.ts'
import { seatName } from '../seat-words.ts'
import type { SeatsStore } from '../store.ts'
import { SeatPatterns, SeatShape } from './seat-shape.tsx'

interface SeatListProps {
  hall: Hall
  store: SeatsStore
  prices: ReadonlyMap<string, string>
  timeZone: string
  closed: boolean
  onToggle: (seatId: string) => void
}

/** The same hall in words and buttons: every seat, every state, every act of the map. */
export function SeatList({ hall, store, prices, timeZone, closed, onToggle }: SeatListProps) {
  const [freeOnly, setFreeOnly] = useState(false)
  return (
    <div className="flex flex-col gap-6">
      <svg aria-hidden="true" className="absolute size-0">
        <SeatPatterns />
      </svg>
      <label className="flex min-h-11 items-center gap-3 text-14">
        <input
          type="checkbox"
          checked={freeOnly}
          onChange={(event) => setFreeOnly(event.target.checked)}
          className="size-5"
        />
        Show only seats that can be chosen
      </label>
      {hall.runs.map((run) => (
        <section key={run.rows[0]} aria-labelledby={`section-${run.rows[0]}`}>
          <SectionHead
            id={`section-${run.rows[0]}`}
            hall={hall}
            run={run}
            store={store}
            price={prices.get(run.section) ?? ''}
          />
          <div className="flex flex-col">
            {hall.rows
              .filter((row) => run.rows.includes(row.label))
              .map((row) => (
                <ListRow
                  key={row.label}
                  row={row}
                  store={store}
                  sectionName={run.name}
                  price={prices.get(run.section) ?? ''}
                  timeZone={timeZone}
                  freeOnly={freeOnly}
                  closed={closed}
                  onToggle={onToggle}
                />
              ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function SectionHead({
  id,
  hall,
  run,
  store,
  price,
}: {
  id: string
  hall: Hall
  run: Hall['runs'][number]
  store: SeatsStore
  price: string
}) {
  const free = useStore(store, (state) => {
    let count = 0
    for (const seat of hall.seats) if (run.rows.includes(seat.row) && state.looks[seat.index] === 'f') count += 1
    return count
  })
  return (
    <h2 id={id} className="mb-2 flex items-baseline gap-3 text-20">
      {run.name} <span className="font-sans font-semibold text-16">{price}</span>
      <span className="font-normal font-sans text-14 text-muted">{free === 0 ? 'no seat free' : `${free} free`}</span>
    </h2>
  )
}

interface ListRowProps {
  row: HallRow
  store: SeatsStore
  sectionName: string
  price: string
  timeZone: string
  freeOnly: boolean
  closed: boolean
  onToggle: (seatId: string) => void
}

const ListRow = memo(function ListRow({
  row,
  store,
  sectionName,
  price,
  timeZone,
  freeOnly,
  closed,
  onToggle,
}: ListRowProps) {
  const looks = useStore(store, (state) => state.looks.slice(row.first, row.first + row.seats.length))
  const heldUntil = useStore(store, (state) => (looks.includes('h') ? state.map.heldUntil : NOBODY))
  const seats = row.seats.map((seat, place) => ({ seat, look: lookOfLetter(looks[place]) }))
  const shown = freeOnly ? seats.filter(({ look }) => look === 'free' || look === 'yours') : seats
  return (
    <div className="flex gap-3 border-line border-t py-2 [contain-intrinsic-height:60px] [content-visibility:auto]">
      <h3 className="w-11 shrink-0 pt-2.5 font-normal font-sans text-14 text-muted tracking-normal sm:w-14">
        Row {row.label}
      </h3>
      {shown.length === 0 ? (
        <p className="pt-2.5 text-14 text-muted">Nothing free in this row.</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {shown.map(({ seat, look }) => {
            const until = heldUntil[seat.index]
            const backBy = look === 'held' && until ? formatTime(new Date(until).toISOString(), timeZone) : null
            const usable = !closed && (look === 'free' || look === 'yours')
            return (
              <li key={seat.index}>
                <button
                  type="button"
                  aria-pressed={look === 'yours'}
                  aria-disabled={!usable || undefined}
                  aria-label={seatName({ seat, sectionName, price, look, backBy })}
                  title={backBy ? `Back by ${backBy} if not bought` : undefined}
                  onClick={() => usable && onToggle(seat.seatId)}
                  className={clsx(
                    'flex size-11 flex-col items-center justify-center gap-0.5 rounded-control text-12',
                    usable ? 'hover:bg-raised' : 'text-muted',
                    look === 'yours' && 'font-semibold',
                  )}
                >
                  <svg aria-hidden="true" viewBox="-2 -2 34 32" className="h-5 w-5.5">
                    <g className="seat" data-look={look}>
                      <SeatShape look={look} kind={seat.kind} premium={seat.premium} couple={null} />
                    </g>
                  </svg>
                  {seat.number}
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
})

const NOBODY: Readonly<Record<string, number>> = {}
