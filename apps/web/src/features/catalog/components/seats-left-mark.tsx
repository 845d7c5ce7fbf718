import { clsx } from 'clsx'
import type { SeatsLeft } from '../availability.ts'

const tones: Record<SeatsLeft, string> = {
  available: 'text-ok',
  filling_fast: 'text-marquee-text',
  few_left: 'text-velvet',
  sold_out: 'text-muted',
  begun: 'text-muted',
}

/** A hall filling up: an empty ring, half, nearly full, crossed out. The word beside it says the same. */
export function SeatsLeftMark({ state, className }: { state: SeatsLeft; className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={11}
      height={11}
      aria-hidden="true"
      className={clsx('shrink-0', tones[state], className)}
    >
      {state === 'sold_out' || state === 'begun' ? (
        <path d="M2.5 2.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      ) : (
        <>
          <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          {state === 'filling_fast' && <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" />}
          {state === 'few_left' && <path d="M6 6V1.4A4.6 4.6 0 1 1 1.4 6z" fill="currentColor" />}
        </>
      )}
    </svg>
  )
}
