import type { City } from '@marquee/contracts/cities'
import { Check } from 'lucide-react'
import { useRef } from 'react'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { chooseCity } from '../../../lib/city.ts'
import { matchCities } from '../match-cities.ts'
import { useCities } from '../queries.ts'

interface CityPickerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  current: string | undefined
  /** Kept by the opener, which is typed into until this is loaded and has the focus. */
  text: string
  setText: (text: string) => void
}

export function CityPicker({ open, onOpenChange, current, text, setText }: CityPickerProps) {
  const cities = useCities()
  // With a keyboard one types at once; on a phone its own the keyboard would hide the list.
  const field = useRef<HTMLInputElement>(null)
  const types = !window.matchMedia('(pointer: coarse)').matches
  const matches = matchCities(cities.data ?? [], text)

  function choose(city: City) {
    chooseCity(city.slug)
    setText('')
    onOpenChange(false)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Where are you going out?"
      kind="sheet"
      {...(types ? { initialFocus: field } : {})}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // Before anything is typed nobody has meant the first of the list.
          const first = text.trim() ? matches[0] : undefined
          if (first) choose(first)
        }}
      >
        <Field label="City" hint="Old and local names work too.">
          <Input
            type="search"
            ref={field}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            enterKeyHint="go"
            placeholder="Type a city"
          />
        </Field>
      </form>
      <div className="mt-4 min-h-64">
        {cities.isPending && (
          <Loading label="Loading cities" className="flex flex-col gap-2">
            {[1, 2, 3, 4].map((row) => (
              <Skeleton key={row} className="h-13" />
            ))}
          </Loading>
        )}
        {cities.isError && (
          <ErrorState error={cities.error} title="The cities did not load" onRetry={() => void cities.refetch()} />
        )}
        {cities.isSuccess && (
          <>
            <p role="status" className="sr-only">
              {matches.length === 1 ? '1 city' : `${matches.length} cities`}
            </p>
            <ul className="-mx-2">
              {matches.map((city) => (
                <li key={city.id}>
                  <button
                    type="button"
                    aria-current={city.slug === current ? 'true' : undefined}
                    onClick={() => choose(city)}
                    className="flex min-h-13 w-full items-center gap-3 rounded-control px-2 text-left hover:bg-ground"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="font-medium">{city.name}</span>
                      <span className="ml-2 text-14 text-muted">{city.region}</span>
                    </span>
                    {city.slug === current && <Check aria-hidden="true" className="size-5 text-marquee-text" />}
                  </button>
                </li>
              ))}
            </ul>
            {matches.length === 0 && (
              <p className="py-6 text-muted">Marquee is not in “{text.trim()}” yet. Try the nearest large city.</p>
            )}
          </>
        )}
      </div>
    </Dialog>
  )
}
