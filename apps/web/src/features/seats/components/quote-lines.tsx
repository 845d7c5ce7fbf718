import type { Quote } from '@marquee/contracts/pricing'
import { clsx } from 'clsx'
import { Price } from '../../../components/ui/price.tsx'

const line = 'flex items-baseline justify-between gap-4 border-line border-b py-2.5'

/** The whole price, nothing folded away. The last line is what will be charged. */
export function QuoteLines({
  quote,
  totalLabel = 'You pay',
  className,
}: {
  quote: Quote
  totalLabel?: string
  className?: string
}) {
  return (
    <dl className={clsx('text-[0.9375rem]', className)}>
      {quote.lines.map((item) => (
        <div key={`${item.section} ${item.eachMinor}`} className={line}>
          <dt>
            {item.count} × {item.name}
          </dt>
          <dd>
            <Price minor={item.totalMinor} exact />
          </dd>
        </div>
      ))}
      {quote.discountMinor > 0 && <Less what="Discount" minor={quote.discountMinor} />}
      <div className={line}>
        <dt className="text-muted">Convenience fee</dt>
        <dd>
          <Price minor={quote.convenienceFeeMinor} exact />
        </dd>
      </div>
      <div className={line}>
        <dt className="text-muted">GST {quote.taxPercent} % on the fee</dt>
        <dd>
          <Price minor={quote.taxMinor} exact />
        </dd>
      </div>
      {quote.toPayMinor !== quote.totalMinor && (
        <div className={line}>
          <dt>Total</dt>
          <dd>
            <Price minor={quote.totalMinor} exact />
          </dd>
        </div>
      )}
      {quote.creditMinor > 0 && <Less what="From your earlier booking" minor={quote.creditMinor} />}
      {quote.voucherMinor > 0 && <Less what="Gift voucher" minor={quote.voucherMinor} />}
      <div className="flex items-baseline justify-between gap-4 pt-4">
        <dt>{totalLabel}</dt>
        <dd>
          <Price minor={quote.toPayMinor} exact className="font-display font-extrabold text-34 tracking-tight" />
        </dd>
      </div>
    </dl>
  )
}

function Less({ what, minor }: { what: string; minor: number }) {
  return (
    <div className={line}>
      <dt className="text-ok">{what}</dt>
      <dd className="text-ok">
        −<Price minor={minor} exact />
      </dd>
    </div>
  )
}
