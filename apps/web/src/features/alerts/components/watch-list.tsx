import type { AlertView, WatchView } from '@marquee/contracts/alerts'
import { clsx } from 'clsx'
import { EyeOff } from 'lucide-react'
import { formatMoment, midSentence } from '../../../lib/format.ts'
import { ago, ahead, every } from '../../../lib/relative-time.ts'
import { useClock } from '../../../lib/use-clock.ts'
import { showingsWords, verdictWords } from '../alert-words.ts'

/** Per source: what it says, when it was looked at, when it will be, and since when it cannot be seen. */
export function WatchList({ alert }: { alert: AlertView }) {
  const { watches, onSaleAt } = alert
  const { timeZone } = alert.city
  // It is open, and they still wait: for other days, cinemas or formats than those.
  const narrowed = alert.state === 'ACTIVE' && showingsWords(alert, '') !== null
  // After “Watch again”: what is open still is no news to them.
  const told = alert.state === 'ACTIVE' && alert.alerts.some(({ state }) => state !== 'SUPPRESSED')
  const isOpen = (watch: WatchView) =>
    watch.verdict === 'OPEN' || onSaleAt.some(({ name }) => name === watch.sourceName)
  const now = useClock()
  if (watches.length === 0) {
    return (
      <p className="text-14 text-muted">
        No site lists this film here just now. We go on reading the lists, and look closely as soon as one has it.
      </p>
    )
  }
  return (
    <ul className="flex flex-col">
      {watches.map((watch) => (
        <li key={watch.id} className="border-line py-3 first:pt-0 last:pb-0 not-last:border-b">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <b className="font-semibold">{watch.sourceName}</b>
            <span className={clsx('text-14', tone(watch, isOpen(watch)))}>
              {(narrowed || told) && isOpen(watch) && !watch.paused
                ? narrowed
                  ? 'Open, not yet for what you asked'
                  : 'Open, as you were told'
                : verdictWords(watch, isOpen(watch), timeZone)}
            </span>
          </p>
          <p className="mt-0.5 text-14 text-muted">{looks(watch, now, timeZone)}</p>
          {watch.blindSince && (
            <p className="mt-1.5 flex items-start gap-2 text-14 text-danger">
              <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <span>
                Blind since {midSentence(formatMoment(watch.blindSince, timeZone))}
                {watch.blindWhy && `: ${watch.blindWhy}`}.{' '}
                {watch.lastOkAt
                  ? `Last good answer ${ago(watch.lastOkAt, now, timeZone)}.`
                  : 'There was no good answer yet.'}
              </span>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function tone({ verdict, paused, blindSince }: WatchView, open: boolean): string {
  if (paused || blindSince) return 'text-muted'
  if (open) return 'font-medium text-ok'
  return verdict === 'ANNOUNCED' ? 'font-medium text-marquee-text' : 'text-text'
}

function looks(watch: WatchView, now: number, timeZone: string): string {
  if (watch.how === 'told') return 'Our own listings tell us at once.'
  const next = watch.nextLookAt && !watch.paused ? watch.nextLookAt : null
  // A site that gives no answer is left alone for longer.
  const often = next && watch.intervalSeconds && !watch.blindSince ? every(watch.intervalSeconds) : null
  // That it was not looked at yet stands beside its name already.
  if (!watch.lastLookAt)
    return next
      ? `First look ${ahead(next, now, timeZone)}${often ? `, then every ${often}` : ''}.`
      : 'Not looked at yet.'
  const parts = [
    `Looked ${ago(watch.lastLookAt, now, timeZone)}`,
    next && `next look ${ahead(next, now, timeZone)}`,
    often && `every ${often}`,
    watch.lastOkAt && watch.lastOkAt !== watch.lastLookAt && !watch.blindSince
      ? `last good answer ${ago(watch.lastOkAt, now, timeZone)}`
      : null,
  ]
  return `${parts.filter(Boolean).join(' · ')}.`
}
