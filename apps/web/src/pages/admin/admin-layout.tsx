import { useEffect, useRef } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import { EmptyState } from '../../components/ui/empty-state.tsx'
import { LinkButton } from '../../components/ui/link-button.tsx'
import { paths } from '../../lib/paths.ts'
import { useSession } from '../../lib/session.ts'

const everybody = [
  { to: paths.adminShowtimes(), label: 'Showtimes' },
  { to: paths.adminPolicy(), label: 'Cancellation terms' },
]
const superadmin = [
  { to: paths.adminRequests(), label: 'Requests' },
  { to: paths.adminUsers(), label: 'Users' },
  { to: paths.adminPromos(), label: 'Promo codes' },
  { to: paths.adminVouchers(), label: 'Gift vouchers' },
  ...everybody,
  { to: paths.adminAudit(), label: 'Audit log' },
]

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
  const refused = !shown.some((item) => item.to === pathname) && superadmin.some((item) => item.to === pathname)
  return (
    <div className="wrap grid grid-cols-[minmax(0,1fr)] gap-x-10 pt-4 pb-16 sm:pt-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <nav ref={nav} aria-label="Administration" className="max-lg:mb-5">
        <ul className="flex gap-1 max-lg:overflow-x-auto lg:sticky lg:top-22 lg:flex-col">
          {shown.map((item) => (
            <li key={item.to}>
              <NavLink
                to={item.to}
                className="flex min-h-11 items-center whitespace-nowrap rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-text aria-[current=page]:bg-raised aria-[current=page]:font-semibold aria-[current=page]:text-text"
              >
                {item.label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 text-14">
        {refused ? (
          <>
            <h1 className="sr-only">Administration</h1>
            <EmptyState title="This page is for superadmins" action={<LinkButton to={paths.admin()}>Back</LinkButton>}>
              You have the showtimes and the terms of your own cinemas.
            </EmptyState>
          </>
        ) : (
          <Outlet />
        )}
      </div>
    </div>
  )
}
