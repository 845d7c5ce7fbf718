import { NavLink } from 'react-router'
import { BellIcon } from '../components/bell-icon.tsx'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'
import { CinemaIcon, FilmIcon, HomeIcon, PersonIcon, TicketIcon } from './icons.tsx'

const item =
  'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-12 text-muted aria-[current=page]:text-text aria-[current=page]:[&_svg]:text-marquee-text [&_svg]:size-5.5'

/** Within reach of a thumb; a desktop has the header. */
export function PhoneBar() {
  const signedIn = useSession((state) => state.status === 'signed-in')
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-ground pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <NavLink to={paths.home()} end className={item}>
        <HomeIcon />
        Home
      </NavLink>
      <NavLink to={paths.films()} className={item}>
        <FilmIcon />
        Films
      </NavLink>
      <NavLink to={paths.theatres()} className={item}>
        <CinemaIcon />
        Cinemas
      </NavLink>
      <NavLink to={paths.alerts()} className={item}>
        <BellIcon />
        Alerts
      </NavLink>
      {signedIn ? (
        <NavLink to={paths.bookings()} className={item}>
          <TicketIcon />
          Bookings
        </NavLink>
      ) : (
        <NavLink to={paths.signIn()} className={item}>
          <PersonIcon />
          Sign in
        </NavLink>
      )}
    </nav>
  )
}
