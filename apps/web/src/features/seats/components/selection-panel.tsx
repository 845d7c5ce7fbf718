import type { SeatHold } from '@marquee/contracts/seats'
import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Price } from '../../../components/ui/price.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatCountdown, plural } from '../../../lib/format.ts'
import { useRemaining } from '../../../lib/remaining.ts'
import { clockPhase } from '../hold-clock.ts'
import type { Hall } from '../seat-geometry.ts'
import { seatList } from '../seat-words.ts'
import type { Stranding } from '../store.ts'
import { HoldCountdown } from './hold-countdown.tsx'
import { QuoteLines } from './quote-lines.tsx'
import { StrandingLine, StrandingNote, TakeInstead } from './stranding-note.tsx'

interface SelectionProps {
  hall: Hall
  hold: SeatHold | null
  wanted: readonly string[]
  busy: boolean
  continuing: boolean
  reason: string | null
  /** While it is there the seats cannot go to checkout. */
  stranding: Stranding | null
  offset: number
  onContinue: () => void
  onClear: () => void
  onTake: (seatIds: readonly string[]) => void
  onKeepLonger: () => void
}

/** Minutes a guest may still add at checkout, whole, by the server's own limit. */
function minutesToAdd(hold: SeatHold): number {
  return hold.canExtend ? Math.floor((Date.parse(hold.maxExpiresAt) - Date.parse(hold.expiresAt)) / 60_000) : 0
}

/** Desktop: beside the hall, always in sight. */
export function SelectionPanel({ hint, ...props }: SelectionProps & { hint: ReactNode }) {
  const { hall, hold, wanted, busy, continuing, reason, stranding, offset, onContinue, onClear, onTake, onKeepLonger } =
    props
  const why = useId()
  const settled = hold !== null && !busy && hold.seatIds.length === wanted.length
  if (wanted.length === 0) return <div className="flex flex-col gap-3">{hint}</div>
  const more = hold ? minutesToAdd(hold) : 0
  return (
    <div className="flex flex-col">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-26">{seatList(hall, wanted)}</h2>
        <ClearButton onClear={onClear} />
      </div>
      <p className="mt-1 min-h-10 text-14 text-muted">
        {reason ?? `${plural(wanted.length, 'seat')} chosen. Tap one again to let it go.`}
      </p>
      <div className="mt-4 min-h-13">
        {hold ? (
          <HoldCountdown
            expiresAt={hold.expiresAt}
            offset={offset}
            totalMs={Date.parse(hold.expiresAt) - Date.parse(hold.now)}
          >
            held for you{more > 0 ? `; ${plural(more, 'more minute')} if you need them` : ''}
          </HoldCountdown>
        ) : (
          <p className="text-14 text-muted">Holding your {wanted.length > 1 ? 'seats' : 'seat'}…</p>
        )}
      </div>
      {hold && <KeepLonger hold={hold} offset={offset} onKeepLonger={onKeepLonger} />}
      <div
        className={clsx('mt-3 transition-opacity duration-150', !settled && 'opacity-50')}
        aria-busy={!settled || undefined}
      >
        {hold?.quote ? <QuoteLines quote={hold.quote} /> : <QuoteSkeleton />}
      </div>
      {stranding && (
        <div className="mt-4">
          <StrandingNote id={why} hall={hall} stranding={stranding} onTake={onTake} />
        </div>
      )}
      <ContinueButton
        wide
        className="mt-4"
        settled={settled}
        busy={continuing}
        stoppedBy={stranding ? why : null}
        onContinue={onContinue}
      />
      <p className="mt-3 text-[0.8125rem] text-muted">The total is what will be charged. Nothing is added later.</p>
    </div>
  )
}

/** In the last minute only: before that there is nothing to worry about. */
function KeepLonger({ hold, offset, onKeepLonger }: { hold: SeatHold; offset: number; onKeepLonger: () => void }) {
  const remaining = useRemaining(hold.expiresAt, offset)
  if (!hold.canExtend || clockPhase(remaining) !== 'last-minute') return null
  return (
    <button
      type="button"
      onClick={onKeepLonger}
      className="min-h-8 self-start font-medium text-14 text-marquee-text underline underline-offset-4"
    >
      Keep them longer
    </button>
  )
}

