import type { NewVoucher } from '@marquee/contracts/offers'
import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { VoucherForm } from '../../features/admin/components/voucher-form.tsx'
import { formatDateLong, formatMoney, localDate } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

/** A code is money to whoever knows it: it is kept nowhere, and shown here once. */
export function AdminVouchersPage() {
  const [made, setMade] = useState<{ voucher: NewVoucher; note: string } | null>(null)
  usePageTitle('Gift vouchers')
  return (
    <>
      <h1 className="text-26">Issue a gift voucher</h1>
      <p className="mt-2 mb-6 max-w-prose text-muted">
        Whoever has its code can pay with it. The code is told once; afterwards nobody can read it again.
      </p>
      {made ? (
        <Made voucher={made.voucher} note={made.note} onAnother={() => setMade(null)} />
      ) : (
        <VoucherForm onMade={(voucher, note) => setMade({ voucher, note })} />
      )}
    </>
  )
}

function Made({ voucher, note, onAnother }: { voucher: NewVoucher; note: string; onAnother: () => void }) {
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), [])
  const copy = () =>
    navigator.clipboard.writeText(voucher.code).then(
      () => setCopied('yes'),
      () => setCopied('no'),
    )
  return (
    <section className="max-w-md rounded-card border border-line bg-raised p-5">
      <h2 ref={heading} tabIndex={-1} className="text-20 outline-none">
        {formatMoney(voucher.amountMinor)}, ready to give
      </h2>
      <p className="mt-1 text-muted">
        Good until {lastDay(voucher.expiresAt)}.{note && ` ${note}`}
      </p>
      <p className="wrap-anywhere mt-4 select-all rounded-control border border-control border-dashed px-3.5 py-3 font-mono text-16 tracking-wider">
        {voucher.code}
      </p>
      <p role="status" className="mt-2 min-h-5 text-muted">
        {copied === 'yes'
          ? 'Copied.'
          : copied === 'no'
            ? 'The browser did not let us copy. Select the code instead.'
            : 'Copy it now: it is not shown again.'}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button variant="primary" onClick={() => void copy()}>
          {copied === 'yes' ? (
            <Check aria-hidden="true" className="size-4.5" />
          ) : (
            <Copy aria-hidden="true" className="size-4.5" />
          )}
          Copy the code
        </Button>
        <Button onClick={onAnother}>Make another</Button>
      </div>
    </section>
  )
}

/** With its year: most are good for one. */
function lastDay(expiresAt: string): string {
  const day = localDate(expiresAt, Intl.DateTimeFormat().resolvedOptions().timeZone)
  return `${formatDateLong(day)} ${day.slice(0, 4)}`
}
