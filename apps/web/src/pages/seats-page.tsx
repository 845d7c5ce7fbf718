import type { Showtime } from '@marquee/contracts/showtimes'
import { clsx } from 'clsx'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useStore } from 'zustand'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Segmented } from '../components/ui/segmented.tsx'
import { BestTogether } from '../features/seats/components/best-together.tsx'
import { ConnectionNote } from '../features/seats/components/connection-note.tsx'
import { HallSkeleton } from '../features/seats/components/hall-skeleton.tsx'
import { SeatLegend } from '../features/seats/components/seat-legend.tsx'
import { SeatList } from '../features/seats/components/seat-list.tsx'
import { SeatMap } from '../features/seats/components/seat-map.tsx'
import { SeatNotice } from '../features/seats/components/seat-notice.tsx'
import { SelectionBar, SelectionPanel } from '../features/seats/components/selection-panel.tsx'
import { ShowtimeHeading } from '../features/seats/components/showtime-heading.tsx'
import { useMediaQuery } from '../features/seats/components/use-media-query.ts'
import { useHall, useShowtime } from '../features/seats/queries.ts'
import { openSeatDesk, type SeatDesk } from '../features/seats/seat-desk.ts'
import type { Hall } from '../features/seats/seat-geometry.ts'
import { isApiError } from '../lib/api-error.ts'
import { formatMoney, plural } from '../lib/format.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

/** A hall of more than this many drawing units across needs more room than the reading width of other pages. */
const WIDE_HALL = 1150

export function SeatsPage() {
  const { id = '' } = useParams()
  const showtime = useShowtime(id)
  const hall = useHall(showtime.data?.seatLayoutId)
  usePageTitle(showtime.data ? `Seats for ${showtime.data.movie.title}` : 'Choose your seats')

  const error = showtime.error ?? hall.error
  if (error && (!showtime.data || !hall.hall)) {
    const gone = isApiError(error, 'NOT_FOUND', 'VALIDATION')
    return (
      <div className="wrap py-12">
        <h1 className="sr-only">Choose your seats</h1>
        {gone ? (
          <EmptyState
            title="There is no such showtime"
            action={<LinkButton to={paths.films()}>Find another film</LinkButton>}
          >
            The link may be cut short, or the showtime was taken off the programme.
          </EmptyState>
        ) : (
          <ErrorState
            error={error}
            title="The hall did not load"
            onRetry={() => void (showtime.error ? showtime.refetch() : hall.refetch())}
            retrying={showtime.isFetching || hall.isFetching}
          >
            <p className="text-muted">No seat was held and nothing was charged.</p>
          </ErrorState>
        )}
      </div>
    )
  }
  return (
    <div
      className={clsx(
        'wrap pt-3 pb-36 sm:pt-4 lg:pb-10',
        hall.hall && hall.hall.width > WIDE_HALL && 'max-w-[1560px]!',
      )}
    >
      {showtime.data && <ShowtimeHeading showtime={showtime.data} filmHref={paths.film(showtime.data.movie.slug)} />}
      {showtime.data && hall.hall ? (
        <SeatDeskView key={showtime.data.id} showtime={showtime.data} hall={hall.hall} />
      ) : (
        <div className="mx-auto max-w-4xl">
          <HallSkeleton />
        </div>
      )}
    </div>
  )
}

function SeatDeskView({ showtime, hall }: { showtime: Showtime; hall: Hall }) {
  const [desk, setDesk] = useState<SeatDesk | null>(null)
  const { id: showtimeId, maxSeatsPerBooking: maxSeats } = showtime
  // Only what never changes: a showtime that is fetched again in the background must not drop the socket.
  useEffect(() => {
    const opened = openSeatDesk({ showtimeId, maxSeats, hall })
    // oxlint-disable-next-line react/set-state-in-effect -- a socket is opened here and must be closed with the page
    setDesk(opened)
    return () => opened.close()
  }, [showtimeId, maxSeats, hall])
  return desk ? <Desk desk={desk} showtime={showtime} hall={hall} /> : <HallSkeleton />
}

