import type { PricedQuote } from '@marquee/contracts/offers'
import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { asSentence } from '../../../lib/form-errors.ts'
import { formatMoney } from '../../../lib/format.ts'
import type { Codes } from '../use-priced-quote.ts'

interface OfferCodesProps {
  codes: Codes
  answer: PricedQuote | undefined
  discountMinor: number
  voucherMinor: number
  busy: boolean
  /** The question for the price failed altogether. */
  failure: string | null
  disabled: boolean
  onChange: (codes: Codes) => void
}

/** Out of the way of the many who have none. */
export function OfferCodes({
  codes,
  answer,
  discountMinor,
  voucherMinor,
  busy,
  failure,
  disabled,
  onChange,
}: OfferCodesProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const promo = codes.promo !== null ? answer?.promo : null
  const voucher = codes.voucher !== null ? answer?.voucher : null
  return (
    <div className="rounded-card border border-line">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-12 w-full items-center gap-2 rounded-card px-4 font-medium"
      >
        <ChevronRight
          aria-hidden="true"
          className={clsx('size-4.5 text-muted transition-transform duration-150', open && 'rotate-90')}
        />
        Have a code?
      </button>
      <div id={id} hidden={!open} className="flex flex-col gap-5 border-line border-t p-4">
        <CodeField
          label="Promo code"
          value={codes.promo}
          problem={promo?.problem ?? null}
          counts={
            promo && promo.problem === null
              ? `${promo.description || promo.code}: ${formatMoney(discountMinor)} off.`
              : null
          }
          busy={busy}
          disabled={disabled}
          onChange={(next) => onChange({ ...codes, promo: next })}
        />
        <CodeField
          label="Gift voucher"
          value={codes.voucher}
          problem={voucher?.problem ?? null}
          counts={
            voucher && voucher.problem === null
              ? `Voucher ${voucher.hint} pays ${formatMoney(voucherMinor)} of its ${formatMoney(voucher.balanceMinor)}.`
              : null
          }
          busy={busy}
          disabled={disabled}
          onChange={(next) => onChange({ ...codes, voucher: next })}
        />
        <p role="alert" className="text-14 text-danger empty:hidden">
          {failure}
        </p>
      </div>
    </div>
  )
}

interface CodeFieldProps {
  label: string
  value: string | null
  problem: string | null
  counts: string | null
  busy: boolean
  disabled: boolean
  onChange: (code: string | null) => void
}

function CodeField({ label, value, problem, counts, busy, disabled, onChange }: CodeFieldProps) {
  const [typed, setTyped] = useState(value ?? '')
  const taken = value !== null && counts !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = typed.trim().toUpperCase()
    onChange(code === '' ? null : code)
  }
  const remove = () => {
    setTyped('')
    onChange(null)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field label={label} error={asSentence(problem ?? undefined)}>
        <div className="flex gap-2">
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            readOnly={taken}
            disabled={disabled}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="min-w-0 flex-1 uppercase"
          />
          {taken ? (
            <Button
              onClick={remove}
              disabled={disabled}
              className="min-h-12"
              aria-label={`Remove the ${label.toLowerCase()}`}
            >
              Remove
            </Button>
          ) : (
            <Button
              type="submit"
              busy={busy && value !== null && problem === null}
              disabled={disabled || (typed.trim() === '' && value === null)}
              className="min-h-12"
              aria-label={`Use the ${label.toLowerCase()}`}
            >
              Use
            </Button>
          )}
        </div>
      </Field>
      <p role="status" className="mt-1.5 text-14 text-ok empty:hidden">
        {counts}
      </p>
    </form>
  )
}
