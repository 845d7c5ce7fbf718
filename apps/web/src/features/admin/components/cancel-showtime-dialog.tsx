import type { ShowtimeCard } from '@marquee/contracts/showtimes'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, Textarea } from '../../../components/ui/field.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { plural } from '../../../lib/format.ts'
import { cancelShowtime, getCancellationImpact } from '../api.ts'
import { ShowtimeImpact } from './showtime-impact.tsx'

const RECOUNT_MS = 10_000

interface CancelShowtimeDialogProps {
  showtime: ShowtimeCard
  /** "Salt & Thunder, Tonight 19:15 IST, Screen 2" */
  name: string
  onClose: () => void
}

/** What it does to whom stands above the button. */
export function CancelShowtimeDialog({ showtime, name, onClose }: CancelShowtimeDialogProps) {
  const client = useQueryClient()
  const formId = useId()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  // Others go on booking while this is open.
  const impact = useQuery({
    queryKey: ['admin', 'impact', showtime.id],
    queryFn: () => getCancellationImpact(showtime.id),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: RECOUNT_MS,
  })
  const cancel = useMutation({
    mutationFn: () => cancelShowtime(showtime.id, { reason: reason.trim() }),
    onSuccess: (done) => {
      void client.invalidateQueries({ queryKey: ['admin', 'day'] })
      onClose()
      void toast('The show is cancelled.', {
        tone: 'ok',
        description: `${plural(done.bookings, 'booking')} with ${plural(done.seats, 'seat')}: all money is on its way back.`,
      })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const short = reason.trim().length < 3
    setProblem(short ? 'Tell the guests why.' : undefined)
    if (!short) cancel.mutate()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      kind="sheet"
      title="Cancel this show?"
      description={name}
      footer={
        <>
          <Button onClick={onClose}>Keep the show</Button>
          <Button type="submit" form={formId} variant="danger" busy={cancel.isPending} disabled={!impact.data}>
            Cancel the show
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
        <ShowtimeImpact query={impact} />
        <Field label="Reason, as the guests read it" error={problem}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200} rows={3} />
        </Field>
        <p role="alert" className="text-14 text-danger empty:hidden">
          {cancel.error?.message}
        </p>
      </form>
    </Dialog>
  )
}
