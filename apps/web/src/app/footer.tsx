import { Link } from 'react-router'
import { paths } from '../lib/paths.ts'
import { mainNav } from './nav.ts'
import { ThemeToggle } from './theme-toggle.tsx'

export function Footer() {
  return (
    <footer className="mt-18 border-line border-t max-md:pb-20">
      <div className="wrap flex flex-wrap items-center gap-x-6 gap-y-2 py-8 text-14 text-muted">
        <p className="mr-auto">No charge is added after the seat map. Showtimes are in the cinema’s own time.</p>
        <span className="md:hidden">
          <ThemeToggle />
        </span>
        <nav aria-label="Footer">
          <ul className="flex flex-wrap gap-x-6">
            {[
              ...mainNav,
              { to: paths.bookings(), label: 'Your bookings' },
              { to: paths.alerts(), label: 'My alerts' },
            ].map((item) => (
              <li key={item.to}>
                <Link to={item.to} className="inline-flex min-h-11 items-center hover:text-text">
                  {item.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  )
}
