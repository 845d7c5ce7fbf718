import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Mail, MessageSquareText, Paperclip, Phone } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { MessageView } from '../features/outbox/components/message-view.tsx'
import { outboxQuery } from '../features/outbox/queries.ts'
import { isApiError } from '../lib/api-error.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { NotFoundPage } from './not-found-page.tsx'

const icons = { email: Mail, sms: MessageSquareText, call: Phone } as const

/** What Marquee would have sent. Only development copies have it. */
export function OutboxPage() {
  const [params] = useSearchParams()
  const recipient = params.get('recipient') ?? undefined
  const outbox = useQuery(outboxQuery(recipient))
  const [chosen, setChosen] = useState<string | null>(null)
  const messages = outbox.data?.items ?? []
  const open = messages.find((message) => message.id === chosen) ?? messages[0]
  usePageTitle('Outbox')

  if (isApiError(outbox.error, 'NOT_FOUND')) return <NotFoundPage what="outbox" />
  return (
    <div className="wrap pt-4 sm:pt-8">
      <h1 className="text-34 sm:text-48">Outbox</h1>
      <p className="mt-2 mb-6 max-w-[60ch] text-muted">
        This is a development copy: nothing leaves it. Here is every mail, text and call it would have sent.
        {recipient && (
          <>
            {' '}
            Only for <b className="break-all font-medium text-text">{recipient}</b>.
          </>
        )}
      </p>
      {outbox.isPending && (
        <Loading label="Loading messages" className="grid gap-8 lg:grid-cols-[22rem_1fr]">
          <Skeleton className="h-96 rounded-card" />
          <Skeleton className="h-96 rounded-card" />
        </Loading>
      )}
      {outbox.isError && !outbox.data && (
        <ErrorState
          error={outbox.error}
          title="The outbox did not load"
          onRetry={() => void outbox.refetch()}
          retrying={outbox.isFetching}
        />
      )}
      {outbox.isSuccess && messages.length === 0 && (
        <EmptyState
          title="Nothing sent yet"
          action={
            recipient ? (
              <LinkButton to={paths.outbox()}>Everybody’s messages</LinkButton>
            ) : (
              <LinkButton to={paths.home()}>Book something</LinkButton>
            )
          }
        >
          Book a ticket and its mail appears here within seconds, with the PDF.
        </EmptyState>
      )}
      {open && (
        <div className="grid gap-8 lg:grid-cols-[22rem_1fr]">
          <ul
            aria-label="Messages"
            className="max-h-[34rem] self-start overflow-y-auto rounded-card border border-line max-lg:max-h-72"
          >
            {messages.map((message) => {
              const Icon = icons[message.channel]
              return (
                <li key={message.id} className="border-line not-last:border-b">
                  <button
                    type="button"
                    aria-current={message.id === open.id ? 'true' : undefined}
                    onClick={() => setChosen(message.id)}
                    className={clsx(
                      'flex w-full gap-3 px-4 py-3 text-left -outline-offset-2 hover:bg-raised',
                      message.id === open.id && 'bg-raised shadow-[inset_3px_0_0_var(--marquee-text)]',
                    )}
                  >
                    <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0 text-muted" />
                    <span className="min-w-0 flex-1">
                      <span className="block truncate font-medium">{message.subject ?? message.text}</span>
                      <span className="block truncate text-14 text-muted">{message.recipient}</span>
                    </span>
                    {message.attachments.length > 0 && (
                      <Paperclip aria-label="With an attachment" className="mt-1 size-4 shrink-0 text-muted" />
                    )}
                  </button>
                </li>
              )
            })}
          </ul>
          <MessageView key={open.id} message={open} />
        </div>
      )}
    </div>
  )
}
