import { lazy, Suspense } from 'react'
import { Link, NavLink } from 'react-router'
import { Logo } from '../components/ui/logo.tsx'
import { CityButton } from '../features/cities/components/city-button.tsx'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'
import { SearchIcon } from './icons.tsx'
import { headerNav } from './nav.ts'
import { SignInLink } from './sign-in-link.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

// It brings the session-bearing client along, which only somebody signed in needs.
const SignedInTools = lazy(async () => ({ default: (await import('./signed-in-tools.tsx')).SignedInTools }))

export function Header() {
  const signedIn = useSession((state) => state.status === 'signed-in')
  return (
    <header className="sticky top-0 z-30 border-transparent border-b bg-ground">
      <div className="wrap flex h-15 items-center gap-2 sm:h-18 sm:gap-4">
        <Link
          to={paths.home()}
          className="mr-2 flex min-h-11 items-center gap-2.5 font-bold font-display text-20 tracking-tight sm:text-[1.375rem]"
        >
          <Logo />
          {/* On a phone the name of the city is what people need; the sign is known. */}
          <span className={signedIn ? 'max-sm:sr-only' : undefined}>Marquee</span>
        </Link>
        <nav aria-label="Main" className="max-md:hidden">
          <ul className="flex gap-1">
            {headerNav.map((item) => (
              <li key={item.to}>
                <NavLink
                  to={item.to}
                  className="inline-flex min-h-11 items-center rounded-control px-3 text-muted transition-colors duration-150 hover:text-text aria-[current=page]:font-medium aria-[current=page]:text-text"
                >
                  {item.label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <span className="flex-1" />
        <Link
          to={paths.search()}
          className="inline-flex min-h-11 items-center gap-2.5 rounded-control border border-line px-3 text-14 text-muted transition-colors duration-150 hover:border-control hover:text-text max-lg:hidden lg:w-60"
        >
          <SearchIcon />
          Search films, people
        </Link>
        <Link
          to={paths.search()}
          aria-label="Search"
          className="grid size-11 place-items-center rounded-control hover:bg-raised lg:hidden"
        >
          <SearchIcon />
        </Link>
        <CityButton />
        <span className="max-md:hidden">
          <ThemeToggle />
        </span>
        <span className={signedIn ? undefined : 'max-md:hidden'}>
          {signedIn ? (
            <Suspense fallback={<span className="block h-11 w-23" />}>
              <SignedInTools />
            </Suspense>
          ) : (
            <SignInLink />
          )}
        </span>
      </div>
    </header>
  )
}
