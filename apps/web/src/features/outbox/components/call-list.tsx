import type { DevCall } from '@marquee/contracts/carrier'
import { clsx } from 'clsx'
import { PhoneCall, PhoneIncoming, PhoneMissed } from 'lucide-react'
import { formatMoment } from '../../../lib/format.ts'
import { isActive, spacedNumber, stateWords, wentWell } from '../call-words.ts'

interface CallListProps {
  calls: readonly DevCall[]
  shownId: string | undefined
  onChoose: (id: string) => void
}

export function CallList({ calls, shownId, onChoose }: CallListProps) {
  return (
    <ul
      aria-label="Calls"
      className="max-h-[36rem] self-start overflow-y-auto rounded-card border border-line max-lg:max-h-72"
    >
      {calls.map((call) => {
        const Icon = isActive(call) ? PhoneCall : wentWell(call) ? PhoneIncoming : PhoneMissed
        return (
          <li key={call.id} className="border-line not-last:border-b">
            <button
              type="button"
              aria-current={call.id === shownId ? 'true' : undefined}
              onClick={() => onChoose(call.id)}
              className={clsx(
                'flex w-full gap-3 px-4 py-3 text-left -outline-offset-2 hover:bg-raised',
                call.id === shownId && 'bg-raised shadow-[inset_3px_0_0_var(--marquee-text)]',
              )}
            >
              <Icon
                aria-hidden="true"
                className={clsx('mt-0.5 size-4.5 shrink-0', isActive(call) ? 'text-ok' : 'text-muted')}
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{spacedNumber(call.to)}</span>
                <span className={clsx('block truncate text-14', isActive(call) ? 'text-ok' : 'text-muted')}>
                  {stateWords(call)}
                </span>
              </span>
              <time dateTime={call.placedAt} className="shrink-0 text-12 text-muted leading-6">
                {formatMoment(call.placedAt)}
              </time>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
