import { lazy, Suspense } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation, useMatches } from 'react-router'
import { SkipLink } from '../components/ui/skip-link.tsx'
import { useToaster } from '../components/ui/toast.ts'
import { paths, routes } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { RouteAnnouncer } from './route-announcer.tsx'
import { RouteProgress } from './route-progress.tsx'
import type { RouteHandle } from './router.tsx'

const Toaster = lazy(async () => ({ default: (await import('../components/ui/toaster.tsx')).Toaster }))

export function Layout() {
  const focused = useMatches().some((match) => (match.handle as RouteHandle | undefined)?.focused)
  const wantsToaster = useToaster((state) => state.wanted)
  const { pathname, search } = useLocation()
  const mustChange = useSession((state) => state.user?.mustChangePassword === true) && pathname !== routes.newPassword
  return (
    <>
      <SkipLink />
      <RouteProgress />
      <Header />
      <OfflineBanner />
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        {mustChange ? <Navigate to={paths.newPassword(pathname + search)} replace /> : <Outlet />}
      </main>
      {!focused && <Footer />}
      {!focused && <PhoneBar />}
      <RouteAnnouncer />
      <ScrollRestoration />
      {wantsToaster && (
        <Suspense fallback={null}>
          <Toaster />
        </Suspense>
      )}
    </>
  )
}
