import { MapPin } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { chooseCity } from '../../../lib/city.ts'

interface ShownElsewhereProps {
  /** The city that was searched. */
  here: string
  /** "Showing" of films, "Found" of cinemas. */
  what: 'Showing' | 'Found'
  cities: readonly { slug: string; name: string }[]
}

/** Nothing here, but there: says where, and goes there in one press. */
export function ShownElsewhere({ here, what, cities }: ShownElsewhereProps) {
  const names = new Intl.ListFormat('en-IN', { type: 'conjunction' }).format(cities.map((city) => city.name))
  return (
    <div className="mb-8 flex max-w-2xl items-start gap-3 rounded-card border border-control bg-raised p-4">
      <MapPin aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-marquee-text" />
      <div className="min-w-0">
        <p className="font-semibold">
          {what} in {names}
        </p>
        <p className="text-14 text-muted">{what === 'Showing' ? `No times in ${here} yet.` : `Nothing in ${here}.`}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          {cities.map((city, at) => (
            <Button
              key={city.slug}
              size="sm"
              variant={at === 0 ? 'primary' : 'secondary'}
              className="min-h-11"
              onClick={() => chooseCity(city.slug)}
            >
              Go to {city.name}
            </Button>
          ))}
        </div>
      </div>
    </div>
  )
}
