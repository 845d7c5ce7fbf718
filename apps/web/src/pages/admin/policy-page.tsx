import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { Field, Select } from '../../components/ui/field.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { PolicyForm } from '../../features/admin/components/policy-form.tsx'
import { theatresQuery } from '../../features/admin/components/theatre-choice.tsx'
import { adminPaths } from '../../lib/admin-paths.ts'
import { usePageTitle } from '../../lib/page-title.ts'

/** What a cinema gives back of bookings made from now on. */
export function AdminPolicyPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const theatres = useQuery(theatresQuery)
  const asked = query.get('theatre')
  const theatre = theatres.data?.find((one) => one.id === asked) ?? theatres.data?.[0]
  usePageTitle('Cancellation terms')
  return (
    <>
      <h1 className="text-26">Cancellation terms</h1>
      <p className="mt-2 mb-5 max-w-prose text-muted">
        What comes back when a guest cancels. Every booking keeps the terms it was sold with.
      </p>
      <ListStates
        query={theatres}
        what="Your cinemas"
        isEmpty={(data) => data.length === 0}
        empty={{ title: 'No cinema is yours', why: 'A superadmin says which cinemas you run.' }}
      >
        {(data) => (
          <Field label="Cinema" className="mb-6 max-w-96">
            <Select
              value={theatre?.id ?? ''}
              onChange={(event) => void navigate(adminPaths.policy({ theatre: event.target.value }))}
            >
              {data.map((one) => (
                <option key={one.id} value={one.id}>
                  {`${one.name}, ${one.area}, ${one.cityName}`}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </ListStates>
      {theatre && <PolicyForm key={theatre.id} theatre={theatre} />}
    </>
  )
}
