import { clsx } from 'clsx'
import { useId } from 'react'

interface SegmentedProps<Value extends string> {
  /** Named for screen readers, not drawn. */
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  className?: string
}

/** One of a few, all in sight. Radios underneath: arrow keys, one tab stop, the right words read out. */
export function Segmented<Value extends string>({ label, value, options, onChange, className }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <fieldset className={clsx('inline-flex rounded-control border border-control p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-9 cursor-pointer items-center justify-center rounded-[4px] px-3 text-14 text-muted transition-colors duration-150 hover:text-text has-checked:bg-marquee has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-marquee-text has-focus-visible:outline-offset-3"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0 outline-none"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
