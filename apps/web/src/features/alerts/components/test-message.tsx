import type { AlertChannel, AlertView } from '@marquee/contracts/alerts'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../../components/ui/button.tsx'
import { CHANNELS, unbroken } from '../alert-words.ts'
import { testAlert } from '../api.ts'

const LABELS: Record<AlertChannel, string> = {
  call: 'Test call',
  sms: 'Test text',
  email: 'Test mail',
  in_app: 'Test on this site',
  push: 'Test in the browser',
}

/** Proof, before it matters, that they are reached. What became of it is said in the API's own words. */
export function TestMessage({ alert, only }: { alert: Pick<AlertView, 'id' | 'channels'>; only?: AlertChannel }) {
  const test = useMutation({ mutationFn: (channel: AlertChannel) => testAlert(alert.id, channel) })
  const channels = CHANNELS.filter((channel) => alert.channels.includes(channel) && (!only || channel === only))
  const outcome = test.data ? `${test.data.replace(/\+[\d •]+/, unbroken)}.` : ''
  return (
    <div>
      <div className="flex flex-wrap gap-2.5">
        {channels.map((channel) => (
          <Button
            key={channel}
            size="sm"
            className="min-h-11"
            busy={test.isPending && test.variables === channel}
            disabled={test.isPending}
            onClick={() => test.mutate(channel)}
          >
            {LABELS[channel]}
          </Button>
        ))}
      </div>
      <p role="status" className="mt-2 text-14 text-muted empty:hidden">
        {outcome}
      </p>
      <p role="alert" className="mt-2 text-14 text-danger empty:hidden">
        {test.error?.message}
      </p>
    </div>
  )
}
