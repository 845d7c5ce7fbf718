import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatMoment, midSentence } from '../../../lib/format.ts'
import { endOneSession, listSessions, signOutEverywhere } from '../api.ts'

/** Where the account is open. One can be ended, or all of them. */
export function SessionList() {
  const sessions = useQuery({ queryKey: ['account', 'sessions'], queryFn: listSessions, staleTime: 0 })
  const end = useMutation({ mutationFn: endOneSession, onSettled: () => sessions.refetch() })

  if (sessions.error && !sessions.data) {
    return (
      <ErrorState
        error={sessions.error}
        title="Your devices did not load"
        onRetry={() => void sessions.refetch()}
        retrying={sessions.isFetching}
        className="py-6"
      />
    )
  }
  if (!sessions.data) {
    return (
      <Loading label="Loading your devices" className="flex flex-col gap-3">
        <Skeleton className="h-14 w-full" />
        <Skeleton className="h-14 w-full" />
      </Loading>
    )
  }
  return (
    <>
      <ul className="max-h-96 overflow-y-auto rounded-card border border-line">
        {sessions.data.items.map((session) => (
          <li key={session.id} className="flex items-center gap-4 border-line px-4 py-3 not-last:border-b">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-3 font-medium">
                {session.device}
                {session.current && <Badge tone="ok">This device</Badge>}
              </p>
              <p className="text-14 text-muted">
                Last used {midSentence(formatMoment(session.lastUsedAt))}; signed in{' '}
                {midSentence(formatMoment(session.startedAt))}
              </p>
            </div>
            {!session.current && (
              <Button
                size="sm"
                className="min-h-11 shrink-0"
                aria-label={`Sign out ${session.device}, last used ${formatMoment(session.lastUsedAt)}`}
                busy={end.isPending && end.variables === session.id}
                disabled={end.isPending}
                onClick={() => end.mutate(session.id)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p role="alert" className="mt-2 text-14 text-danger empty:hidden">
        {end.error?.message}
      </p>
      <SignOutEverywhere />
    </>
  )
}

function SignOutEverywhere() {
  const [open, setOpen] = useState(false)
  // Afterwards nobody is signed in, so that this page gives way to the sign-in page by itself.
  const leave = useMutation({ mutationFn: signOutEverywhere })
  return (
    <>
      <Button className="mt-4" onClick={() => setOpen(true)}>
        Sign out everywhere
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Sign out everywhere?"
        description="Every device is signed out at once, this one too. Your bookings and tickets stay as they are."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Stay signed in</Button>
            <Button variant="danger" busy={leave.isPending} onClick={() => leave.mutate()}>
              Sign out everywhere
            </Button>
          </>
        }
      >
        <p role="alert" className="text-14 text-danger empty:hidden">
          {leave.error?.message}
        </p>
      </Dialog>
    </>
  )
}
