import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { leaveAlerts, useAlertToken } from '../alert-token.ts'
import { deleteAllAlerts } from '../api.ts'

/** The end of it: nothing is watched, nobody is called, and what reached them is forgotten. */
export function DeleteAll() {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const end = useMutation({
    mutationFn: deleteAllAlerts,
    onSuccess: () => {
      setOpen(false)
      client.setQueriesData({ queryKey: ['alerts'] }, [])
      if (useAlertToken.getState().token) leaveAlerts()
    },
  })
  return (
    <div className="mt-8 border-line border-t pt-4">
      <Button variant="quiet" className="-ml-4.5" onClick={() => setOpen(true)}>
        Delete all my alerts
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete all your alerts?"
        description="Nothing is watched for you any more, and we forget the number and the address behind them. An account stays as it is."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep them</Button>
            <Button variant="danger" busy={end.isPending} onClick={() => end.mutate()}>
              Delete all
            </Button>
          </>
        }
      >
        <p role="alert" className="text-14 text-danger empty:hidden">
          {end.error?.message}
        </p>
      </Dialog>
    </div>
  )
}
