import { zodResolver } from '@hookform/resolvers/zod'
import { PromoBody } from '@marquee/contracts/offers'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input, Select } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { createPromo } from '../api.ts'
import { rupees } from '../typed.ts'

const DAY_MS = 86_400_000
const FIELDS = [
  'code',
  'description',
  'kind',
  'percent',
  'amountMinor',
  'capMinor',
  'minBaseMinor',
  'startsAt',
  'endsAt',
  'maxUses',
  'maxUsesPerUser',
] as const

const count = { setValueAs: (text: unknown) => (text === '' || text == null ? null : Number(text)) }
const instant = { setValueAs: (text: string) => (text ? new Date(text).toISOString() : '') }

export function PromoForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient()
  const [failure, setFailure] = useState<string | null>(null)
  const [opened] = useState(() => Date.now())
  const form = useForm({ resolver: zodResolver(PromoBody), defaultValues: { kind: 'PERCENT', minBaseMinor: 0 } })
  const { errors, isSubmitting } = form.formState
  const kind = useWatch({ control: form.control, name: 'kind' })

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      const made = await createPromo(body)
      void client.invalidateQueries({ queryKey: ['admin', 'promos'] })
      void toast(`${made.code} is made.`, { tone: 'ok' })
      onDone()
    } catch (error) {
      setFailure(spreadErrors(error, FIELDS, form.setError))
    }
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
      <div className="not-has-[p]:absolute sm:col-span-2">
        <FormAlert message={failure} />
      </div>
      <Field label="Code" error={asSentence(errors.code?.message)}>
        <Input
          {...form.register('code')}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          className="uppercase"
        />
      </Field>
      <Field label="What guests read" error={asSentence(errors.description?.message)}>
        <Input {...form.register('description')} autoComplete="off" />
      </Field>
      <Field label="Takes off" error={asSentence(errors.kind?.message)}>
        <Select {...form.register('kind')}>
          <option value="PERCENT">A percentage</option>
          <option value="FLAT">An amount</option>
        </Select>
      </Field>
      {kind === 'PERCENT' ? (
        <Field label="Percent" error={asSentence(errors.percent?.message)}>
          <Input {...form.register('percent', count)} inputMode="numeric" />
        </Field>
      ) : (
        <Field label="Amount in ₹" error={asSentence(errors.amountMinor?.message)}>
          <Input {...form.register('amountMinor', rupees)} inputMode="decimal" />
        </Field>
      )}
      <Field label="At most, in ₹ (optional)" error={asSentence(errors.capMinor?.message)}>
        <Input {...form.register('capMinor', rupees)} inputMode="decimal" />
      </Field>
      <Field label="For seats of at least, in ₹" error={asSentence(errors.minBaseMinor?.message)}>
        <Input
          {...form.register('minBaseMinor', { setValueAs: (text: unknown) => Math.round(Number(text || 0) * 100) })}
          inputMode="decimal"
        />
      </Field>
      <Field label="From" error={asSentence(errors.startsAt?.message)}>
        <Input {...form.register('startsAt', instant)} type="datetime-local" defaultValue={local(opened)} />
      </Field>
      <Field label="Until" error={asSentence(errors.endsAt?.message)}>
        <Input {...form.register('endsAt', instant)} type="datetime-local" defaultValue={local(opened + 30 * DAY_MS)} />
      </Field>
      <Field label="Uses in all (optional)" error={asSentence(errors.maxUses?.message)}>
        <Input {...form.register('maxUses', count)} inputMode="numeric" />
      </Field>
      <Field label="Uses per person (optional)" error={asSentence(errors.maxUsesPerUser?.message)}>
        <Input {...form.register('maxUsesPerUser', count)} inputMode="numeric" />
      </Field>
      <div className="flex justify-end gap-3 sm:col-span-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={isSubmitting}>
          Make the code
        </Button>
      </div>
    </form>
  )
}

/** The field wants the wall clock of this machine without a zone. */
function local(epochMs: number): string {
  const at = new Date(epochMs)
  return new Date(epochMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
