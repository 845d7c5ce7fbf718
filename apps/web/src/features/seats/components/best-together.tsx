import { clsx } from 'clsx'
import { type ReactNode, useRef, useState } from 'react'

interface BestTogetherProps {
  most: number
  sections: readonly { id: string; label: string }[]
  disabled: boolean
  onBest: (count: number, section: string | null) => Promise<void>
  /** Beside the choice of section: how to see the hall. */
  children?: ReactNode
}

/** One tap: so many seats together, the best that are free. The map shows which, the panel says why. */
export function BestTogether({ most, sections, disabled, onBest, children }: BestTogetherProps) {
  const [looking, setLooking] = useState<number | null>(null)
  const [section, setSection] = useState('')
  const running = useRef(false)

  const look = async (count: number) => {
    if (running.current) return
    running.current = true
    setLooking(count)
    try {
      await onBest(count, section || null)
    } finally {
      running.current = false
      setLooking(null)
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 sm:justify-center">
      <fieldset className="flex min-w-0 items-center gap-1.5 max-sm:-mx-4 max-sm:w-[calc(100%+2rem)] max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1 max-sm:[scrollbar-width:none]">
        <legend className="sr-only">Best seats together</legend>
        <span aria-hidden="true" className="shrink-0 text-14 text-muted">
          Best together
        </span>
        {Array.from({ length: most }, (_, at) => at + 1).map((count) => (
          <button
            key={count}
            type="button"
            disabled={disabled}
            aria-label={count === 1 ? 'The best 1 seat' : `The best ${count} seats together`}
            aria-busy={looking === count || undefined}
            onClick={() => void look(count)}
            className={clsx(
              'grid size-9 shrink-0 place-items-center rounded-control border font-semibold text-14 transition-colors duration-150 disabled:opacity-45 max-sm:size-11',
              looking === count
                ? 'animate-pulse border-marquee bg-marquee text-ink'
                : 'border-control hover:not-disabled:border-text hover:not-disabled:bg-raised',
            )}
          >
            {count}
          </button>
        ))}
      </fieldset>
      <div className="flex items-center gap-3 max-sm:w-full max-sm:justify-between">
        {sections.length > 1 && (
          <select
            aria-label="Section for the best seats"
            value={section}
            disabled={disabled}
            onChange={(event) => setSection(event.target.value)}
            className="min-h-9 w-38 rounded-control border border-control bg-ground px-2 text-14 max-sm:min-h-11 max-sm:text-16"
          >
            <option value="">in any section</option>
            {sections.map((one) => (
              <option key={one.id} value={one.id}>
                in {one.label}
              </option>
            ))}
          </select>
        )}
        {children}
      </div>
    </div>
  )
}
