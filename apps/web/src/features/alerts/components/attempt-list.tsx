import type { AlertChannel, AttemptView } from '@marquee/contracts/alerts'
import { clsx } from 'clsx'
import { AppWindow, BellRing, Mail, MessageSquareText, Phone } from 'lucide-react'
import { formatMoment } from '../../../lib/format.ts'
import { CHANNEL_NOUNS } from '../alert-words.ts'

const ICONS: Record<AlertChannel, typeof Phone> = {
  call: Phone,
  sms: MessageSquareText,
  email: Mail,
  in_app: AppWindow,
  push: BellRing,
}
const GOOD: ReadonlySet<AttemptView['state']> = new Set(['ANSWERED', 'DELIVERED'])
const BAD: ReadonlySet<AttemptView['state']> = new Set(['FAILED', 'UNKNOWN'])

/** What was tried, in the order in which it happened, and what became of it. */
export function AttemptList({ attempts, timeZone }: { attempts: readonly AttemptView[]; timeZone: string }) {
  return (
    <ol className="flex flex-col gap-2">
      {attempts.map((attempt) => {
        const Icon = ICONS[attempt.channel]
        return (
          <li key={`${attempt.channel}-${attempt.step}-${attempt.at}`} className="flex items-start gap-3 text-14">
            <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1">
              <b className="font-medium">{CHANNEL_NOUNS[attempt.channel]}</b>{' '}
              <span className={clsx(GOOD.has(attempt.state) && 'text-ok', BAD.has(attempt.state) && 'text-danger')}>
                {attempt.outcome}
              </span>
            </span>
            <time dateTime={attempt.at} className="shrink-0 text-muted">
              {formatMoment(attempt.at, timeZone)}
            </time>
          </li>
        )
      })}
    </ol>
  )
}
