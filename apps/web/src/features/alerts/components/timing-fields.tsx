import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { Checkbox, Field, Input } from '../../../components/ui/field.tsx'
import type { AlertSettings } from '../alert-draft.ts'

interface TimingFieldsProps {
  settings: AlertSettings
  onChange: (patch: Partial<AlertSettings>) => void
  /** "IST" */
  zone: string
  error: string | undefined
}

const URGENCIES = [
  { value: 'normal', label: 'As usual', detail: 'We look more often the nearer the release is.' },
  {
    value: 'opening-day',
    label: 'I must be there on opening day',
    detail: 'We look as often as the sites allow from now on.',
  },
] as const

/** When nobody shall be woken, and how much it matters. */
export function TimingFields({ settings, onChange, zone, error }: TimingFieldsProps) {
  const id = useId()
  return (
    <>
      <fieldset className="min-w-0">
        <legend className="mb-2 font-semibold">Quiet hours, {zone}</legend>
        <div className="grid grid-cols-2 gap-3">
          <Field label="No calls or texts from">
            <Input
              type="time"
              value={settings.quietFrom}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              onChange={(event) => onChange({ quietFrom: event.target.value })}
            />
          </Field>
          <Field label="Until">
            <Input
              type="time"
              value={settings.quietTo}
              aria-describedby={error ? `${id}-error` : undefined}
              onChange={(event) => onChange({ quietTo: event.target.value })}
            />
          </Field>
        </div>
        {error && (
          <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-14 text-danger">
            <CircleAlert aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
            {error}
          </p>
        )}
        <Checkbox
          label="Wake me all the same"
          className="mt-2"
          checked={settings.wakeMe}
          onChange={(event) => onChange({ wakeMe: event.target.checked })}
        />
        <p className="text-14 text-muted">
          {settings.wakeMe
            ? 'Except in hours in which the law of your country forbids calls.'
            : 'What opens in the night waits until they end; a mail comes at once.'}
        </p>
      </fieldset>
      <fieldset className="min-w-0">
        <legend className="mb-2 font-semibold">How much it matters</legend>
        {URGENCIES.map(({ value, label, detail }) => (
          <label key={value} className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
            <input
              type="radio"
              name={`${id}-urgency`}
              value={value}
              checked={settings.urgency === value}
              onChange={() => onChange({ urgency: value })}
              className="mt-0.5 size-5 shrink-0"
            />
            <span className="min-w-0">
              {label}
              <span className="block text-14 text-muted">{detail}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  )
}
