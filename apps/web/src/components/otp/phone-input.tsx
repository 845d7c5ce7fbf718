import { type ChangeEvent, useState } from 'react'
import { COUNTRIES, type CountryCode, countryOf, HOME_COUNTRY, toE164 } from '../../lib/phone.ts'
import { Input, Select } from '../ui/field.tsx'

interface PhoneInputProps {
  /** E.164, or '' for no number. */
  onChange: (e164: string) => void
  onBlur?: () => void
}

/** The country is chosen from the start, as the list shows it; a pasted number with its own country changes it. */
export function PhoneInput({ onChange, onBlur }: PhoneInputProps) {
  const [country, setCountry] = useState<CountryCode>(HOME_COUNTRY)
  const [typed, setTyped] = useState('')

  const type = (event: ChangeEvent<HTMLInputElement>) => {
    const text = event.target.value
    const whole = toE164(country, text)
    const own = /^\s*(?:\+|00)/.test(text) ? countryOf(whole) : null
    if (own && own !== country) setCountry(own)
    setTyped(text)
    onChange(whole)
  }
  const choose = (event: ChangeEvent<HTMLSelectElement>) => {
    const chosen = COUNTRIES.find((one) => one.code === event.target.value)?.code ?? HOME_COUNTRY
    setCountry(chosen)
    onChange(toE164(chosen, typed))
  }

  return (
    <div className="flex gap-2">
      <Select
        id={undefined}
        aria-describedby={undefined}
        aria-label="Country of the number"
        autoComplete="tel-country-code"
        value={country}
        onChange={choose}
        className="w-[9.5rem]! shrink-0 truncate"
      >
        {COUNTRIES.map((one) => (
          <option key={one.code} value={one.code}>
            {`+${one.dial} ${one.name}`}
          </option>
        ))}
      </Select>
      <Input
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        value={typed}
        onChange={type}
        onBlur={onBlur}
        maxLength={24}
        className="min-w-0 flex-1"
      />
    </div>
  )
}
