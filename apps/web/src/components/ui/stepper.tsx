import { clsx } from 'clsx'
import { Minus, Plus } from 'lucide-react'

interface StepperProps {
  /** What is counted, for example "Seats together". */
  label: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
  className?: string
}

const step =
  'grid size-9 place-items-center rounded-control border border-control transition-colors duration-150 hover:not-disabled:border-text disabled:opacity-40 max-sm:size-10 [&_svg]:size-4'

export function Stepper({ label, value, min, max, onChange, className }: StepperProps) {
  return (
    <fieldset className={clsx('inline-flex items-center gap-3', className)}>
      <legend className="sr-only">{label}</legend>
      <button
        type="button"
        aria-label="One fewer"
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
        className={step}
      >
        <Minus aria-hidden="true" />
      </button>
      <output className="min-w-5 text-center font-semibold">{value}</output>
      <button
        type="button"
        aria-label="One more"
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
        className={step}
      >
        <Plus aria-hidden="true" />
      </button>
    </fieldset>
  )
}
