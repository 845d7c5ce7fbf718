import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading } from '../components/ui/skeleton.tsx'
import { keepAlertToken, useAlertToken } from '../features/alerts/alert-token.ts'
import { AlertCard } from '../features/alerts/components/alert-card.tsx'
import { CardSkeleton } from '../features/alerts/components/card-skeleton.tsx'
import { DeleteAll } from '../features/alerts/components/delete-all.tsx'
import { StateNews } from '../features/alerts/components/state-news.tsx'
import { alertsQuery } from '../features/alerts/queries.ts'
import { useRingingFirst } from '../features/alerts/ringing-first.ts'
import { useFocusAfterRemoval } from '../features/alerts/use-focus-after-removal.ts'
import { isApiError } from '../lib/api-error.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

/** What is watched for whoever looks: of the account, or of the guest whose signed link brought them. */
export function AlertsPage() {
  const [params, setParams] = useSearchParams()
  const fromLink = params.get('t')
  const { token, left } = useAlertToken()
  const { status, user } = useSession()
  const who = status === 'restoring' ? null : (token ?? user?.id ?? null)
  const alerts = useQuery(alertsQuery(fromLink ? null : who))
  const inOrder = useRingingFirst(alerts.data)
  const heading = useRef<HTMLHeadingElement>(null)
  const list = useRef<HTMLUListElement>(null)
  useFocusAfterRemoval(
    inOrder?.map(({ id }) => id),
    list,
    heading,
  )
  usePageTitle('My alerts')
  // Out of the address before anything is painted: what stands there is copied, photographed and kept in histories.
  useLayoutEffect(() => {
    if (!fromLink) return
    keepAlertToken(fromLink)
    setParams(
      (before) => {
        before.delete('t')
        return before
      },
      { replace: true },
    )
  }, [fromLink, setParams])
  const ended = isApiError(alerts.error, 'UNAUTHENTICATED')
  // Whoever is signed in needs no link: a bad one must not stand in the way.
  useEffect(() => {
    if (ended && token && user) keepAlertToken(null)
  }, [ended, token, user])

  return (
    <div className="wrap max-w-4xl! pt-6 pb-16 sm:pt-10">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 ref={heading} tabIndex={-1} className="text-34 outline-none sm:text-48">
          My alerts
        </h1>
        {alerts.data && alerts.data.length > 0 && (
          <LinkButton to={paths.alertMe()} variant="primary">
            New alert
          </LinkButton>
        )}
      </div>
      <div className="mt-6 sm:mt-8">
        {ended ? (
          <LinkEnded />
        ) : alerts.error && !alerts.data ? (
          <ErrorState
            error={alerts.error}
            title="Your alerts did not load"
            onRetry={() => void alerts.refetch()}
            retrying={alerts.isFetching}
          >
            <p className="text-muted">We go on watching all the same; only this page could not read them.</p>
          </ErrorState>
        ) : status !== 'restoring' && !who && !fromLink ? (
          left ? (
            <Left />
          ) : (
            <Nobody />
          )
        ) : !alerts.data ? (
          <Loading label="Loading your alerts" className="flex flex-col gap-5">
            <CardSkeleton />
            <CardSkeleton />
          </Loading>
        ) : alerts.data.length === 0 ? (
          <EmptyState
            title="You wait for nothing yet"
            action={
              <LinkButton to={paths.alertMe()} variant="primary">
                Set an alert
              </LinkButton>
            }
          >
            Choose a film that is not on sale yet. We watch for it, and call you the moment it is.
          </EmptyState>
        ) : (
          <ul ref={list} className="flex flex-col gap-5">
            {inOrder?.map((alert) => (
              <li key={alert.id}>
                <AlertCard alert={alert} signedIn={user !== null} />
              </li>
            ))}
          </ul>
        )}
        {!ended && alerts.data && alerts.data.length > 0 && <DeleteAll />}
      </div>
      <StateNews alerts={alerts.data} />
    </div>
  )
}

function Left() {
  return (
    <EmptyState
      title="Deleted, and forgotten"
      action={
        <LinkButton to={paths.alertMe()} variant="primary">
          Set another alert
        </LinkButton>
      }
    >
      You wait for nothing any more. The number and the address went with your last alert, and so did the links to it.
    </EmptyState>
  )
}

function Nobody() {
  return (
    <EmptyState
      title="Whose alerts?"
      action={
        <>
          <LinkButton to={paths.signIn(paths.alerts())} variant="primary">
            Sign in
          </LinkButton>
          <LinkButton to={paths.alertMe()}>Set an alert</LinkButton>
        </>
      }
    >
      Made with an account, they are here once you sign in. Made without one, they open with the link that is in every
      mail about them, and in the text that said that the alert is set.
    </EmptyState>
  )
}

function LinkEnded() {
  return (
    <EmptyState
      title="This link has ended"
      action={
        <>
          <LinkButton to={paths.alertMe()} variant="primary">
            Prove my number again
          </LinkButton>
          <LinkButton to={paths.signIn(paths.alerts())}>Sign in</LinkButton>
        </>
      }
    >
      <p>
        Links to alerts end after half a year, and when they are told to. The newest mail from us about them has one
        that works. Or set the alert once more with the same number: nothing is doubled, and you are back here.
      </p>
    </EmptyState>
  )
}
