import { LinkButton } from '../../../components/ui/link-button.tsx'
import { type ApiError, isApiError } from '../../../lib/api-error.ts'

/** What happened, whether money moved, and what to do. */
export function PayFailure({ failure, backHref }: { failure: ApiError; backHref: string }) {
  const unsure = failure.code === 'OFFLINE' || failure.code === 'TIMEOUT'
  const chooseAgain = isApiError(failure, 'SEATS_TAKEN', 'HOLD_GONE', 'HOLD_LIMIT', 'PRICE_CHANGED', 'SALES_CLOSED')
  const code = isApiError(failure, 'PROMO_REFUSED', 'VOUCHER_REFUSED')
  return (
    <div role="alert" className="mt-6 rounded-card border border-danger/50 p-4">
      <p className="font-semibold">{failure.message}</p>
      <p className="mt-1 text-14 text-muted">
        {code ? 'Take the code off, or use another, then pay. ' : 'Nothing was charged. '}
        {unsure && 'Press Pay again: if the first try did arrive, it is the same booking, never a second one.'}
        {!unsure && !chooseAgain && !code && 'Your seats are still held; try again in a moment.'}
      </p>
      {chooseAgain && (
        <LinkButton to={backHref} size="sm" className="mt-3">
          Back to the hall
        </LinkButton>
      )}
    </div>
  )
}
