import './hall.css'
import { clsx } from 'clsx'
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { type Hall, SEAT } from '../seat-geometry.ts'
import { moveOfKey, seatAfterMove } from '../seat-neighbours.ts'
import { lookOfLetter } from '../seat-status.ts'
import type { SeatsStore } from '../store.ts'
import { HallControls } from './hall-controls.tsx'
import { HallFurniture } from './hall-furniture.tsx'
import { RowRail } from './row-rail.tsx'
import { SeatRow } from './seat-row.tsx'
import { NUMBERED_SCALE, SeatPatterns } from './seat-shape.tsx'
import { SeatTip } from './seat-tip.tsx'
import { useHallView } from './use-hall-view.ts'

interface SeatMapProps {
  hall: Hall
  store: SeatsStore
  /** By section, ready to read: "₹350". */
  prices: ReadonlyMap<string, string>
  timeZone: string
  /** Sales are over, or the showtime is full: look, but do not touch. */
  closed: boolean
  onToggle: (seatId: string) => void
}

/** The hall. One tab stop; arrow keys walk, Enter or Space picks, Escape leaves the tip. */
export function SeatMap({ hall, store, prices, timeZone, closed, onToggle }: SeatMapProps) {
  const view = useHallView(hall)
  const { box, stage } = view
  const [tabStop, setTabStop] = useState(() => middleSeat(hall))
  const [tip, setTip] = useState<number | null>(null)
  const [live, setLive] = useState(false)
  const goalX = useRef<number | undefined>(undefined)
  const pointer = useRef('mouse')
  const active = hall.seats[tabStop]

  // The first drawing should not fade in seat by seat.
  useEffect(() => {
    const timer = setTimeout(() => setLive(true), 400)
    return () => clearTimeout(timer)
  }, [])

  const indexOf = (target: EventTarget): number | null => {
    const seat = target instanceof Element ? target.closest('[data-i]') : null
    return seat ? Number(seat.getAttribute('data-i')) : null
  }

  const focusSeat = (index: number) => {
    setTabStop(index)
    stage.current?.querySelector<SVGGElement>(`[data-i="${index}"]`)?.focus({ preventScroll: true })
    const seat = hall.seats[index]
    if (seat && box.current) bringIntoBox(box.current, seat, view.scale)
  }

  const pick = (index: number) => {
    const seat = hall.seats[index]
    const look = lookOfLetter(store.getState().looks[index])
    setTabStop(index)
    if (!seat) return
    if (closed || (look !== 'free' && look !== 'yours')) setTip(index)
    else {
      setTip(null)
      onToggle(seat.seatId)
    }
  }

  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target)
    const byThumb = pointer.current === 'touch' && event.detail > 0
    if (byThumb && view.tooSmallToTap) view.comeNearer({ x: event.clientX, y: event.clientY })
    else if (index === null) setTip(null)
    else pick(index)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexOf(event.target)
    if (index === null || event.altKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (!event.repeat) pick(index)
      return
    }
    if (event.key === 'Escape') return setTip(null)
    const move = moveOfKey(event.key, event.ctrlKey)
    if (!move) return
    event.preventDefault()
    if (move === 'up' || move === 'down') goalX.current ??= hall.seats[index]?.x
    else goalX.current = undefined
    const next = seatAfterMove(hall, index, move, goalX.current)
    focusSeat(next)
    setTip(next)
  }

  return (
    <div className={clsx('hall relative', closed && 'opacity-60')}>
      <div
        ref={box}
        onPointerDown={(event) => {
          pointer.current = event.pointerType
        }}
        className={clsx(
          'relative overflow-auto overscroll-x-contain [scrollbar-width:none] [touch-action:pan-x_pan-y] max-sm:-mx-4 sm:h-(--hall-height)',
          view.zoomed
            ? 'max-sm:h-[max(15rem,calc(100dvh-27rem))]'
            : 'max-sm:h-[max(16rem,min(var(--hall-height),calc(100dvh-23rem)))]',
        )}
        style={
          view.fit > 0 ? ({ '--hall-height': `${hall.height * view.fit + 8}px` } as React.CSSProperties) : undefined
        }
      >
        <div
          className={clsx(
            'grid min-h-full place-items-center sm:min-h-(--hall-height) sm:place-items-[start_center]',
            // The last row can be moved out from under the buttons and the minimap, where they float.
            view.zoomed && 'sm:pb-36',
          )}
        >
          <div
            ref={stage}
            className="relative will-change-auto"
            style={{ width: hall.width * view.scale, height: hall.height * view.scale }}
          >
            {view.zoomed && <RowRail hall={hall} box={box} scale={view.scale} />}
            <div
              role="grid"
              aria-label="The hall. Arrow keys move from seat to seat, Space or Enter picks one."
              aria-multiselectable="true"
              className="absolute inset-0"
              onClick={onClick}
              onKeyDown={onKeyDown}
              onFocus={(event) => {
                const index = indexOf(event.target)
                if (index !== null) setTabStop(index)
              }}
              onBlur={() => setTip(null)}
              onPointerOver={(event: PointerEvent) => {
                if (event.pointerType === 'mouse') setTip(indexOf(event.target))
              }}
              onPointerLeave={(event: PointerEvent) => {
                if (event.pointerType === 'mouse') setTip(null)
              }}
            >
              <svg
                role="presentation"
                viewBox={`0 0 ${hall.width} ${hall.height}`}
                className={clsx('size-full', live && 'hall-live', view.scale < 0.4 && 'hall-far')}
              >
                <SeatPatterns />
                <HallFurniture hall={hall} prices={prices} scale={view.scale || 1} railed={view.zoomed} />
                {hall.rows.map((row) => (
                  <SeatRow
                    key={row.label}
                    row={row}
                    store={store}
                    sectionName={sectionName(hall, row.section)}
                    price={prices.get(row.section) ?? ''}
                    timeZone={timeZone}
                    numbered={view.scale >= NUMBERED_SCALE}
                    tabStop={tabStop >= row.first && tabStop < row.first + row.seats.length ? tabStop : null}
                  />
                ))}
                {active && (
                  <rect
                    className="seat-ring"
                    x={active.x - 3.5}
                    y={active.y - 3.5}
                    width={SEAT + 7}
                    height={35}
                    rx={10}
                  />
                )}
              </svg>
            </div>
            {tip !== null && (
              <SeatTip hall={hall} index={tip} store={store} prices={prices} timeZone={timeZone} scale={view.scale} />
            )}
          </div>
        </div>
      </div>
      <HallControls hall={hall} store={store} view={view} />
    </div>
  )
}

function sectionName(hall: Hall, section: string): string {
  return hall.runs.find((run) => run.section === section)?.name ?? section
}

/** Where the keyboard starts: the middle of the hall is nearer to every seat than its corner. */
function middleSeat(hall: Hall): number {
  const row = hall.rows[Math.floor(hall.rows.length * 0.6)]
  return row ? row.first + Math.floor(row.seats.length / 2) : 0
}

function bringIntoBox(box: HTMLElement, seat: { x: number; y: number }, scale: number) {
  const margin = 56
  const x = (seat.x + SEAT / 2) * scale
  const y = (seat.y + SEAT / 2) * scale
  if (x - margin < box.scrollLeft) box.scrollLeft = x - margin
  if (x + margin > box.scrollLeft + box.clientWidth) box.scrollLeft = x + margin - box.clientWidth
  if (y - margin < box.scrollTop) box.scrollTop = y - margin
  if (y + margin > box.scrollTop + box.clientHeight) box.scrollTop = y + margin - box.clientHeight
}
