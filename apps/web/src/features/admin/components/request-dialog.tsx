import type { AdminRequest } from '@marquee/contracts/admin'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, Textarea } from '../../../components/ui/field.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { plural } from '../../../lib/format.ts'
import { decideRequest } from '../api.ts'
import { TheatreChoice } from './theatre-choice.tsx'

/** Yes with cinemas, or no with a reason: the asker reads either. */
export function RequestDialog({ request, onClose }: { request: AdminRequest; onClose: () => void }) {
  const client = useQueryClient()
  const [theatreIds, setTheatreIds] = useState<string[]>([])
  const [note, setNote] = useState('')
  const decide = useMutation({
    mutationFn: (approve: boolean) => decideRequest(request.id, { approve, note: note.trim(), theatreIds }),
    onSuccess: (_, approve) => {
      void client.invalidateQueries({ queryKey: ['admin'] })
      onClose()
      void toast(approve ? `${request.user.name} may run cinemas now.` : 'The request is rejected.', { tone: 'ok' })
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      kind="sheet"
      title={request.organisation}
      description={`Asked by ${request.user.name}, ${request.user.email ?? request.user.phone ?? 'no address'}`}
      footer={
        <>
          <Button
            variant="danger"
            busy={decide.isPending && !decide.variables}
            disabled={decide.isPending}
            onClick={() => decide.mutate(false)}
          >
            Reject
          </Button>
          <Button
            variant="primary"
            busy={decide.isPending && decide.variables}
            disabled={decide.isPending || theatreIds.length === 0}
            onClick={() => decide.mutate(true)}
          >
            {theatreIds.length === 0
              ? 'Choose cinemas to approve'
              : `Approve for ${plural(theatreIds.length, 'cinema')}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <p className="whitespace-pre-wrap">{request.message || <span className="text-muted">No message.</span>}</p>
        <TheatreChoice chosen={theatreIds} onChange={setTheatreIds} />
        <Field label="Note to the asker (optional)">
          <Textarea value={note} onChange={(event) => setNote(event.target.value)} maxLength={500} rows={3} />
        </Field>
        <p role="alert" className="text-14 text-danger empty:hidden">
          {decide.error?.message}
        </p>
      </div>
    </Dialog>
  )
}
