import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { Field, Textarea } from '../components/ui/field.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { VerdictCard } from '../features/tickets/components/verdict-card.tsx'
import { ticketVerdictQuery } from '../features/tickets/queries.ts'
import { usePageTitle } from '../lib/page-title.ts'

const LONGEST_TOKEN = 2000

/** A scanned code opens this page with its token. Looking does not use the ticket up. */
export function VerifyTicketPage() {
  const [params, setParams] = useSearchParams()
  const token = params.get('token')?.trim() ?? ''
  const verdict = useQuery(ticketVerdictQuery(token))
  usePageTitle('Check a ticket')

  return (
    <div className="wrap flex flex-col gap-8 pt-4 sm:pt-10">
      <h1 className="text-34 sm:text-48">Check a ticket</h1>
      {token !== '' && verdict.isPending && (
        <Loading label="Checking the ticket">
          <Skeleton className="h-80 w-full max-w-xl rounded-card" />
        </Loading>
      )}
      {verdict.isError && (
        <ErrorState
          className="max-w-xl"
          error={verdict.error}
          title="The ticket could not be checked"
          onRetry={() => void verdict.refetch()}
          retrying={verdict.isFetching}
        >
          <p className="text-muted">That says nothing about the ticket itself.</p>
        </ErrorState>
      )}
      {verdict.data && <VerdictCard answer={verdict.data} />}
      <form
        key={token}
        className="flex max-w-xl flex-col items-start gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const typed = new FormData(event.currentTarget).get('token')
          if (typeof typed === 'string' && typed.trim()) setParams({ token: typed.trim() })
        }}
      >
        <Field
          label={token ? 'Check another' : 'Code'}
          hint="Scan the ticket’s square code with the phone’s camera, or paste what it says."
          className="w-full"
        >
          <Textarea
            name="token"
            rows={3}
            maxLength={LONGEST_TOKEN}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            required
          />
        </Field>
        <Button type="submit" variant={token ? 'secondary' : 'primary'}>
          Check
        </Button>
      </form>
    </div>
  )
}
