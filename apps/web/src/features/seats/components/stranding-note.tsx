import { clsx } from 'clsx'
import { CircleAlert } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import type { Hall } from '../seat-geometry.ts'
import { inHallOrder, shortList } from '../seat-words.ts'
import type { Stranding } from '../store.ts'

interface StrandingNoteProps {
  id: string
  hall: Hall
  stranding: Stranding
  onTake: (seatIds: readonly string[]) => void
}

/** Beside the button it stops, for as long as it does: it cannot be closed, only solved. */
export function StrandingNote({ id, hall, stranding, onTake }: StrandingNoteProps) {
  return (
    <div className="flex items-start gap-3 rounded-card border border-control p-3">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-marquee-text" />
      <div className="min-w-0 flex-1">
        <p id={id} className="font-semibold text-14">
          {stranding.message}
        </p>
        <TakeInstead className="mt-2.5" hall={hall} stranding={stranding} onTake={onTake} />
      </div>
    </div>
  )
}

/** The same in as little room as it needs: on a phone the hall behind it is what one must see to choose. */
export function StrandingLine({ id, stranding }: Pick<StrandingNoteProps, 'id' | 'stranding'>) {
  return (
    <p id={id} className="mb-2 flex items-start gap-2 font-semibold text-14 leading-snug">
      <CircleAlert aria-hidden="true" className="mt-px size-4.5 shrink-0 text-marquee-text" />
      {stranding.message}
    </p>
  )
}

interface TakeInsteadProps extends Omit<StrandingNoteProps, 'id'> {
  className?: string
}

export function TakeInstead({ hall, stranding, onTake, className }: TakeInsteadProps) {
  return (
    <Button
      size="sm"
      variant="primary"
      className={clsx('min-h-11', className)}
      onClick={() => onTake(stranding.suggestion)}
    >
      Take {shortList(inHallOrder(hall, stranding.suggestion), 6)} instead
    </Button>
  )
}
