import type { OpeningForecast } from '@marquee/contracts/alerts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Field, Select } from '../../components/ui/field.tsx'
import { FilterForm } from '../../features/admin/components/filter-form.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { getForecasts } from '../../features/admin/watching-api.ts'
import { useCities, useCity } from '../../features/cities/queries.ts'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formText } from '../../lib/form-text.ts'
import { plural } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

/** When booking usually opens at each theatre of a city, from what was recorded. */
export function AdminForecastsPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const cities = useCities()
  const own = useCity()
  const city = query.get('city') ?? own?.slug ?? ''
  const forecasts = useQuery({
    queryKey: ['admin', 'forecasts', city],
    queryFn: () => getForecasts(city),
    enabled: city !== '',
    placeholderData: keepPreviousData,
  })
  usePageTitle('Forecasts')
  const longest = Math.max(1, ...(forecasts.data?.items ?? []).map(({ daysBefore }) => daysBefore.high))
  return (
    <>
      <h1 className="text-26">Forecasts</h1>
      <p className="mt-2 max-w-[70ch] text-muted">
        How long before the first show each theatre opened booking so far. Whoever waits is shown it, and it decides how
        often we look.
      </p>
      <FilterForm onChange={(form) => void navigate(adminPaths.forecasts({ city: formText(form, 'city') }))}>
        <Field label="City" className="w-full sm:w-60">
          <Select key={city} name="city" defaultValue={city}>
            {cities.data?.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </FilterForm>
      <ListStates
        query={forecasts}
        what="The forecasts"
        isEmpty={(data) => data.items.length === 0}
        empty={{
          title: 'Too little was recorded here',
          why: 'From three openings of a theatre on, something can be said about the next.',
        }}
      >
        {(data) => (
          <DataTable
            caption="When booking usually opens"
            rows={data.items}
            keyOf={(row) => `${row.theatre} ${row.openings} ${row.daysBefore.low} ${row.daysBefore.median}`}
            busy={forecasts.isPlaceholderData}
            columns={[
              { label: 'Theatre', cell: (row) => <span className="font-medium">{row.theatre}</span> },
              {
                label: 'Days before',
                cell: (row) => <Range forecast={row} longest={longest} />,
                className: 'md:min-w-56',
              },
              {
                label: 'Usually',
                cell: ({ daysBefore }) => plural(Math.round(daysBefore.median), 'day'),
              },
              {
                label: 'Hours',
                cell: ({ hours }) => (hours ? `${hours.from}–${hours.to}` : <span className="text-muted">any</span>),
              },
              { label: 'Drawn from', cell: (row) => plural(row.openings, 'opening') },
            ]}
          />
        )}
      </ListStates>
    </>
  )
}

/** From the earliest tenth to the latest, a mark at the middle; the numbers stand beside it. */
function Range({ forecast: { daysBefore }, longest }: { forecast: OpeningForecast; longest: number }) {
  const { low, median, high } = daysBefore
  const at = (days: number) => `${(100 * days) / longest}%`
  return (
    <span className="flex items-center gap-3">
      <span aria-hidden="true" className="relative h-4 w-36 shrink-0 max-md:w-28">
        <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
        <span
          className="-translate-y-1/2 absolute top-1/2 h-1.5 min-w-1.5 rounded-full bg-control"
          style={{ left: at(low), width: at(high - low) }}
        />
        <span
          className="-translate-x-1/2 -translate-y-1/2 absolute top-1/2 size-2.5 rounded-full bg-marquee-text"
          style={{ left: at(median) }}
        />
      </span>
      <span className="whitespace-nowrap">{low === high ? low : `${low}–${high}`}</span>
    </span>
  )
}
