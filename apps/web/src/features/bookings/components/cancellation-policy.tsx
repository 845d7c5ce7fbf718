import type { CancellationTiers } from '@marquee/contracts/cancellations'
import { cancellationTerms } from '@marquee/contracts/terms'
import { clsx } from 'clsx'

/** What comes back when plans change, in the same words as on the ticket. */
export function CancellationPolicy({ tiers, className }: { tiers: CancellationTiers; className?: string }) {
  return (
    <section aria-labelledby="changing-plans" className={clsx('text-14', className)}>
      <h2 id="changing-plans" className="font-sans font-semibold text-14 tracking-normal">
        If your plans change
      </h2>
      <p className="mt-1 text-muted">{cancellationTerms(tiers).join(' ')}</p>
    </section>
  )
}
