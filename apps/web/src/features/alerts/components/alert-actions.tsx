import type { AlertView } from '@marquee/contracts/alerts'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import type { AlertMove } from '../api.ts'
import { isRinging, useAlertAct } from '../queries.ts'

/** Pause or go on, watch again, change, delete. Each says what it did where it was pressed. */
export function AlertActions({ alert, onEdit }: { alert: AlertView; onEdit: () => void }) {
  const act = useAlertAct(alert.id)
  const [deleting, setDeleting] = useState(false)
  const { state, film, city } = alert
  // While it rings, the answer to that comes first.
  const over = (state === 'NOTIFIED' && !isRinging(alert)) || state === 'ALREADY_OPEN'
  const of = <span className="sr-only"> {film.title}</span>
  const buttons = useRef<HTMLDivElement>(null)
  const acted = useRef(false)
  // The button that was pressed is gone, and another stands in its place: whoever has only keys goes on there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the alert goes on, whatever it goes on to
  useEffect(() => {
    if (acted.current && document.activeElement === document.body) buttons.current?.querySelector('button')?.focus()
    acted.current = false
  }, [state])
  const move = (what: AlertMove) => {
    acted.current = true
    act.mutate(what)
  }
  const busy = (what: string) => act.isPending && act.variables === what
  return (
    <>
      <div ref={buttons} className="flex flex-wrap gap-2.5">
        {over && (
          <Button busy={busy('rearm')} disabled={act.isPending} onClick={() => move('rearm')}>
            Watch again{of}
          </Button>
        )}
        {state === 'ACTIVE' && (
          <Button busy={busy('pause')} disabled={act.isPending} onClick={() => move('pause')}>
            Pause{of}
          </Button>
        )}
        {state === 'PAUSED' && (
          <Button variant="primary" busy={busy('resume')} disabled={act.isPending} onClick={() => move('resume')}>
            Resume{of}
          </Button>
        )}
        <Button disabled={act.isPending} onClick={onEdit}>
          Edit{of}
        </Button>
        <Button variant="quiet" disabled={act.isPending} onClick={() => setDeleting(true)}>
          Delete{of}
        </Button>
      </div>
      <p role="alert" className="text-14 text-danger empty:hidden">
        {!deleting && act.error?.message}
      </p>
      <Dialog
        open={deleting}
        onOpenChange={setDeleting}
        title="Delete this alert?"
        description={`${film.title} in ${city.name} is no longer watched for you, and nobody calls you about it.`}
        footer={
          <>
            <Button onClick={() => setDeleting(false)}>Keep it</Button>
            <Button variant="danger" busy={busy('delete')} onClick={() => act.mutate('delete')}>
              Delete the alert
            </Button>
          </>
        }
      >
        <p role="alert" className="text-14 text-danger empty:hidden">
          {act.error?.message}
        </p>
      </Dialog>
    </>
  )
}
