import { Navigate } from 'react-router'
import { adminPaths } from '../../lib/admin-paths.ts'
import { useSession } from '../../lib/session.ts'

/** The first job there is for a role. */
export function AdminHome() {
  const superadmin = useSession((state) => state.user?.role === 'superadmin')
  return <Navigate to={superadmin ? adminPaths.requests() : adminPaths.showtimes()} replace />
}
