import { useEffect } from 'react'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

/** A new release replaced the files this tab was told about. */
function isStaleBuild(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script|module script failed/i.test(error.message)
  )
}

export function RouteError() {
  const error = useRouteError()
  const stale = isStaleBuild(error)
  usePageTitle('Something went wrong')
  useEffect(() => {
    // The console is where a developer, or a guest's screenshot, finds the real cause.
    if (!isRouteErrorResponse(error)) console.error(error)
  }, [error])
  return (
    <div className="wrap py-12">
      <ErrorState
        error={error}
        title={stale ? 'Marquee was updated, or the connection dropped' : 'This page stopped working'}
      >
        <p className="max-w-[60ch] text-muted">
          {stale
            ? 'Load the page again to carry on.'
            : 'Nothing was booked or charged by this. Load it again, or start over.'}
        </p>
        <div className="mt-2 flex flex-wrap gap-3">
          <Button variant="primary" onClick={() => window.location.reload()}>
            Load again
          </Button>
          <LinkButton to={paths.home()} reloadDocument>
            Back to the films
          </LinkButton>
        </div>
      </ErrorState>
    </div>
  )
}
