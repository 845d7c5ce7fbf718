import type { AlertCreated, AlertView } from '@marquee/contracts/alerts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { LinkButton } from '../../../components/ui/link-button.tsx'
import { Poster } from '../../../components/ui/poster.tsx'
import { paths } from '../../../lib/paths.ts'
import { useSession } from '../../../lib/session.ts'
import { useAlertToken } from '../alert-token.ts'
import { reachWords } from '../alert-words.ts'
import { alertsQuery } from '../queries.ts'
import { BookLink } from './book-link.tsx'
import { TestMessage } from './test-message.tsx'
import { WatchList } from './watch-list.tsx'

interface AlertSetProps {
  result: AlertCreated & { renewed: boolean }
  signedIn: boolean
}

/** What is watched, where, how often, and who is told how. What is on sale already is another answer, and promises no call. */
export function AlertSet({ result, signedIn }: AlertSetProps) {
  const { token } = useAlertToken()
  const me = useSession((state) => state.user?.id)
  // The first looks happen while they read this: what came of them shows here too.
  const mine = useQuery(alertsQuery(token ?? me ?? null))
  const alert = mine.data?.find(({ id }) => id === result.alert.id) ?? result.alert
  const { renewed } = result
  const heading = useRef<HTMLHeadingElement>(null)
  // What was pressed is gone: focus and the reader go on with the answer.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  const open = alert.state === 'ALREADY_OPEN'
  return (
    <section
      aria-labelledby="set"
      className="grid max-w-4xl grid-cols-[5.5rem_minmax(0,1fr)] gap-x-5 gap-y-6 sm:grid-cols-[11rem_minmax(0,1fr)] sm:gap-x-10"
    >
      <div className="sm:row-span-2">
        <Poster
          title={alert.film.title}
          poster={alert.film.poster}
          colour={alert.film.posterColour}
          sizes="(width >= 40rem) 176px, 88px"
        />
      </div>
      <div className="min-w-0 max-sm:self-center">
        <p className="font-semibold text-14 text-marquee-text">
          {alert.film.title}, {alert.city.name}
        </p>
        <h1 id="set" ref={heading} tabIndex={-1} className="mt-1 text-34 outline-none sm:text-48">
          {open ? 'It is on sale already.' : renewed ? 'Changed, and still watching.' : 'We are watching.'}
        </h1>
      </div>
      <div className="flex min-w-0 flex-col gap-7 max-sm:col-span-2">
        {open ? <OnSale alert={alert} /> : <Watched alert={alert} />}
        <div className="flex flex-wrap gap-3">
          <LinkButton to={paths.alerts()} variant={open ? 'secondary' : 'primary'}>
            My alerts
          </LinkButton>
          <LinkButton to={paths.alertMe({ city: alert.city.slug })} variant="quiet">
            Another film
          </LinkButton>
        </div>
        {!signedIn && <p className="max-w-[60ch] text-14 text-muted">{linkWords(alert)}</p>}
      </div>
    </section>
  )
}

/** Where a guest finds the way back. */
function linkWords({ channels }: AlertView): string {
  // The text that says that booking is open has room for one link, and that one books.
  const where = channels.includes('email')
    ? 'in every mail we send you'
    : channels.includes('sms')
      ? 'in the text that says the alert is set'
      : null
  return where
    ? `You need no account: the link to your alerts is ${where}. Here it holds as long as this tab is open.`
    : 'You need no account. In this tab your alerts stay open; later, set the same alert once more with your number, and you are back at them.'
}

function OnSale({ alert }: { alert: AlertView }) {
  return (
    <>
      <p className="max-w-[60ch]">
        No need to wait: seats for what you asked for can be booked now, so nobody calls you about it.
      </p>
      <div className="flex flex-wrap gap-3">
        {alert.onSaleAt.map(({ name, url }, index) => (
          <BookLink key={name} name={name} url={url} movieSlug={alert.film.movieSlug} primary={index === 0} />
        ))}
      </div>
      <p className="max-w-[60ch] text-14 text-muted">
        Not your day or your cinema? Under My alerts, say which showings you mean, or press “Watch again”: then you hear
        of the next ones that open.
      </p>
    </>
  )
}

function Watched({ alert }: { alert: AlertView }) {
  return (
    <>
      <p className="max-w-[60ch] text-[1.0625rem]">{alert.promise}</p>
      <div className="rounded-card border border-line bg-raised p-5">
        <WatchList alert={alert} />
      </div>
      <div className="flex flex-col gap-3">
        <p className="max-w-[60ch]">{reachWords(alert)}</p>
        {alert.channels.includes('call') && <TestMessage alert={alert} only="call" />}
      </div>
    </>
  )
}
