import { type RefObject, useEffect, useRef } from 'react'
import { type Hall, SEAT } from '../seat-geometry.ts'

interface RowRailProps {
  hall: Hall
  box: RefObject<HTMLElement | null>
  scale: number
}

/** Row letters that stay at the edge while the hall is moved about, each beside the seats of its row in sight. */
export function RowRail({ hall, box, scale }: RowRailProps) {
  const letters = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const follow = () => {
      if (!letters.current) return
      const middle = hall.width / 2
      const away = Math.min(1, Math.abs(element.scrollLeft / scale + SEAT - middle) / middle)
      letters.current.style.transform = `translateY(${hall.bend * away ** 2 * scale}px)`
    }
    follow()
    element.addEventListener('scroll', follow, { passive: true })
    return () => element.removeEventListener('scroll', follow)
  }, [box, hall, scale])

  return (
    <div
      aria-hidden="true"
      className="pointer-events-none sticky left-0 z-10 h-full w-7 border-line border-r bg-ground/92"
    >
      <div ref={letters}>
        {hall.rows.map((row) => (
          <span
            key={row.label}
            className="absolute inset-x-0 grid h-6 place-items-center font-semibold text-12 text-text"
            style={{ top: (row.y + 14) * scale - 12 }}
          >
            {row.label}
          </span>
        ))}
      </div>
    </div>
  )
}
