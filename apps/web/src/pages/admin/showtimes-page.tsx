import type { ShowtimeCard } from '@marquee/contracts/showtimes'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Field, Select } from '../../components/ui/field.tsx'
import { type AdminDay, getTheatreDay } from '../../features/admin/api.ts'
import { CancelShowtimeDialog } from '../../features/admin/components/cancel-showtime-dialog.tsx'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { theatresQuery } from '../../features/admin/components/theatre-choice.tsx'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formatDate, formatTimeWithZone } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

type Row = { movie: string; showtime: Pick<ShowtimeCard, 'id' | 'startsAt' | 'screenName' | 'language' | 'format'> } & (
  | { state: 'on'; showtime: ShowtimeCard }
  | { state: 'cancelled'; reason: string | null }
)
type Standing = Extract<Row, { state: 'on' }>

function rowsOf(day: AdminDay): Row[] {
  const on = day.movies.flatMap(({ movie, showtimes }) =>
    showtimes.map((showtime): Row => ({ state: 'on', movie: movie.title, showtime })),
  )
  const gone = day.cancelled.map(
    (one): Row => ({
      state: 'cancelled',
      movie: one.movieTitle,
      showtime: one,
      reason: one.reason,
    }),
  )
  return [...on, ...gone].sort((a, b) => a.showtime.startsAt.localeCompare(b.showtime.startsAt))
}

export function AdminShowtimesPage() {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const theatres = useQuery(theatresQuery)
  const theatreId = query.get('theatre') ?? theatres.data?.[0]?.id ?? ''
  const date = query.get('date')
  const [open, setOpen] = useState<Standing | null>(null)
  const day = useQuery({
    queryKey: ['admin', 'day', theatreId, date],
    queryFn: () => getTheatreDay(theatreId, date),
    enabled: theatreId !== '',
    placeholderData: keepPreviousData,
  })
  usePageTitle('Showtimes')
  const zone = day.data?.timeZone ?? 'UTC'
  const nameOf = ({ movie, showtime }: Row) =>
    `${movie}, ${formatTimeWithZone(showtime.startsAt, zone)}, ${showtime.screenName}`

  return (
    <>
      <h1 className="mb-4 text-26">Showtimes</h1>
      <ListStates
        query={theatres}
        what="Your cinemas"
        isEmpty={(data) => data.length === 0}
        empty={{ title: 'No cinema is yours', why: 'A superadmin says which cinemas you run.' }}
      >
        {(data) => (
          <div className="mb-5 grid gap-3 sm:grid-cols-[minmax(0,24rem)_14rem]">
            <Field label="Cinema">
              <Select
                value={theatreId}
                onChange={(event) => void navigate(adminPaths.showtimes({ theatre: event.target.value }))}
              >
                {data.map((one) => (
                  <option key={one.id} value={one.id}>
                    {`${one.name}, ${one.area}, ${one.cityName}`}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label="Day">
              <Select
                value={day.data?.date ?? ''}
                disabled={!day.data}
                onChange={(event) =>
                  void navigate(adminPaths.showtimes({ theatre: theatreId, date: event.target.value }))
                }
              >
                {[...new Set([...(day.data?.dates ?? []), ...(day.data ? [day.data.date] : [])])].sort().map((one) => (
                  <option key={one} value={one}>
                    {formatDate(one)}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
        )}
      </ListStates>
      {theatreId !== '' && (
        <ListStates
          query={day}
          what="The showtimes"
          isEmpty={(data) => data.movies.length === 0 && data.cancelled.length === 0}
          empty={{ title: 'No shows that day', why: 'Choose another day.' }}
        >
          {(data) => (
            <DataTable
              caption={`Showtimes on ${formatDate(data.date)}`}
              rows={rowsOf(data)}
              keyOf={(row) => row.showtime.id}
              busy={day.isPlaceholderData}
              columns={[
                { label: 'Begins', cell: ({ showtime }) => formatTimeWithZone(showtime.startsAt, zone) },
                {
                  label: 'Film',
                  cell: ({ movie, state }) => (
                    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
                      {state === 'cancelled' ? <s className="font-normal text-muted">{movie}</s> : movie}
                      {state === 'cancelled' && <Badge tone="danger">Cancelled</Badge>}
                    </span>
                  ),
                },
                { label: 'Screen', cell: ({ showtime }) => showtime.screenName },
                { label: 'Language', cell: ({ showtime }) => `${showtime.language}, ${showtime.format}` },
                {
                  label: 'Taken',
                  cell: (row) =>
                    row.state === 'on'
                      ? `${row.showtime.seatCount - row.showtime.seatsLeft} of ${row.showtime.seatCount}`
                      : '—',
                },
                {
                  label: 'Change',
                  cell: (row) =>
                    row.state === 'cancelled' ? (
                      <span className="text-muted">{row.reason ?? 'No reason was given'}</span>
                    ) : row.showtime.status === 'lapsed' ? (
                      <span className="text-muted">Over</span>
                    ) : (
                      <Button
                        size="sm"
                        variant="danger"
                        onClick={() => setOpen(row)}
                        aria-label={`Cancel ${nameOf(row)}`}
                      >
                        Cancel
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </ListStates>
      )}
      {open && <CancelShowtimeDialog showtime={open.showtime} name={nameOf(open)} onClose={() => setOpen(null)} />}
    </>
  )
}
