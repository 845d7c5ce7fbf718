import type { AlertEvidence, EvidenceView } from '@marquee/contracts/alerts'
import { ChevronDown } from 'lucide-react'
import { Badge } from '../../../components/ui/badge.tsx'
import { formatDate, formatMoment, formatTimeWithZone, localDate, midSentence, plural } from '../../../lib/format.ts'
import { useNow } from '../../../lib/now.ts'
import { evidenceWords, onlyListened, reachedNobody } from '../alert-standing.ts'
import { ruleWords } from '../evidence-words.ts'
import { AttemptList } from './attempt-list.tsx'
import { BookLink } from './book-link.tsx'

const TONES = {
  RINGING: 'velvet',
  ACKNOWLEDGED: 'ok',
  SNOOZED: 'marquee',
  OPTED_OUT: 'neutral',
  EXHAUSTED: 'neutral',
  SUPPRESSED: 'neutral',
} as const
const BY: Record<string, string> = { call: ', on the phone', link: ', by your link', in_app: ', on this site' }
/** More of the same convinces nobody more. */
const PROOFS = 3
const STRENGTHS: Record<EvidenceView['strength'], string> = {
  strong: 'counts by itself',
  weak: 'counts with another',
  veto: 'would have forbidden it',
}

/** One opening that was told: what opened, who was told how, and, for whoever asks, why we were sure. */
export function EvidenceCard({
  told,
  timeZone,
  movieSlug,
}: {
  told: AlertEvidence
  timeZone: string
  movieSlug: string | null
}) {
  const { firstShowing: show } = told
  const now = useNow()
  const facts = [show.format, show.language].filter(Boolean).join(', ')
  return (
    <div className="rounded-control border border-line bg-ground p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="font-semibold">{told.kind === 'SEATS_BACK' ? 'Seats came back' : 'Booking opened'}</b>
        {/* While it goes on, the banner above says so. */}
        {told.state !== 'RINGING' && <Badge tone={TONES[told.state]}>{evidenceWords(told)}</Badge>}
      </p>
      <p className="mt-1">
        {show.theatre}: {midSentence(formatMoment(show.startsAt, show.zone)).replace(/, [\d:]+$/, '')},{' '}
        {formatTimeWithZone(show.startsAt, show.zone)}
        {facts && ` · ${facts}`}
      </p>
      {Date.parse(show.startsAt) > now && told.state !== 'SUPPRESSED' && told.state !== 'RINGING' && (
        <div className="mt-3">
          <BookLink name={told.sourceName} url={show.url} movieSlug={movieSlug} />
        </div>
      )}
      {told.attempts.length > 0 && (
        <div className="mt-4">
          <h4 className="mb-2 font-medium font-sans text-14 text-muted tracking-normal">
            {reachedNobody(told) ? 'What we tried' : 'How you were told'}
          </h4>
          <AttemptList attempts={told.attempts} timeZone={timeZone} />
        </div>
      )}
      <Closing told={told} timeZone={timeZone} />
      <details className="group mt-4 border-line border-t pt-1">
        <summary className="flex min-h-11 list-none items-center gap-2 text-14 text-marquee-text [&::-webkit-details-marker]:hidden">
          <ChevronDown
            aria-hidden="true"
            className="size-4 shrink-0 transition-transform duration-150 group-open:rotate-180"
          />
          Why we were sure
        </summary>
        <p className="text-14 text-muted">
          Seen at {told.sourceName} {seen(told.detectedAt, timeZone)}
          {/* Our own programme is believed at once: nobody looks twice. */}
          {told.confirmedAt !== told.detectedAt && `, confirmed by a second look ${seen(told.confirmedAt, timeZone)}`}.
        </p>
        <ul className="mt-3 flex flex-col gap-4">
          {told.evidence.slice(0, PROOFS).map((proof) => (
            <li key={proof.where + proof.rule} className="min-w-0">
              <p className="text-14">
                <b className="font-medium">{ruleWords(proof.rule)}</b>{' '}
                <span className="text-12 text-muted">{STRENGTHS[proof.strength]}</span>
              </p>
              <p className="wrap-anywhere text-12 text-muted">
                <code>{proof.rule}</code> at <code>{proof.where}</code>
              </p>
              <pre className="mt-1.5 whitespace-pre-wrap wrap-anywhere rounded-control border border-line bg-raised px-3 py-2 font-mono text-12">
                {proof.excerpt}
              </pre>
              <p className="mt-1 wrap-anywhere text-12 text-muted">
                Fingerprint <code>{proof.hash.slice(0, 16)}</code>
              </p>
            </li>
          ))}
        </ul>
        {told.evidence.length > PROOFS && (
          <p className="mt-3 text-14 text-muted">
            And {plural(told.evidence.length - PROOFS, 'more proof', 'more proofs')} of the same kind.
          </p>
        )}
      </details>
    </div>
  )
}

function Closing({ told, timeZone }: { told: AlertEvidence; timeZone: string }) {
  if (told.acknowledgedAt) {
    return (
      <p className="mt-3 text-14 text-muted">
        {onlyListened(told) ? 'You heard the call to its end' : 'You said that you have seen it'}{' '}
        {midSentence(formatMoment(told.acknowledgedAt, timeZone))}
        {!onlyListened(told) && told.acknowledgedBy && BY[told.acknowledgedBy]}: everything stopped.
      </p>
    )
  }
  if (told.state === 'SNOOZED' && told.snoozedUntil)
    return <p className="mt-3 text-14 text-muted">Again {midSentence(formatMoment(told.snoozedUntil, timeZone))}.</p>
  return null
}

/** Not "today" where it is today: a proof is read later too. */
function seen(instant: string, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-IN', { timeZone, timeStyle: 'medium', hourCycle: 'h23' }).format(
    new Date(instant),
  )
  return `on ${formatDate(localDate(instant, timeZone), localDate(new Date(), timeZone))} at ${time}`
}
