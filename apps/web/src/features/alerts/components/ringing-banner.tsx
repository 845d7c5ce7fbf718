import type { AlertView, AttemptView } from '@marquee/contracts/alerts'
import { BellRing } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Select } from '../../../components/ui/field.tsx'
import { formatMoment, midSentence } from '../../../lib/format.ts'
import { useNow } from '../../../lib/now.ts'
import { nextStep } from '../alert-standing.ts'
import { CHANNEL_NOUNS } from '../alert-words.ts'
import { useAlertAct } from '../queries.ts'
import { BookLink } from './book-link.tsx'

/** A call that rings, or still may. */
const TO_COME: ReadonlySet<AttemptView['state']> = new Set(['PLANNED', 'SENDING', 'ACCEPTED', 'RINGING', 'ANSWERED'])
const SNOOZES = [
  { minutes: 10, label: '10 min' },
  { minutes: 30, label: '30 min' },
  { minutes: 120, label: '2 hours' },
]

interface RingingBannerProps {
  alert: AlertView
  /** Where the focus goes when what was pressed is gone. */
  card: RefObject<HTMLElement | null>
}

/** While we try to reach somebody: the way to the seats first, then how to make it stop. */
export function RingingBanner({ alert, card }: RingingBannerProps) {
  const act = useAlertAct(alert.id)
  const now = useNow()
  const [minutes, setMinutes] = useState(30)
  const told =
    alert.alerts.find(({ state }) => state === 'RINGING') ?? alert.alerts.find(({ state }) => state === 'SNOOZED')
  const state = told?.state
  const answered = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the telling goes on, whatever it goes on to
  useEffect(() => {
    if (answered.current && document.activeElement === document.body) card.current?.focus({ preventScroll: true })
    answered.current = false
  }, [state, card])
  const answer = (how: 'acknowledge' | { snoozeMinutes: number }) => {
    answered.current = true
    act.mutate(how)
  }
  if (!told) return null
  const snoozed = told.state === 'SNOOZED'
  const next = nextStep(told, now)
  const calls = told.attempts.some(({ channel, state: stands }) => channel === 'call' && TO_COME.has(stands))
  return (
    <div className="rounded-control border border-velvet p-4">
      <p className="flex items-center gap-2.5 font-semibold text-velvet">
        <BellRing aria-hidden="true" className="size-5 shrink-0" />
        {told.kind === 'SEATS_BACK' ? 'There are seats again.' : 'Booking is open.'}{' '}
        {!snoozed
          ? next
            ? `Next: ${CHANNEL_NOUNS[next.channel].toLowerCase()} ${midSentence(formatMoment(next.at, alert.city.timeZone))}.`
            : 'We are telling you now.'
          : told.snoozedUntil
            ? `We tell you again ${midSentence(formatMoment(told.snoozedUntil, alert.city.timeZone))}.`
            : 'We tell you again later.'}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-3 max-sm:flex-col max-sm:items-stretch">
        <BookLink name={told.sourceName} url={told.firstShowing.url} movieSlug={alert.film.movieSlug} primary />
        <Button size="lg" busy={act.isPending} onClick={() => answer('acknowledge')}>
          {snoozed ? 'No need, I have seen it' : calls ? 'Stop calling, I have seen it' : 'I have seen it'}
        </Button>
      </div>
      {!snoozed && (
        <div className="mt-3 flex flex-wrap items-center gap-2.5">
          <label htmlFor={`${alert.id}-snooze`} className="flex items-center gap-2.5 text-14">
            Or again in
            <Select
              id={`${alert.id}-snooze`}
              value={minutes}
              onChange={(event) => setMinutes(Number(event.target.value))}
              className="min-h-11! w-auto! px-2.5!"
            >
              {SNOOZES.map((snooze) => (
                <option key={snooze.minutes} value={snooze.minutes}>
                  {snooze.label}
                </option>
              ))}
            </Select>
          </label>
          <Button
            size="sm"
            className="min-h-11"
            disabled={act.isPending}
            onClick={() => answer({ snoozeMinutes: minutes })}
          >
            Snooze
          </Button>
        </div>
      )}
      <p role="alert" className="mt-2 text-14 text-danger empty:hidden">
        {act.error?.message}
      </p>
    </div>
  )
}
