import type { CapturedChannel } from '@marquee/contracts/outbox'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../../components/ui/empty-state.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { LinkButton } from '../../../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { paths } from '../../../lib/paths.ts'
import { outboxQuery } from '../queries.ts'
import { MessageList } from './message-list.tsx'
import { MessageView } from './message-view.tsx'
import { TextView } from './text-view.tsx'

const WORDS = {
  email: 'Book a ticket and its mail appears here within seconds, with the PDF.',
  sms: 'Sign in with a number, or wait for a film with “Text me”, and the text appears here.',
} as const

/** Mails and texts, newest first, and the one that is chosen. */
export function MessagesPanel({ recipient, channel }: { recipient: string | undefined; channel?: 'email' | 'sms' }) {
  const outbox = useQuery(outboxQuery(recipient, channel satisfies CapturedChannel | undefined))
  const [chosen, setChosen] = useState<string | null>(null)
  const messages = outbox.data?.items ?? []
  const open = messages.find((message) => message.id === chosen) ?? messages[0]

  return (
    <>
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
            ) : channel === 'sms' ? (
              <LinkButton to={paths.alertMe()}>Set an alert</LinkButton>
            ) : (
              <LinkButton to={paths.home()}>Book something</LinkButton>
            )
          }
        >
          {WORDS[channel ?? 'email']}
        </EmptyState>
      )}
      {open && (
        <div className="grid gap-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <MessageList messages={messages} openId={open.id} onChoose={setChosen} />
          {open.channel === 'sms' ? (
            // Whoever writes back stays with what is answered: the next text would take its place.
            <TextView key={open.id} message={open} onReply={() => setChosen(open.id)} />
          ) : (
            <MessageView key={open.id} message={open} />
          )}
        </div>
      )}
    </>
  )
}
