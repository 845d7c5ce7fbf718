import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox, Field, Input } from '../../../components/ui/field.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { listTheatres } from '../api.ts'

export const theatresQuery = { queryKey: ['admin', 'theatres'], queryFn: listTheatres, staleTime: 60_000 }

/** Which cinemas somebody runs. */
export function TheatreChoice({ chosen, onChange }: { chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const theatres = useQuery(theatresQuery)
  const [filter, setFilter] = useState('')
  if (theatres.error)
    return (
      <p role="alert" className="text-14 text-danger">
        The cinemas did not load. {theatres.error.message}
      </p>
    )
  if (!theatres.data) {
    return (
      <Loading label="Loading the cinemas">
        <Skeleton className="h-40 w-full" />
      </Loading>
    )
  }
  const wanted = filter.trim().toLowerCase()
  const shown = theatres.data.filter((one) => `${one.name} ${one.area} ${one.cityName}`.toLowerCase().includes(wanted))
  return (
    <fieldset>
      <legend className="mb-2 font-medium text-14">Cinemas ({chosen.length} chosen)</legend>
      <Field label="Narrow the list">
        <Input value={filter} onChange={(event) => setFilter(event.target.value)} autoComplete="off" />
      </Field>
      <div className="mt-2 max-h-48 overflow-y-auto rounded-control border border-line px-3">
        {shown.map((one) => (
          <Checkbox
            key={one.id}
            label={`${one.name}, ${one.area}, ${one.cityName}`}
            checked={chosen.includes(one.id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
            }
            className="text-14"
          />
        ))}
        {shown.length === 0 && <p className="py-3 text-14 text-muted">No cinema of that name.</p>}
      </div>
    </fieldset>
  )
}
