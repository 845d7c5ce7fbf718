import type { SeatKind } from '@marquee/contracts/seats'
import type { Hall } from '../seat-geometry.ts'
import type { SeatLook } from '../seat-status.ts'
import { SeatShape } from './seat-shape.tsx'

type Entry = { words: string; look: SeatLook; kind?: SeatKind; premium?: boolean; couple?: 'left' | 'right' }

const ALWAYS: Entry[] = [
  { words: 'Free', look: 'free' },
  { words: 'Yours', look: 'yours' },
  { words: 'Somebody is choosing', look: 'held' },
  { words: 'Sold', look: 'sold' },
]

/** Only what this hall has. */
export function SeatLegend({ hall }: { hall: Hall }) {
  const kinds = new Set(hall.seats.map((seat) => seat.kind))
  const entries = [...ALWAYS]
  if (hall.seats.some((seat) => seat.premium)) entries.push({ words: 'Premium', look: 'free', premium: true })
  if (kinds.has('COUPLE')) entries.push({ words: 'Sofa for two', look: 'free', kind: 'COUPLE', couple: 'left' })
  if (kinds.has('WHEELCHAIR')) entries.push({ words: 'Wheelchair space', look: 'free', kind: 'WHEELCHAIR' })
  if (kinds.has('COMPANION')) entries.push({ words: 'Companion', look: 'free', kind: 'COMPANION' })
  return (
    <ul
      aria-label="What the marks mean"
      className="flex flex-wrap gap-x-5 gap-y-2 text-[0.8125rem] text-muted sm:justify-center"
    >
      {entries.map((entry) => (
        <li key={entry.words} className="flex items-center gap-2">
          <svg
            aria-hidden="true"
            viewBox={entry.couple ? '-1 -1 66 30' : '-1 -1 32 30'}
            className={entry.couple ? 'h-5 w-11' : 'h-5 w-5.5'}
          >
            <g className="seat" data-look={entry.look}>
              <SeatShape
                look={entry.look}
                kind={entry.kind ?? 'STANDARD'}
                premium={entry.premium ?? false}
                couple={entry.couple ?? null}
              />
            </g>
            {entry.couple && (
              <g className="seat" data-look={entry.look} transform="translate(36 0)">
                <SeatShape look={entry.look} kind="COUPLE" premium={false} couple="right" />
              </g>
            )}
          </svg>
          {entry.words}
        </li>
      ))}
    </ul>
  )
}
