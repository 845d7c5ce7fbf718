import { Navigate } from 'react-router'
import { paths } from '../../lib/paths.ts'
import { useSession } from '../../lib/session.ts'

/** The first job there is for a role. */
export function AdminHome() {
  const superadmin = useSession((state) => state.user?.role === 'superadmin')
  return <Navigate to={superadmin ? paths.adminRequests() : paths.adminShowtimes()} replace />
}
