import { Loading } from '../../../components/ui/skeleton.tsx'

const ROWS = [12, 14, 14, 14, 14, 14, 16, 16, 16, 16]

/** A hall in the dark: the shape of what is coming. */
export function HallSkeleton() {
  return (
    <Loading label="Loading the hall" className="py-2">
      <svg aria-hidden="true" viewBox="0 0 640 470" className="w-full animate-pulse">
        <path d="M90 34Q320 8 550 34" className="fill-none stroke-line" strokeWidth="4" strokeLinecap="round" />
        {ROWS.map((count, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing that never changes
          <g key={row}>
            {Array.from({ length: count }, (_, seat) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={seat}
                x={320 + (seat - count / 2) * 36 + (seat < count / 2 ? -10 : 10) + 4}
                y={86 + row * 37 + (row > 5 ? 16 : 0)}
                width="28"
                height="26"
                rx="7"
                className="fill-line"
                opacity="0.7"
              />
            ))}
          </g>
        ))}
      </svg>
    </Loading>
  )
}