interface ContinueButtonProps {
  settled: boolean
  busy: boolean
  /** Id of the words that say why there is no going on. */
  stoppedBy: string | null
  onContinue: () => void
  wide?: boolean
  className?: string
}

/** Stopped, it keeps the focus and reads out its reason, which a button that is switched off could not. */
function ContinueButton({ settled, stoppedBy, onContinue, ...rest }: ContinueButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const wasStopped = useRef(false)
  useEffect(() => {
    if (stoppedBy !== null) wasStopped.current = true
    else if (wasStopped.current && settled) {
      wasStopped.current = false
      // What solved it went away with its words, and the focus with it.
      if (document.activeElement === document.body) button.current?.focus()
    }
  }, [stoppedBy, settled])
  return (
    <Button
      {...rest}
      ref={button}
      variant={stoppedBy ? 'secondary' : 'primary'}
      size="lg"
      disabled={!settled}
      aria-disabled={stoppedBy !== null || undefined}
      aria-describedby={stoppedBy ?? undefined}
      onClick={stoppedBy ? undefined : onContinue}
    >
      Continue
    </Button>
  )
}

function ClearButton({ onClear }: { onClear: () => void }) {
  return (
    <button
      type="button"
      onClick={onClear}
      className="-my-2 min-h-11 shrink-0 text-14 text-muted underline underline-offset-4 hover:text-text"
    >
      Clear
    </button>
  )
}

function QuoteSkeleton() {
  return (
    <div className="flex flex-col gap-3 py-2">
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="mt-2 h-9 w-full" />
    </div>
  )
}

/** Phone: at the foot of the screen, the price, the seats, the clock and the way on. */
export function SelectionBar({
  hall,
  hold,
  wanted,
  busy,
  continuing,
  stranding,
  offset,
  onContinue,
  onClear,
  onTake,
  onKeepLonger,
  hint,
}: SelectionProps & { hint: ReactNode }) {
  const settled = hold !== null && !busy && hold.seatIds.length === wanted.length
  const remaining = useRemaining(hold?.expiresAt ?? null, offset)
  const why = useId()
  return (
    <div className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-raised px-4 pt-3 pb-[max(0.875rem,env(safe-area-inset-bottom))]">
      {wanted.length === 0 ? (
        <div className="flex min-h-13 items-center text-14 text-muted">{hint}</div>
      ) : (
        <>
          <div className="flex items-center gap-3 text-[0.8125rem] text-muted">
            <p className="flex min-w-0 flex-1 gap-1.5">
              <span className="truncate">{seatList(hall, wanted)}</span>
              {hold && (
                <span className="shrink-0">
                  ·{' '}
                  <b className={clockPhase(remaining) === 'last-minute' ? 'text-danger' : 'text-text'}>
                    {formatCountdown(remaining)}
                  </b>{' '}
                  held
                </span>
              )}
            </p>
            <ClearButton onClear={onClear} />
          </div>
          {stranding && <StrandingLine id={why} stranding={stranding} />}
          <div className="flex min-h-13 items-center gap-3">
            {stranding && <TakeInstead className="min-w-0 flex-1" hall={hall} stranding={stranding} onTake={onTake} />}
            {/* The price of seats that are not sold like this can wait. */}
            <div className={clsx('min-w-0 flex-1', stranding && 'hidden')}>
              <p
                className={clsx(
                  'flex flex-wrap items-baseline gap-x-1.5 font-display font-extrabold text-[1.375rem] leading-tight',
                  !settled && 'opacity-50',
                )}
                aria-busy={!settled || undefined}
              >
                {hold?.quote ? (
                  <>
                    <Price minor={hold.quote.toPayMinor} exact />
                    <span className="font-normal font-sans text-[0.8125rem] text-muted">incl. fees</span>
                  </>
                ) : (
                  <Skeleton className="h-7 w-28" />
                )}
              </p>
              {hold && <KeepLonger hold={hold} offset={offset} onKeepLonger={onKeepLonger} />}
            </div>
            <ContinueButton
              settled={settled}
              busy={continuing}
              stoppedBy={stranding ? why : null}
              onContinue={onContinue}
            />
          </div>
        </>
      )}
    </div>
  )
}
