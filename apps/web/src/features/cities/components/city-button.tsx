import { clsx } from 'clsx'
import { lazy, Suspense, useState } from 'react'
import { useCities, useCity } from '../queries.ts'

const loadPicker = () => import('./city-picker.tsx')
const CityPicker = lazy(async () => ({ default: (await loadPicker()).CityPicker }))

/** The city is the first thing everything depends on, so it is a word and not an icon. */
export function CityButton() {
  const city = useCity()
  const waiting = useCities().isPending
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [text, setText] = useState('')
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onPointerEnter={() => void loadPicker()}
        onFocus={() => void loadPicker()}
        onKeyDown={(event) => {
          // Focus is still here only until the dialog is loaded: what is typed meanwhile goes into its field.
          const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
          if (!open || !letter) return
          event.preventDefault()
          setText((before) => before + event.key)
        }}
        onClick={() => {
          setWanted(true)
          setOpen(true)
        }}
        className="inline-flex min-h-11 min-w-0 items-center rounded-control px-1.5 font-bold font-display text-16 tracking-tight sm:text-20"
      >
        <span className="sr-only">City: </span>
        <span
          className={clsx(
            'max-w-36 truncate border-marquee border-b-2 pb-px sm:max-w-60',
            // Its place is kept, so that nothing beside it moves when the name arrives.
            !city && waiting && 'w-24 border-line',
          )}
        >
          {city?.name ?? (waiting ? '\u00a0' : 'Choose a city')}
        </span>
      </button>
      {wanted && (
        <Suspense fallback={null}>
          <CityPicker open={open} onOpenChange={setOpen} current={city?.slug} text={text} setText={setText} />
        </Suspense>
      )}
    </>
  )
}
