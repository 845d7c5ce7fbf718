import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { saveFile } from '../../../lib/save-file.ts'
import { exportData } from '../api.ts'

export function DataExport() {
  const take = useMutation({
    mutationFn: exportData,
    onSuccess: (blob) => saveFile(blob, 'marquee-my-data.json'),
  })
  return (
    <>
      <Button busy={take.isPending} onClick={() => take.mutate()}>
        <Download aria-hidden="true" className="size-4.5" />
        Download my data
      </Button>
      <p role="status" className="mt-2 text-14 text-muted empty:hidden">
        {take.isSuccess && 'Saved as marquee-my-data.json.'}
      </p>
      <p role="alert" className="mt-2 text-14 text-danger empty:hidden">
        {take.error?.message}
      </p>
    </>
  )
}
