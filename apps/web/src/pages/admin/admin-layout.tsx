import { Suspense, useEffect, useRef } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import { EmptyState } from '../../components/ui/empty-state.tsx'
import { LinkButton } from '../../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../../components/ui/skeleton.tsx'
import { adminPaths } from '../../lib/admin-paths.ts'
import { paths } from '../../lib/paths.ts'
import { useSession } from '../../lib/session.ts'

type Item = { to: string; label: string }
type Part = { name: string; items: Item[] }
const shows: Item[] = [
  { to: adminPaths.showtimes(), label: 'Showtimes' },
  { to: adminPaths.policy(), label: 'Cancellation terms' },
]
const forecasts: Item = { to: adminPaths.forecasts(), label: 'Forecasts' }
const everybody: Part[] = [{ name: 'Cinemas', items: [...shows, forecasts] }]
const superadmin: Part[] = [
  { name: 'Cinemas', items: [{ to: adminPaths.requests(), label: 'Requests' }, ...shows] },
  {
    name: 'Alerts',
    items: [
      { to: adminPaths.sources(), label: 'Sources' },
      { to: adminPaths.watches(), label: 'Watches' },
      { to: adminPaths.openings(), label: 'Openings' },
      { to: adminPaths.deliveries(), label: 'Deliveries' },
      { to: adminPaths.deadJobs(), label: 'Dead letters' },
      forecasts,
    ],
  },
  {
    name: 'House',
    items: [
      { to: adminPaths.users(), label: 'Users' },
      { to: adminPaths.promos(), label: 'Promo codes' },
      { to: adminPaths.vouchers(), label: 'Gift vouchers' },
      { to: adminPaths.audit(), label: 'Audit log' },
    ],
  },
]
const has = (parts: Part[], path: string) => parts.some(({ items }) => items.some(({ to }) => to === path))

/** One job per page. The API decides who may do what; this only shows what it will allow. */
export function AdminLayout() {
  const role = useSession((state) => state.user?.role)
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  // On a phone the row of pages is longer than the screen.
  useEffect(() => {
    const here = pathname && nav.current?.querySelector('[aria-current=page]')
    if (here) here.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  if (role !== 'admin' && role !== 'superadmin') {
    return (
      <div className="wrap py-12">
        <h1 className="sr-only">Administration</h1>
        <EmptyState
          title="This part is for people who run cinemas"
          action={<LinkButton to={paths.account()}>Apply on your account page</LinkButton>}
        >
          Your account does not have it.
        </EmptyState>
      </div>
    )
  }
  const shown = role === 'superadmin' ? superadmin : everybody
  const refused = !has(shown, pathname) && has(superadmin, pathname)
  return (
    <div className="wrap grid grid-cols-[minmax(0,1fr)] gap-x-10 pt-4 pb-16 sm:pt-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <nav ref={nav} aria-label="Administration" className="max-lg:mb-5">
        <div className="flex gap-1 max-lg:overflow-x-auto lg:sticky lg:top-22 lg:flex-col lg:gap-5">
          {shown.map(({ name, items }) => (
            <ul key={name} aria-label={name} className="flex gap-1 lg:flex-col lg:gap-0">
              {shown.length > 1 && (
                <li aria-hidden="true" className="px-3 pb-1 font-medium text-12 text-muted max-lg:hidden">
                  {name}
                </li>
              )}
              {items.map((item) => (
                <li key={item.to}>
                  <NavLink
                    to={item.to}
                    className="flex min-h-11 items-center whitespace-nowrap rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-text aria-[current=page]:bg-raised aria-[current=page]:font-semibold aria-[current=page]:text-text lg:min-h-9"
                  >
                    {item.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          ))}
        </div>
      </nav>
      <div className="min-w-0 text-14">
        {refused ? (
          <>
            <h1 className="sr-only">Administration</h1>
            <EmptyState title="This page is for superadmins" action={<LinkButton to={paths.admin()}>Back</LinkButton>}>
              You have the showtimes and the terms of your own cinemas, and the forecasts.
            </EmptyState>
          </>
        ) : (
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        )}
      </div>
    </div>
  )
}

function PageLoading() {
  return (
    <Loading label="Loading the page" className="flex flex-col gap-3">
      <Skeleton className="mb-3 h-8 w-48" />
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <Skeleton key={row} className="h-9 w-full" />
      ))}
    </Loading>
  )
}
