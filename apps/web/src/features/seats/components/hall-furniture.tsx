import { memo } from 'react'
import { type Hall, SEAT, type SectionRun } from '../seat-geometry.ts'

/** What does not move: the screen's light, the names of the sections, the letters of the rows. */
export const HallFurniture = memo(function HallFurniture({
  hall,
  prices,
  scale,
  railed,
}: {
  hall: Hall
  prices: ReadonlyMap<string, string>
  /** Words grow as the drawing shrinks, as far as there is room. */
  scale: number
  /** The letters stand at the edge already. */
  railed: boolean
}) {
  const middle = hall.width / 2
  const reach = hall.width * 0.36
  const nameSize = Math.min(hall.labelDepth * 0.62, Math.max(15, 12 / scale))
  const letterSize = Math.min(24, Math.max(12.5, 11 / scale))
  // Letters one cannot read are only noise: then the name of the section says which rows it has.
  const tiny = !railed && letterSize * scale < 8
  const arc = `M${middle - reach} 26Q${middle} 2 ${middle + reach} 26`
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: drawn words only, nothing here takes the focus
    <g aria-hidden="true" className="select-none">
      <path
        d={`${arc}L${middle + reach * 1.24} 84Q${middle} 60 ${middle - reach * 1.24} 84Z`}
        fill="url(#screen-light)"
      />
      <path className="screen-edge" d={arc} />
      <text x={middle} y={24 + letterSize * 1.2} textAnchor="middle" fontSize={letterSize} className="fill-muted">
        screen
      </text>
      {hall.runs.map((run) => (
        <text
          key={run.rows[0]}
          x={middle}
          y={run.labelY}
          textAnchor="middle"
          fontSize={nameSize}
          fontWeight={600}
          className={run.premium ? 'fill-velvet' : 'fill-muted'}
        >
          {run.name} {prices.get(run.section)}
          {tiny && ` · ${rowsOf(run)}`}
        </text>
      ))}
      {(railed || tiny ? [] : hall.rows).map((row) => {
        const first = row.seats[0]
        const last = row.seats.at(-1)
        if (!first || !last) return null
        return (
          <g key={row.label} fontSize={letterSize} textAnchor="middle" className="fill-muted">
            <text x={first.x - 19} y={first.y + 14 + letterSize * 0.36}>
              {row.label}
            </text>
            <text x={last.x + SEAT + 19} y={last.y + 14 + letterSize * 0.36}>
              {row.label}
            </text>
          </g>
        )
      })}
    </g>
  )
})

function rowsOf({ rows }: SectionRun): string {
  const [first, last] = [rows[0], rows.at(-1)]
  return first === last ? `row ${first}` : `rows ${first} to ${last}`
}
