import { AccountMenu } from '../features/auth/components/account-menu.tsx'
import { NotificationBell } from '../features/notifications/components/notification-bell.tsx'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

const ownPages = [
  { to: paths.bookings(), label: 'Your bookings' },
  { to: paths.alerts(), label: 'My alerts' },
  { to: paths.account(), label: 'Your account' },
]

/** What the header has for somebody signed in. It brings the session-bearing client along, which nobody else needs. */
export function SignedInTools() {
  const runsCinemas = useSession((state) => state.user?.role === 'admin' || state.user?.role === 'superadmin')
  const links = runsCinemas ? [...ownPages, { to: paths.admin(), label: 'Administration' }] : ownPages
  return (
    <span className="flex items-center gap-1 sm:gap-2">
      <NotificationBell />
      <AccountMenu links={links} />
    </span>
  )
}
