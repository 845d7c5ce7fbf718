import type { AlertView } from '@marquee/contracts/alerts'
import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Link } from 'react-router'
import { Badge } from '../../../components/ui/badge.tsx'
import { Poster } from '../../../components/ui/poster.tsx'
import { localDate } from '../../../lib/format.ts'
import { useNow } from '../../../lib/now.ts'
import { paths } from '../../../lib/paths.ts'
import { isUnreachable, standing, wasMissed } from '../alert-standing.ts'
import { expectedWords, forecastWords, heldWords, optedOutWords, showingsWords, unbroken } from '../alert-words.ts'
import { isRinging } from '../queries.ts'
import { AlertActions } from './alert-actions.tsx'
import { AlertEdit } from './alert-edit.tsx'
import { AlertFacts } from './alert-facts.tsx'
import { BookLink } from './book-link.tsx'
import { Disclosure } from './disclosure.tsx'
import { EvidenceCard } from './evidence-card.tsx'
import { RingingBanner } from './ringing-banner.tsx'
import { TestMessage } from './test-message.tsx'
import { WatchList } from './watch-list.tsx'

/** The promise, and how it is being kept. */
export function AlertCard({ alert, signedIn }: { alert: AlertView; signedIn: boolean }) {
  const id = useId()
  const [editing, setEditing] = useState(false)
  const card = useRef<HTMLElement>(null)
  const actions = useRef<HTMLDivElement>(null)
  const wasEditing = useRef(false)
  // The form that had the focus is gone: it goes back to the buttons it came from.
  useEffect(() => {
    if (wasEditing.current && !editing) actions.current?.focus()
    wasEditing.current = editing
  }, [editing])
  const { film, city } = alert
  const ringing = isRinging(alert)
  const { words, tone } = standing(alert, ringing)
  const today = localDate(new Date(useNow()), city.timeZone)
  const showings = showingsWords(alert, today)
  const missed = wasMissed(alert)
  const watching = alert.state === 'ACTIVE'
  // When it may open is no question where it has.
  const opened = alert.held || (!showings && alert.watches.some(({ verdict }) => verdict === 'OPEN'))
  const again = paths.alertMe({ film: film.movieSlug ?? film.key, city: city.slug })
  return (
    <article
      ref={card}
      aria-labelledby={id}
      tabIndex={-1}
      className="outline-offset-4 rounded-card border border-line bg-raised p-4 sm:p-6"
    >
      <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 gap-y-5 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-x-7">
        <div className="sm:row-span-2">
          <Poster
            title={film.title}
            poster={film.poster}
            colour={film.posterColour}
            sizes="(width >= 40rem) 128px, 72px"
          />
        </div>
        <header className="min-w-0">
          <Badge tone={tone}>{words}</Badge>
          <h2 id={id} className="mt-1.5 wrap-anywhere text-20 sm:text-26">
            {film.movieSlug ? (
              <Link to={paths.film(film.movieSlug)} className="underline-offset-4 hover:underline">
                {film.title}
              </Link>
            ) : (
              film.title
            )}
          </h2>
          <p className="mt-0.5 text-14 text-muted">
            {city.name}
            {showings && ` · ${showings}`}
          </p>
        </header>
        <div className="flex min-w-0 flex-col gap-5 max-sm:col-span-2">
          <RingingBanner alert={alert} card={card} />
          {alert.held && <Note tone="marquee">{heldWords(alert)}</Note>}
          {!ringing && (
            <p>
              {missed
                ? `Booking opened for ${film.title} in ${city.name}, and nothing that we sent reached you: below is why. “Watch again” waits for the next opening.`
                : alert.promise}
            </p>
          )}
          {alert.phoneSuspect && (
            <Note tone="danger">
              The carrier could not reach {alert.phone && unbroken(alert.phone)}, so it is not called.{' '}
              <NoteLink to={again}>Prove the number again</NoteLink>
            </Note>
          )}
          {alert.optedOut.length > 0 && alert.state !== 'ENDED' && (
            <Note tone={isUnreachable(alert) ? 'danger' : 'control'}>
              {optedOutWords(alert)} To have them back, <NoteLink to={again}>set the alert up again</NoteLink> with a
              new code.
            </Note>
          )}
          {alert.state === 'ALREADY_OPEN' && alert.onSaleAt.length > 0 && (
            <div className="flex flex-wrap gap-3">
              {alert.onSaleAt.map(({ name, url }, index) => (
                <BookLink key={name} name={name} url={url} movieSlug={film.movieSlug} primary={index === 0} />
              ))}
            </div>
          )}
          {editing ? (
            <AlertEdit alert={alert} signedIn={signedIn} onDone={() => setEditing(false)} />
          ) : (
            <>
              {alert.state !== 'PAUSED' && (
                <section aria-label="What we see">
                  <h3 className="mb-2 font-medium font-sans text-14 text-muted tracking-normal">What we see</h3>
                  <WatchList alert={alert} />
                </section>
              )}
              {watching && !opened && <Forecasts alert={alert} today={today} />}
              {alert.alerts.length > 0 && (
                <section aria-label="What opened" className="flex flex-col gap-3">
                  <h3 className="font-medium font-sans text-14 text-muted tracking-normal">What opened</h3>
                  {alert.alerts.map((told) => (
                    <EvidenceCard key={told.id} told={told} timeZone={city.timeZone} movieSlug={film.movieSlug} />
                  ))}
                </section>
              )}
              <Disclosure
                title="What you asked for"
                summary="How you are told, quiet hours, what you agreed to, a test"
              >
                <AlertFacts alert={alert} />
                <TestMessage alert={alert} />
              </Disclosure>
              <div ref={actions} tabIndex={-1} className="outline-none">
                <AlertActions alert={alert} onEdit={() => setEditing(true)} />
              </div>
            </>
          )}
        </div>
      </div>
    </article>
  )
}

const NOTE_TONES = { control: 'border-control', marquee: 'border-marquee-text', danger: 'border-danger' } as const

const Note = ({ tone, children }: { tone: keyof typeof NOTE_TONES; children: ReactNode }) => (
  <p className={clsx('rounded-control border px-4 py-3 text-14', NOTE_TONES[tone])}>{children}</p>
)

const NoteLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link to={to} className="font-medium text-marquee-text underline underline-offset-4">
    {children}
  </Link>
)

/** The day first: that is what somebody looks for. */
function Forecasts({ alert, today }: { alert: AlertView; today: string }) {
  if (alert.forecasts.length === 0) return null
  return (
    <section aria-label="When it usually opens">
      <h3 className="mb-2 font-medium font-sans text-14 text-muted tracking-normal">When it usually opens</h3>
      <ul className="flex flex-col gap-2.5 text-14">
        {alert.forecasts.map((forecast) => (
          <li key={forecast.theatre}>
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <b className="font-medium">{forecast.theatre}</b>
              <span>{expectedWords(forecast, today)}</span>
            </p>
            <p className="text-muted">{forecastWords(forecast)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
