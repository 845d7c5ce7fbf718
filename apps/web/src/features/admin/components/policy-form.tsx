import type { AdminTheatreList } from '@marquee/contracts/admin'
import { cancellationTerms } from '@marquee/contracts/terms'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input, Select } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { setCancellationPolicy } from '../api.ts'
import { readRows, type TierRow, toRow, UNITS, type Unit } from '../tier-rows.ts'
import { theatresQuery } from './theatre-choice.tsx'

const MOST_STEPS = 6

/** The steps of a policy, and below them the very words that guests will read. */
export function PolicyForm({ theatre }: { theatre: AdminTheatreList['items'][number] }) {
  const client = useQueryClient()
  const [rows, setRows] = useState(() => theatre.cancellationTiers.map((tier, i) => toRow(tier, String(i))))
  const read = readRows(rows)
  const tiers = 'tiers' in read ? read.tiers : null
  const same = tiers !== null && JSON.stringify(tiers) === JSON.stringify(plain(theatre.cancellationTiers))
  const save = useMutation({
    mutationFn: (next: NonNullable<typeof tiers>) => setCancellationPolicy(theatre.id, { tiers: next }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: theatresQuery.queryKey })
      void toast('The terms are changed.', { tone: 'ok', description: 'They count for what is sold from now on.' })
    },
  })
  const change = (key: string, part: Partial<TierRow>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (tiers) save.mutate(tiers)
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-xl flex-col gap-4">
      <FormAlert message={save.error?.message ?? null} />
      {rows.length === 0 && <p className="text-muted">No steps: nothing comes back.</p>}
      {rows.map((row, i) => (
        <fieldset key={row.key} className="flex items-end gap-2 border-line border-b pb-4 sm:gap-3">
          <legend className="sr-only">Step {i + 1}</legend>
          <Field label="Up to" className="min-w-0 flex-1">
            <Input
              value={row.count}
              onChange={(event) => change(row.key, { count: event.target.value })}
              inputMode="numeric"
              className="max-sm:px-2!"
              maxLength={6}
              autoComplete="off"
            />
          </Field>
          <Field label="before the film" className="min-w-0 flex-2">
            <Select
              className="max-sm:px-2!"
              value={row.unit}
              onChange={(event) => change(row.key, { unit: event.target.value as Unit })}
            >
              {Object.keys(UNITS).map((unit) => (
                <option key={unit} value={unit}>
                  {`${unit}s`}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="% back" className="min-w-0 flex-1">
            <Input
              value={row.percent}
              onChange={(event) => change(row.key, { percent: event.target.value })}
              inputMode="numeric"
              className="max-sm:px-2!"
              maxLength={3}
              autoComplete="off"
            />
          </Field>
          <IconButton
            label={`Remove step ${i + 1}`}
            onClick={() => setRows(rows.filter((other) => other.key !== row.key))}
          >
            <Trash2 aria-hidden="true" className="size-5" />
          </IconButton>
        </fieldset>
      ))}
      <Button
        className="self-start"
        disabled={rows.length >= MOST_STEPS}
        onClick={() => setRows([...rows, { key: crypto.randomUUID(), count: '', unit: 'hour', percent: '' }])}
      >
        Add a step
      </Button>
      <section
        aria-labelledby="policy-words"
        aria-live="polite"
        className="rounded-card border border-line bg-raised p-4"
      >
        <h2 id="policy-words" className="font-sans font-semibold text-14 tracking-normal">
          Guests will read
        </h2>
        {'problem' in read ? (
          <p className="mt-1 text-danger">{read.problem}</p>
        ) : (
          cancellationTerms(read.tiers).map((line) => (
            <p key={line} className="mt-1 text-muted">
              {line}
            </p>
          ))
        )}
      </section>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={save.isPending} disabled={tiers === null || same}>
          Change the terms
        </Button>
        {same && <span className="text-muted">As they are now.</span>}
      </div>
    </form>
  )
}

/** In one order of keys, to compare. */
const plain = (tiers: AdminTheatreList['items'][number]['cancellationTiers']) =>
  tiers.map(({ minutesBefore, percent }) => ({ minutesBefore, percent }))
