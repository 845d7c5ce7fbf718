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
        <Button size="sm" variant="primary" className="mt-2.5 min-h-11" onClick={() => onTake(stranding.suggestion)}>
          Take {shortList(inHallOrder(hall, stranding.suggestion), 6)} instead
        </Button>
      </div>
    </div>
  )
}
