import { Navigate, Outlet, useLocation } from 'react-router'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

/** Sends a stranger to sign in and back again. Convenience only: the API decides who may read what. */
export function RequireSession() {
  const status = useSession((state) => state.status)
  const { pathname, search } = useLocation()
  if (status === 'signed-out') return <Navigate to={paths.signIn(pathname + search)} replace />
  if (status === 'restoring') {
    return (
      <Loading label="Signing you in" className="wrap flex flex-col gap-4 py-10">
        <Skeleton className="h-10 w-56" />
        <Skeleton className="h-40 w-full" />
      </Loading>
    )
  }
  return <Outlet />
}
