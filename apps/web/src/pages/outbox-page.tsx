import { useQuery } from '@tanstack/react-query'
import { PhoneCall } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkTabs } from '../components/ui/link-tabs.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { isActive, spacedNumber } from '../features/outbox/call-words.ts'
import { CallsPanel } from '../features/outbox/components/calls-panel.tsx'
import { MessagesPanel } from '../features/outbox/components/messages-panel.tsx'
import { callsQuery, outboxQuery } from '../features/outbox/queries.ts'
import { isApiError } from '../lib/api-error.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { NotFoundPage } from './not-found-page.tsx'

const TABS = [
  { show: undefined, label: 'Messages' },
  { show: 'mails', label: 'Mails' },
  { show: 'texts', label: 'Texts' },
  { show: 'calls', label: 'Phone' },
] as const
const CHANNELS = { mails: 'email', texts: 'sms' } as const

/** What Marquee would have sent, and the phones it rings. Only development copies have it. */
export function OutboxPage() {
  const [params] = useSearchParams()
  const recipient = params.get('recipient') ?? undefined
  const tab = TABS.find(({ show }) => show === (params.get('show') ?? undefined)) ?? TABS[0]
  const channel = tab.show && tab.show !== 'calls' ? CHANNELS[tab.show] : undefined
  const outbox = useQuery({ ...outboxQuery(recipient, channel), enabled: tab.show !== 'calls' })
  const calls = useQuery(callsQuery(recipient?.startsWith('+') ? recipient : undefined))
  const active = calls.data?.items.filter(isActive) ?? []
  const ringing = active.find(({ state }) => state === 'ringing')
  usePageTitle(ringing ? 'Ringing' : 'Outbox')

  const noMessages = isApiError(outbox.error, 'NOT_FOUND')
  const noCalls = isApiError(calls.error, 'NOT_FOUND')
  if (noCalls && (noMessages || tab.show === 'calls')) return <NotFoundPage what="outbox" />
  return (
    <div className="wrap pt-4 sm:pt-8">
      <h1 className="text-34 sm:text-48">Outbox</h1>
      <p className={`mt-2 max-w-[60ch] text-muted ${tab.show === 'calls' ? 'max-sm:sr-only' : ''}`}>
        This is a development copy: nothing leaves it. Here is every mail, text and call it would have sent.
        {recipient && (
          <>
            {' '}
            Only for <b className="break-all font-medium text-text">{recipient}</b>.
          </>
        )}
      </p>
      <LinkTabs
        label="What was sent"
        className="mt-3 mb-6"
        tabs={TABS.filter(({ show }) => show !== 'calls' || !noCalls).map(({ show, label }) => ({
          to: paths.outbox({ ...(show ? { show } : {}), ...(recipient ? { recipient } : {}) }),
          label: show === 'calls' && active.length > 0 ? `${label} (${active.length})` : label,
          current: show === tab.show,
        }))}
      />
      {tab.show !== 'calls' && ringing && (
        <Link
          to={paths.outbox({ show: 'calls', ...(recipient ? { recipient } : {}) })}
          className="mb-6 flex min-h-14 items-center gap-3 rounded-card border border-ok px-5 py-3 hover:bg-raised"
        >
          <PhoneCall aria-hidden="true" className="size-5 shrink-0 text-ok" />
          <span role="alert" className="min-w-0 flex-1">
            The phone of <b className="font-semibold">{spacedNumber(ringing.to)}</b> rings.
          </span>
          <span className="font-semibold text-marquee-text">Pick it up</span>
        </Link>
      )}
      {tab.show === 'calls' ? (
        calls.data ? (
          <CallsPanel calls={calls.data.items} />
        ) : calls.error ? (
          <ErrorState
            error={calls.error}
            title="The phone did not load"
            onRetry={() => void calls.refetch()}
            retrying={calls.isFetching}
          />
        ) : (
          <Loading label="Loading the phone" className="grid gap-8 lg:grid-cols-[22rem_21rem]">
            <Skeleton className="h-96 rounded-card" />
            <Skeleton className="h-[36rem] rounded-[2.25rem]" />
          </Loading>
        )
      ) : noMessages ? (
        <EmptyState title="Messages leave this copy">
          It is set up with a mail server of its own: what was sent is in the mail boxes there.
        </EmptyState>
      ) : (
        <MessagesPanel key={tab.show ?? 'all'} recipient={recipient} {...(channel ? { channel } : {})} />
      )}
    </div>
  )
}
