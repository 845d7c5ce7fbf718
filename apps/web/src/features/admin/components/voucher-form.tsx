import { zodResolver } from '@hookform/resolvers/zod'
import { type NewVoucher, VoucherBody } from '@marquee/contracts/offers'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { addDays, localDate } from '../../../lib/format.ts'
import { issueVoucher } from '../api.ts'
import { rupees } from '../typed.ts'

const FIELDS = ['amountMinor', 'expiresAt', 'note'] as const
const YEAR_DAYS = 365
/** Good through the whole of its last day, where the maker is. */
const endOfDay = { setValueAs: (day: string) => (day ? new Date(`${day}T23:59:59`).toISOString() : '') }

export function VoucherForm({ onMade }: { onMade: (voucher: NewVoucher, note: string) => void }) {
  const [failure, setFailure] = useState<string | null>(null)
  const [today] = useState(() => localDate(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone))
  const form = useForm({ resolver: zodResolver(VoucherBody), defaultValues: { note: '' } })
  const { errors, isSubmitting } = form.formState
  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      onMade(await issueVoucher(body), body.note)
    } catch (error) {
      setFailure(spreadErrors(error, FIELDS, form.setError))
    }
  })
  const amount = errors.amountMinor && 'Enter an amount from ₹1 to ₹1,00,00,000.'
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex max-w-md flex-col gap-5">
      <FormAlert message={failure} />
      <Field label="Amount in ₹" error={amount}>
        <Input {...form.register('amountMinor', rupees)} inputMode="decimal" autoComplete="off" />
      </Field>
      <Field label="Last day" error={errors.expiresAt && 'Choose a day that is not over.'}>
        <Input
          {...form.register('expiresAt', endOfDay)}
          type="date"
          min={today}
          defaultValue={addDays(today, YEAR_DAYS)}
        />
      </Field>
      <Field
        label="Note (optional)"
        hint="Kept with the voucher: why it was made."
        error={asSentence(errors.note?.message)}
      >
        <Input {...form.register('note')} autoComplete="off" />
      </Field>
      <Button type="submit" variant="primary" busy={isSubmitting} className="self-start">
        Make the voucher
      </Button>
    </form>
  )
}
