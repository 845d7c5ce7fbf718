import type { AlertOptions } from '@marquee/contracts/alerts'
import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { Chip } from '../../../components/ui/chip.tsx'
import { Checkbox, Field, Input, Select } from '../../../components/ui/field.tsx'
import { addDays, plural } from '../../../lib/format.ts'
import type { AlertSettings } from '../alert-draft.ts'

interface ShowingFieldsProps {
  settings: AlertSettings
  onChange: (patch: Partial<AlertSettings>) => void
  options: Pick<AlertOptions, 'theatres' | 'formats' | 'languages'>
  today: string
  /** YYYY-MM-DD; offers its first days as a choice. */
  releaseDate: string | null
  error: string | undefined
}

const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** Which showings are meant. Whatever is left open means any. */
export function ShowingFields({ settings, onChange, options, today, releaseDate, error }: ShowingFieldsProps) {
  const id = useId()
  const { theatreIds, formats, languages, dateFrom, dateTo } = settings
  const opening = releaseDate && releaseDate >= today ? releaseDate : null
  const days = (from: string, to: string) => ({ dateFrom: from, dateTo: to })
  const presets = [
    { label: 'Any day', ...days('', '') },
    ...(opening
      ? [
          { label: 'Opening day', ...days(opening, opening) },
          { label: 'First four days', ...days(opening, addDays(opening, 3)) },
        ]
      : []),
  ]
  return (
    <>
      <Choices
        legend="Cinemas"
        any="Any cinema"
        values={options.theatres.map(({ id: theatre, name }) => ({ value: theatre, label: name }))}
        chosen={theatreIds}
        onChange={(next) => onChange({ theatreIds: next })}
      />
      <fieldset className="min-w-0">
        <legend className="mb-2 font-semibold">Days</legend>
        {presets.length > 1 && (
          <div className="mb-3 flex flex-wrap gap-2">
            {presets.map(({ label, ...preset }) => (
              <Chip
                key={label}
                pressed={preset.dateFrom === dateFrom && preset.dateTo === dateTo}
                onClick={() => onChange(preset)}
              >
                {label}
              </Chip>
            ))}
          </div>
        )}
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="From">
            <Input
              type="date"
              min={today}
              value={dateFrom}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              onChange={(event) => onChange({ dateFrom: event.target.value })}
            />
          </Field>
          <Field label="Until">
            <Input
              type="date"
              min={dateFrom || today}
              value={dateTo}
              aria-describedby={error ? `${id}-error` : undefined}
              onChange={(event) => onChange({ dateTo: event.target.value })}
            />
          </Field>
        </div>
        {error && (
          <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-14 text-danger">
            <CircleAlert aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
            {error}
          </p>
        )}
      </fieldset>
      <fieldset className="min-w-0">
        <legend className="mb-2 font-semibold">Shows that begin</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Not before">
            <Input
              type="time"
              value={settings.timeFrom}
              onChange={(event) => onChange({ timeFrom: event.target.value })}
            />
          </Field>
          <Field label="Not after">
            <Input type="time" value={settings.timeTo} onChange={(event) => onChange({ timeTo: event.target.value })} />
          </Field>
        </div>
      </fieldset>
      <Choices
        legend="Format"
        any="Any format"
        values={options.formats.map((format) => ({ value: format, label: format }))}
        chosen={formats}
        onChange={(next) => onChange({ formats: next })}
      />
      <Choices
        legend="Language"
        any="Any language"
        values={options.languages.map((language) => ({ value: language, label: language }))}
        chosen={languages}
        onChange={(next) => onChange({ languages: next })}
      />
      <Field label="Seats together" hint="Fewer left than that counts as sold out for you.">
        <Select value={settings.partySize} onChange={(event) => onChange({ partySize: Number(event.target.value) })}>
          {SIZES.map((size) => (
            <option key={size} value={size}>
              {plural(size, 'seat')}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label="Tell me too when a sold-out film has seats again"
        checked={settings.seatsBack}
        onChange={(event) => onChange({ seatsBack: event.target.checked })}
      />
    </>
  )
}

/** Some of a few, or any: nothing pressed means any. */
function Choices({
  legend,
  any,
  values,
  chosen,
  onChange,
}: {
  legend: string
  any: string
  values: readonly { value: string; label: string }[]
  chosen: readonly string[]
  onChange: (values: string[]) => void
}) {
  if (values.length === 0) return null
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{legend}</legend>
      <div className="flex max-h-52 flex-wrap gap-2 overflow-y-auto p-0.5">
        <Chip pressed={chosen.length === 0} onClick={() => onChange([])}>
          {any}
        </Chip>
        {values.map(({ value, label }) => (
          <Chip key={value} pressed={chosen.includes(value)} onClick={() => toggle(value)}>
            {label}
          </Chip>
        ))}
      </div>
    </fieldset>
  )
}
