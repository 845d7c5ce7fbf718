import { useId } from 'react'
import { ChipLink } from '../../../components/ui/chip.tsx'

interface FilterRowProps {
  name: string
  values: readonly string[]
  current: string | undefined
  /** The URL with this value chosen, or with none. */
  to: (value: string | undefined) => string
}

/** Filters live in the URL, so that they can be shared and survive the back button. One value needs no filter. */
export function FilterRow({ name, values, current, to }: FilterRowProps) {
  const id = useId()
  if (values.length < 2 && !current) return null
  const options = current && !values.includes(current) ? [current, ...values] : values
  return (
    <nav aria-labelledby={id} className="flex items-center gap-3">
      <span id={id} className="w-18 shrink-0 text-14 text-muted max-sm:sr-only">
        {name}
      </span>
      <ul className="rail min-w-0 flex-1 gap-2 sm:ml-0">
        <li>
          <ChipLink to={to(undefined)} current={!current} replace preventScrollReset>
            {`Any ${name.toLowerCase()}`}
          </ChipLink>
        </li>
        {options.map((value) => (
          <li key={value}>
            <ChipLink
              to={to(value === current ? undefined : value)}
              current={value === current}
              replace
              preventScrollReset
            >
              {value}
            </ChipLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
