import type { AlertChannel } from '@marquee/contracts/alerts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { unsubscribe, whatToStop } from '../features/alerts/api.ts'
import { isApiError } from '../lib/api-error.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

const STOP: Record<AlertChannel, { ask: string; what: string; button: string }> = {
  email: { ask: 'No more mails?', what: 'mails', button: 'Stop the mails' },
  sms: { ask: 'No more texts?', what: 'texts', button: 'Stop the texts' },
  call: { ask: 'No more calls?', what: 'calls', button: 'Stop the calls' },
  in_app: { ask: 'Nothing more on this site?', what: 'notes on this site', button: 'Stop them' },
  push: { ask: 'No more notifications?', what: 'notifications', button: 'Stop them' },
}
const STOPPED: Record<AlertChannel, string> = {
  email: 'No more mails go to',
  sms: 'No more texts go to',
  call: 'Nobody calls any more at',
  in_app: 'Nothing is shown on this site any more to',
  push: 'No browser is notified any more of',
}

/** One press, because a link that is only opened, by a person or by a mail scanner, must change nothing. */
export function UnsubscribePage() {
  const [params] = useSearchParams()
  const token = params.get('t') ?? ''
  const stop = useMutation({ mutationFn: () => unsubscribe(token) })
  usePageTitle('Stop these messages')
  const link = useQuery({
    queryKey: ['unsubscribe', token],
    queryFn: ({ signal }) => whatToStop(token, signal),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const bad =
    token === '' || [link.error, stop.error].some((error) => isApiError(error, 'UNAUTHENTICATED', 'VALIDATION'))
  // Where the words could not be had, the button works all the same.
  const words = link.data ? STOP[link.data.channel] : null

  return (
    <div className="wrap max-w-2xl! pt-8 pb-16 sm:pt-14">
      <h1 className="text-34 sm:text-48">
        {stop.data ? 'Done.' : bad ? 'This link has ended' : (words?.ask ?? 'Stop these messages?')}
      </h1>
      <div role="status" className="mt-4 flex flex-col items-start gap-6">
        {stop.data ? (
          <>
            <p className="max-w-[56ch]">
              {STOPPED[stop.data.channel]} <b className="wrap-anywhere font-semibold">{stop.data.sentTo}</b>. Alerts
              that tell you in another way go on; the others are paused, and nothing was deleted.
            </p>
            <p className="max-w-[56ch] text-muted">
              You want them back? Set an alert again and prove the address or number with a code: that takes this back.
            </p>
          </>
        ) : bad ? (
          <p className="max-w-[56ch]">
            It changes nothing any more. The newest message from us has one that works, and under My alerts every one of
            them can be paused or deleted.
          </p>
        ) : (
          <p className="max-w-[56ch]">
            One press, and Marquee sends no more {words?.what ?? 'messages of this kind'} about alerts to{' '}
            {link.data ? (
              <b className="wrap-anywhere font-semibold">{link.data.sentTo}</b>
            ) : (
              'the address or number that got this link'
            )}
            . Other ways you chose are not touched.
          </p>
        )}
        {!stop.data && !bad && (
          <Button
            variant="primary"
            size="lg"
            busy={stop.isPending}
            disabled={link.isLoading}
            onClick={() => stop.mutate()}
          >
            {words?.button ?? 'Stop them'}
          </Button>
        )}
        {stop.error && !bad && (
          <p role="alert" className="text-danger">
            {stop.error.message}
          </p>
        )}
        {(stop.data || bad) && <LinkButton to={paths.alerts()}>My alerts</LinkButton>}
      </div>
    </div>
  )
}