function Desk({ desk, showtime, hall }: { desk: SeatDesk; showtime: Showtime; hall: Hall }) {
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const { hold, wanted, busy, notice, stranding, reason, offset, failure, news } = useStore(desk.store)
  const known = useStore(desk.store, (state) => state.map.epoch !== null)
  const free = useStore(desk.store, (state) => countFree(state.looks))
  const [view, setView] = useState<'map' | 'list'>('map')
  const [continuing, setContinuing] = useState(false)
  const phone = useMediaQuery('(width < 64rem)')
  const zone = showtime.city.timeZone

  const prices = useMemo(
    () => new Map(showtime.prices.map((price) => [price.section, formatMoney(price.priceMinor)])),
    [showtime.prices],
  )
  const sections = useMemo(
    () => [
      ...new Map(
        hall.runs.map((run) => [
          run.section,
          { id: run.section, label: `${run.name} ${prices.get(run.section) ?? ''}` },
        ]),
      ).values(),
    ],
    [hall, prices],
  )
  const lapsed =
    showtime.status === 'lapsed' || notice?.kind === 'closed' || Date.parse(showtime.endsAt) < desk.serverNow()
  const soldOut = known && free === 0 && wanted.length === 0

  const moving = query.get('move')
  const asked = Number(query.get('count'))
  const askedOnce = useRef(false)
  useEffect(() => {
    if (!known || askedOnce.current || lapsed || !(asked >= 1 && asked <= showtime.maxSeatsPerBooking)) return
    askedOnce.current = true
    if (desk.store.getState().wanted.length === 0) void desk.best(asked, null)
  }, [known, asked, lapsed, desk, showtime.maxSeatsPerBooking])

  const goOn = async () => {
    setContinuing(true)
    const ready = await desk.readyToContinue()
    setContinuing(false)
    if (!ready) return
    void navigate(moving ? paths.moveBooking(moving, { to: showtime.id }) : paths.checkout(showtime.id))
  }

  const hint = !known ? (
    <p>The seats are on their way.</p>
  ) : lapsed ? (
    <p>Sales for this showtime have closed.</p>
  ) : soldOut ? (
    <p>Every seat is taken right now. Seats that somebody is choosing come back if they are not bought.</p>
  ) : (
    <p>
      <b className="font-semibold text-text">{plural(free, 'seat')} free.</b> Tap a seat, or let Marquee find the best
      together.
    </p>
  )
  const selection = {
    hall,
    hold,
    wanted,
    busy,
    continuing,
    reason,
    stranding,
    offset,
    onContinue: () => void goOn(),
    onClear: desk.clear,
    onTake: (seatIds: readonly string[]) => desk.choose(seatIds),
    onKeepLonger: () => void desk.keepLonger(),
  }
  const viewChoice = (
    <Segmented
      label="How to see the hall"
      value={view}
      options={[
        { value: 'map', label: 'Map' },
        { value: 'list', label: 'List' },
      ]}
      onChange={setView}
    />
  )
  const noticeBox = notice && <SeatNotice notice={notice} hall={hall} desk={desk} wanted={wanted} />

  return (
    <div
      className={clsx(
        'mt-3 grid gap-x-10 gap-y-4 sm:mt-4 lg:grid-cols-[minmax(0,1fr)_20.5rem]',
        phone && stranding && 'pb-10',
      )}
    >
      <div className="min-w-0">
        {moving && (
          <p className="mb-4 rounded-card border border-marquee-text px-4 py-3 text-14">
            You are moving a booking: choose as many seats as it has, then see the difference. Until you confirm, your
            seats stay yours.{' '}
            <Link to={paths.booking(moving)} className="text-marquee-text underline underline-offset-4">
              Keep the booking
            </Link>
          </p>
        )}
        {(lapsed || soldOut) && <ClosedNote lapsed={lapsed} showtime={showtime} />}
        {lapsed || soldOut ? (
          <div className="flex justify-center max-sm:justify-end">{viewChoice}</div>
        ) : (
          <BestTogether most={showtime.maxSeatsPerBooking} sections={sections} disabled={!known} onBest={desk.best}>
            {viewChoice}
          </BestTogether>
        )}
        <ConnectionNote store={desk.store} />
        {failure && !known ? (
          <ErrorState error={failure} title="The seats did not load" onRetry={desk.retry} className="mt-6">
            <p className="text-muted">No seat was held and nothing was charged.</p>
          </ErrorState>
        ) : !known ? (
          <HallSkeleton />
        ) : view === 'map' ? (
          <>
            <SeatMap
              hall={hall}
              store={desk.store}
              prices={prices}
              timeZone={zone}
              closed={lapsed}
              onToggle={desk.toggle}
            />
            <div className="mt-3">
              <SeatLegend hall={hall} />
            </div>
          </>
        ) : (
          <div className="mt-4 flex flex-col gap-4">
            <SeatLegend hall={hall} />
            <SeatList
              hall={hall}
              store={desk.store}
              prices={prices}
              timeZone={zone}
              closed={lapsed}
              onToggle={desk.toggle}
            />
          </div>
        )}
      </div>
      {phone ? (
        <>
          {noticeBox && (
            <div className={clsx('fixed inset-x-3 z-30 mx-auto max-w-xl', stranding ? 'bottom-46' : 'bottom-32')}>
              {noticeBox}
            </div>
          )}
          <SelectionBar {...selection} hint={hint} />
        </>
      ) : (
        <aside aria-label="Your seats" className="sticky top-22 flex flex-col gap-4 self-start">
          {noticeBox}
          <div className="rounded-card border border-line bg-raised p-5.5">
            <SelectionPanel {...selection} hint={hint} />
          </div>
        </aside>
      )}
      <p aria-live="polite" aria-atomic="true" className="sr-only">
        {news}
      </p>
    </div>
  )
}

function ClosedNote({ lapsed, showtime }: { lapsed: boolean; showtime: Showtime }) {
  return (
    <EmptyState
      className="mb-5 py-6"
      title={lapsed ? 'Sales for this showtime have closed' : 'This showtime is full for now'}
      action={<LinkButton to={paths.film(showtime.movie.slug)}>Other times for {showtime.movie.title}</LinkButton>}
    >
      {lapsed
        ? 'It has begun or is about to. The hall below is how it looked at the end.'
        : 'Seats that somebody is choosing come back by themselves if they are not bought. This page shows them the moment they do.'}
    </EmptyState>
  )
}

function countFree(looks: string): number {
  let count = 0
  for (const look of looks) if (look === 'f') count += 1
  return count
}
