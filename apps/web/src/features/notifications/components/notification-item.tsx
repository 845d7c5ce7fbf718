import type { Notification } from '@marquee/contracts/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { dismissToast } from '../../../components/ui/toast.ts'
import { ago } from '../../../lib/relative-time.ts'
import { useClock } from '../../../lib/use-clock.ts'
import { acknowledgeAlert, snoozeAlert } from '../api.ts'

const SNOOZE_MINUTES = 10
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

interface ItemProps {
  notification: Notification
  /** Its page is gone to. */
  onOpen: () => void
  onAnswered: () => void
}

/** One line of what happened; what still rings can be answered right here. */
export function NotificationItem({ notification, onOpen, onAnswered }: ItemProps) {
  const { title, body, url, readAt, createdAt, alertId } = notification
  const now = useClock()
  const client = useQueryClient()
  const answer = useMutation({
    mutationFn: (how: 'seen' | 'later') =>
      how === 'seen' ? acknowledgeAlert(alertId ?? '') : snoozeAlert(alertId ?? '', SNOOZE_MINUTES),
    onSuccess: () => {
      void dismissToast(alertId ?? '')
      onAnswered()
    },
    onSettled: () =>
      Promise.all([['notifications'], ['alerts']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  return (
    <li className="border-line border-b">
      <Link to={url} onClick={onOpen} className="flex gap-3 px-4 pt-3.5 pb-3 -outline-offset-2 hover:bg-ground">
        <span
          aria-hidden="true"
          className={`mt-2 size-2 shrink-0 rounded-full ${readAt === null ? 'bg-marquee-text' : 'border border-control'}`}
        />
        <span className="min-w-0 flex-1">
          {readAt === null && <span className="sr-only">Unread: </span>}
          <b className={`wrap-anywhere block ${readAt === null ? 'font-semibold' : 'font-medium'}`}>{title}</b>
          <span className="wrap-anywhere block text-14 text-muted">{body}</span>
          <time dateTime={createdAt} className="mt-0.5 block text-12 text-muted">
            {ago(createdAt, now, ownZone())}
          </time>
        </span>
      </Link>
      {alertId && (
        <div className="flex flex-wrap gap-2 pr-4 pb-3.5 pl-9">
          <Button
            variant="primary"
            size="sm"
            className="min-h-11"
            busy={answer.isPending && answer.variables === 'seen'}
            disabled={answer.isPending}
            onClick={() => answer.mutate('seen')}
          >
            I have seen it
          </Button>
          <Button
            size="sm"
            className="min-h-11"
            busy={answer.isPending && answer.variables === 'later'}
            disabled={answer.isPending}
            onClick={() => answer.mutate('later')}
          >
            Again in {SNOOZE_MINUTES} minutes
          </Button>
        </div>
      )}
      <p role="alert" className="px-4 pb-3 pl-9 text-14 text-danger empty:hidden">
        {answer.error?.message}
      </p>
    </li>
  )
}
