import type { SeatKind } from '@marquee/contracts/seats'
import { SEAT } from '../seat-geometry.ts'
import type { SeatLook } from '../seat-status.ts'

const HEIGHT = 28
/** From here a number of 13.5 units is 12 px high and can be read. */
export const NUMBERED_SCALE = 12 / 13.5

function outline(left: number, right: number, roundLeft: number, roundRight: number): string {
  const corner = (radius: number, x: number, y: number) => (radius > 0 ? `a${radius} ${radius} 0 0 1 ${x} ${y}` : '')
  const l = roundLeft
  const r = roundRight
  return `M${left + l} 0H${right - r}${corner(r, r, r)}V${HEIGHT - r}${corner(r, -r, r)}H${left + l}${corner(l, -l, -l)}V${l}${corner(l, l, -l)}z`
}

const SINGLE = outline(0, SEAT, 7, 7)
const ROUND = outline(1, SEAT - 1, 14, 14)
/** Two halves that touch: one sofa. */
const SOFA_LEFT = outline(0, SEAT + 3, 9, 0)
const SOFA_RIGHT = outline(-3, SEAT, 0, 9)

function bodyOf(kind: SeatKind, couple: 'left' | 'right' | null): string {
  if (kind === 'WHEELCHAIR') return ROUND
  if (couple) return couple === 'left' ? SOFA_LEFT : SOFA_RIGHT
  return SINGLE
}

const TICK = 'M9.2 14.2l4 4.2 7.6-8.6'
const CROSS = 'M11.5 10.5l7 7m0-7l-7 7'
const WHEELCHAIR = 'M13.4 9.6v6.6h6.2l2.6 5.2M13.6 12.4h5.2M11.6 13.6a5.4 5.4 0 1 0 7.6 6.6'
const COMPANION = 'M15 8.2a2.9 2.9 0 1 1 0 5.8 2.9 2.9 0 0 1 0-5.8M9.4 21.4c.5-3.6 2.6-5.2 5.6-5.2s5.1 1.6 5.6 5.2'
const HEART =
  'M15 19.6c-3.4-2.3-5.2-4.1-5.2-6.3 0-1.7 1.2-2.8 2.7-2.8 1.1 0 2 .6 2.5 1.6.5-1 1.4-1.6 2.5-1.6 1.5 0 2.7 1.1 2.7 2.8 0 2.2-1.8 4-5.2 6.3z'

interface SeatShapeProps {
  look: SeatLook
  kind: SeatKind
  premium: boolean
  couple: 'left' | 'right' | null
  /** Null while it would be too small to read. */
  number?: number | null
}

/** One seat in a box of 30 by 28. Every state differs in its shape, not only in its colour. */
export function SeatShape({ look, kind, premium, couple, number = null }: SeatShapeProps) {
  return (
    <>
      <path className="seat-body" d={bodyOf(kind, couple)} />
      {look === 'yours' && <path className="seat-tick" d={TICK} />}
      {look === 'sold' && <path className="seat-cross" d={CROSS} />}
      {look === 'blocked' && <path className="seat-cross" d="M11 14h8" />}
      {look === 'free' && premium && <path className="seat-edge" d={couple ? 'M4 23.5h22' : 'M6 23.5h18'} />}
      {look === 'free' && kind === 'WHEELCHAIR' && (
        <g className="seat-icon">
          <circle className="seat-icon-dot" cx="13" cy="6.6" r="1.9" />
          <path d={WHEELCHAIR} />
        </g>
      )}
      {look === 'free' && kind === 'COMPANION' && <path className="seat-icon" d={COMPANION} />}
      {/* A wheelchair or a companion's sign says more; a seat that is gone needs no number. */}
      {number !== null && look === 'free' && (kind === 'STANDARD' || kind === 'PREMIUM' || couple) && (
        // biome-ignore lint/a11y/noAriaHiddenOnFocusable: drawn only, the seat's own name says it
        <text className="seat-number" x="15" y={premium ? 17.4 : 18.8} aria-hidden="true">
          {number}
        </text>
      )}
      {/* On the seam; the right half is drawn later, so it lies above both. */}
      {look === 'free' && couple === 'right' && <path className="seat-heart" d={HEART} transform="translate(-18 -4)" />}
    </>
  )
}

/** The hatch of held seats; once in each drawing that shows any. */
export function SeatPatterns() {
  return (
    <defs>
      <pattern id="seat-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="seat-hatch-ground" width="6" height="6" />
        <rect className="seat-hatch-line" width="2.4" height="6" />
      </pattern>
      <linearGradient id="screen-light" x1="0" y1="0" x2="0" y2="1">
        <stop className="screen-light" offset="0" stopOpacity="0.26" />
        <stop className="screen-light" offset="1" stopOpacity="0" />
      </linearGradient>
    </defs>
  )
}
