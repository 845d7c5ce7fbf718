import { type ChangeEvent, useState } from 'react'
import { CALLING_CODES, type CallingCode, codeOf, HOME_CODE, numberOf } from '../../lib/phone.ts'
import { Input, Select } from '../ui/field.tsx'

interface PhoneInputProps {
  /** Countries to choose from: those that can be called, where the API says which. */
  countries?: readonly CallingCode[]
  /** E.164; what is known already. */
  initial?: string
  /** E.164, or '' for no number. */
  onChange: (e164: string) => void
  onBlur?: () => void
}

/** The country that is shown is the country that counts, from the first moment on; a pasted number brings its own. */
export function PhoneInput({ countries = CALLING_CODES, initial = '', onChange, onBlur }: PhoneInputProps) {
  const list = countries.length > 0 ? countries : [HOME_CODE]
  const own = initial ? codeOf(initial, list) : null
  const [chosen, setChosen] = useState<string | null>(own)
  const [typed, setTyped] = useState(own ? initial.slice(own.length) : initial)
  const code = list.find((country) => country.code === chosen)?.code ?? list[0]?.code ?? HOME_CODE.code

  const type = (event: ChangeEvent<HTMLInputElement>) => {
    const text = event.target.value
    const whole = numberOf(code, text)
    const brought = /^\s*(?:\+|00)/.test(text) ? codeOf(whole, list) : null
    if (brought) setChosen(brought)
    setTyped(text)
    onChange(whole)
  }
  const choose = (event: ChangeEvent<HTMLSelectElement>) => {
    setChosen(event.target.value)
    onChange(numberOf(event.target.value, typed))
  }

  return (
    <div className="flex gap-2">
      <Select
        id={undefined}
        aria-describedby={undefined}
        aria-invalid={false}
        aria-label="Country of the number"
        autoComplete="tel-country-code"
        value={code}
        onChange={choose}
        className="w-[8.5rem]! shrink-0 truncate"
      >
        {list.map((country) => (
          <option key={country.code} value={country.code}>
            {`${country.code} ${country.name}`}
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
